/* heap_walk.c: finding and visiting the cells of the heap. */
#include "vm/gc/heap_parts.h"

bool wf_heap_find_cell(const GC *gc, const void *p, CellKind *kind,
                       size_t *size) {
  const Segment *segment = segment_of(p);
  uint32_t i = granule_of(p);
  if (i < BLOCK_WORDS * 64)
    return false;
  const SegmentInfo *s = NULL;
  for (uint32_t n = 0; n < gc->segment_count && !s; n++)
    if (gc->segment[n] && gc->segment[n]->segment == segment)
      s = gc->segment[n];
  if (!s) {
    for (const Segment *h = gc->huge; h; h = h->head.next)
      if (h == segment) {
        *kind = h->head.kind;
        *size = h->head.size;
        return p == (const char *)h + BLOCK_SIZE && cell_is_live(gc, p);
      }
    return false;
  }
  uint32_t b = i / (BLOCK_WORDS * 64);
  const Block *block = &s->block[b];
  if (block->class != BLOCK_FREE) {
    if (p != wf_heap_cell_at(s, b, i - b * BLOCK_WORDS * 64))
      return false;
    *kind = (CellKind)block->kind;
    *size = wf_heap_class_size[block->class];
  } else {
    uint32_t page = i / (PAGE_SIZE / GRANULE);
    *kind = (CellKind)s->span_kind[page];
    *size = s->span[page] * PAGE_SIZE;
    if (!s->span[page] || (uintptr_t)p % PAGE_SIZE)
      return false;
  }
  return cell_is_live(gc, p);
}

static void each_in_block(GC *gc, SegmentInfo *s, uint32_t b,
                          void (*fn)(GC *gc, Object *o)) {
  const HeapRun *run = &gc->vm->heap.run[s->block[b].kind][s->block[b].class];
  for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
    uint64_t bits = block_bits(s, gc->mark, b)[w];
    for (; bits; bits &= bits - 1) {
      char *p = wf_heap_cell_at(s, b, w * 64 + (uint32_t)__builtin_ctzll(bits));
      if (p < run->cur || p >= run->end)
        fn(gc, (Object *)p);
    }
  }
}

void wf_heap_each_marked(GC *gc, void (*fn)(GC *gc, Object *o)) {
  for (uint32_t i = 0; i < gc->segment_count; i++) {
    SegmentInfo *s = gc->segment[i];
    if (!s)
      continue;
    for (uint32_t b = 1; b < BLOCKS; b++)
      if (s->block[b].class != BLOCK_FREE && s->block[b].kind == CELL_OBJECT)
        each_in_block(gc, s, b, fn);
    for (uint32_t page = BLOCK_PAGES; page < PAGES; page++) {
      void *p = (char *)s->segment + page * PAGE_SIZE;
      if (s->span[page] && s->span_kind[page] == CELL_OBJECT &&
          cell_is_marked(gc, p))
        fn(gc, p);
    }
  }
  for (Segment *h = gc->huge; h; h = h->head.next)
    if (h->head.kind == CELL_OBJECT && cell_is_marked(gc, huge_cell(h)))
      fn(gc, huge_cell(h));
}

void wf_heap_each_live(const GC *gc,
                       void (*fn)(void *ud, CellKind kind, const void *cell,
                                  size_t size),
                       void *ud) {
  uint32_t live = gc->mark ^ 1;
  for (uint32_t i = 0; i < gc->segment_count; i++) {
    const SegmentInfo *s = gc->segment[i];
    for (uint32_t b = 1; s && b < BLOCKS; b++) {
      const Block *block = &s->block[b];
      if (block->class == BLOCK_FREE)
        continue;
      const HeapRun *run = &gc->vm->heap.run[block->kind][block->class];
      for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
        uint64_t bits = block_bits(s, live, b)[w];
        for (; bits; bits &= bits - 1) {
          const char *p =
              wf_heap_cell_at(s, b, w * 64 + (uint32_t)__builtin_ctzll(bits));
          if (p < run->cur || p >= run->end)
            fn(ud, (CellKind)block->kind, p, wf_heap_class_size[block->class]);
        }
      }
    }
    for (uint32_t page = BLOCK_PAGES; s && page < PAGES; page++) {
      const char *p = (const char *)s->segment + page * PAGE_SIZE;
      if (s->span[page] && cell_is_live(gc, p))
        fn(ud, (CellKind)s->span_kind[page], p, s->span[page] * PAGE_SIZE);
    }
  }
  for (Segment *h = gc->huge; h; h = h->head.next)
    if (cell_is_live(gc, huge_cell(h)))
      fn(ud, h->head.kind, huge_cell(h), h->head.size);
}
