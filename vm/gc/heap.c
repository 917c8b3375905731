/* heap.c: segments, blocks and spans; claiming runs; sweeping.
 *
 * Cells of a class are claimed in runs: stretches of a block that hold no live
 * cell, found by comparing the live bitmap with the class's pattern of cell
 * starts. Claiming sets the bits of all cells of the run (in the mark bitmap
 * too while new cells are black), so handing out a cell touches no bit, and
 * there is nothing to link, to colour or to sweep.
 *
 * a run is at most 4 KB: claims are the clock of the collector. A search skips
 * few full blocks before it takes a fresh one, since an unbounded search is a
 * pause. After a cycle a block is swept when the search reaches it or the
 * collector does, whichever comes first: its old live bits are counted and
 * cleared; nothing else happens to dead cells.
 *
 * Cells above 32 KB are spans of 4 KB pages, taken from a segment's end while
 * blocks are taken from its start; those above 516 KB are in huge.c. */
#include "vm/gc/heap_parts.h"
#include <string.h>
#include <sys/mman.h>

enum {
  SKIP_MAX = 64,            /* blocks one search may pass over */
  SWEEP_BLOCKS = 16,        /* swept at a time */
  FRESH_MIN = 1 << 17,      /* bytes: above, a zeroed cell is a new mapping */
  SPARE_SEGMENTS = 2,       /* empty segments kept for reuse */
  RESERVE_BLOCKS = 8,       /* free ones kept while more can be mapped */
  WORD_BYTES = 64 * GRANULE /* of a block, for a word of its bitmaps */
};

/* Up to 512 bytes: 8 * class. Above: a power of two and a little (hash parts
 * have a prefix) in four steps, then what divides a block. */
const uint16_t wf_heap_class_size[HEAP_CLASSES] = {
    0,    8,    16,   24,   32,   40,    48,    56,    64,    72,   80,
    88,   96,   104,  112,  120,  128,   136,   144,   152,   160,  168,
    176,  184,  192,  200,  208,  216,   224,   232,   240,   248,  256,
    264,  272,  280,  288,  296,  304,   312,   320,   328,   336,  344,
    352,  360,  368,  376,  384,  392,   400,   408,   416,   424,  432,
    440,  448,  456,  464,  472,  480,   488,   496,   504,   512,  528,
    640,  768,  896,  1040, 1280, 1536,  1792,  2064,  2560,  3072, 3584,
    4368, 5456, 6544, 8192, 9360, 10912, 13104, 16384, 21840, 32768};

static uint32_t class_of(size_t size) {
  if (size <= HEAP_SMALL_MAX)
    return size > HEAP_CELL_MIN
               ? (uint32_t)((size + HEAP_ALIGN - 1) / HEAP_ALIGN)
               : HEAP_CELL_MIN / HEAP_ALIGN;
  uint32_t c = HEAP_SMALL_CLASSES;
  while (wf_heap_class_size[c] < size)
    c++;
  return c;
}
static uint32_t pages_of(size_t size) {
  return (uint32_t)((size + PAGE_SIZE - 1) / PAGE_SIZE);
}
size_t wf_gc_cell_size(size_t size) {
  return size <= HEAP_CLASS_MAX ? wf_heap_class_size[class_of(size)]
                                : page_round(size);
}

/* ---- bits ---- */

static uint64_t word_mask(uint32_t from, uint32_t to) { /* to - from <= 64 */
  uint64_t high = to == 64 ? ~0ull : (1ull << to) - 1;
  return high & ~0ull << from;
}

/* The cell of a class that starts in, or first behind, a granule of a block:
 * granule * GRANULE / size, rounded up. */
static uint32_t cell_from(uint32_t granule, uint32_t class) {
  uint32_t size = wf_heap_class_size[class];
  return (granule * GRANULE + size - 1) / size;
}
/* The granule of a block in which the class's cell starts. */
static uint32_t cell_granule(uint32_t cell, uint32_t class) {
  return cell * wf_heap_class_size[class] / GRANULE;
}
char *wf_heap_cell_at(const SegmentInfo *s, uint32_t block, uint32_t granule) {
  uint32_t class = s->block[block].class;
  return (char *)s->segment + block * BLOCK_SIZE +
         cell_from(granule, class) * (size_t)wf_heap_class_size[class];
}

/* Sets the cell-start bits of granules [from, to) of a block. */
static void set_pattern(uint64_t *bits, const uint64_t *pattern, uint32_t from,
                        uint32_t to) {
  for (uint32_t w = from / 64; w * 64 < to; w++) {
    uint32_t low = w * 64 < from ? from - w * 64 : 0;
    uint32_t high = to - w * 64 < 64 ? to - w * 64 : 64;
    bits[w] |= pattern[w] & word_mask(low, high);
  }
}

/* ---- segments and their pages ---- */

static bool block_pages_free(const SegmentInfo *s, uint32_t block) {
  return (s->free[block / 4] >> (block % 4 * 16) & 0xFFFF) == 0xFFFF;
}
/* Blocks without a used page among those that the pages are in. */
static uint32_t free_blocks(const SegmentInfo *s, uint32_t first, uint32_t n) {
  uint32_t count = 0;
  for (uint32_t b = first / BLOCK_PAGES; b * BLOCK_PAGES < first + n; b++)
    count += block_pages_free(s, b);
  return count;
}
static void take_pages(GC *gc, SegmentInfo *s, uint32_t first, uint32_t n) {
  gc->free_blocks -= free_blocks(s, first, n);
  for (uint32_t i = first; i < first + n; i++)
    s->free[i / 64] &= ~(1ull << (i % 64));
}
static void give_pages(GC *gc, SegmentInfo *s, uint32_t first, uint32_t n) {
  for (uint32_t i = first; i < first + n; i++)
    s->free[i / 64] |= 1ull << (i % 64);
  gc->free_blocks += free_blocks(s, first, n);
  s->run_limit = PAGES;
  s->no_free_block = false;
  if (s->index < gc->block_hint)
    gc->block_hint = s->index;
}

static SegmentInfo *new_segment(GC *gc) {
  if (gc->segment_count == gc->segment_capacity) {
    uint32_t n = gc->segment_capacity ? gc->segment_capacity * 2 : 16;
    SegmentInfo **list = wf_alloc_resize(gc->segment, n * sizeof *list);
    if (!list)
      return NULL;
    gc->segment = list;
    gc->segment_capacity = n;
  }
  SegmentInfo *s = wf_alloc_zeroed(1, sizeof *s);
  if (!s)
    return NULL;
  s->segment = wf_alloc_aligned(SEGMENT_SIZE, SEGMENT_SIZE);
  if (!s->segment && wf_heap_release(gc))
    s->segment = wf_alloc_aligned(SEGMENT_SIZE, SEGMENT_SIZE);
  if (!s->segment) {
    wf_alloc_free(s);
    return NULL;
  }
  s->segment->head.info = s;
  /* a hole left by a freed segment is filled first */
  uint32_t i = 0;
  while (i < gc->segment_count && gc->segment[i])
    i++;
  if (i == gc->segment_count)
    gc->segment_count++;
  gc->segment[i] = s;
  s->index = i;
  s->run_limit = PAGES;
  for (uint32_t b = 0; b < BLOCKS; b++) {
    s->block[b].class = BLOCK_FREE;
    s->block[b].swept = gc->sweep_parity;
  }
  memset(s->free, 0xFF, sizeof s->free);
  gc->free_blocks += BLOCKS;
  take_pages(gc, s, 0, BLOCK_PAGES);
  if (i < gc->block_hint)
    gc->block_hint = i;
#if HEAP_ASAN
  __asan_poison_memory_region((char *)s->segment + BLOCK_SIZE,
                              SEGMENT_SIZE - BLOCK_SIZE);
#endif
  return s;
}

static void free_segment(GC *gc, SegmentInfo *s) {
  gc->free_blocks -= free_blocks(s, 0, PAGES);
#if HEAP_ASAN
  __asan_unpoison_memory_region(s->segment, SEGMENT_SIZE);
  wf_alloc_free_aligned(s->segment, SEGMENT_SIZE, SEGMENT_SIZE);
#else
  s->segment->head.mapped = SEGMENT_SIZE;
  wf_huge_doom_mapping(gc, s->segment);
#endif
  gc->segment[s->index] = NULL;
  wf_alloc_free(s);
}

static bool is_empty(const SegmentInfo *s) {
  return s && s->used_blocks == 0 && s->spans == 0;
}

bool wf_heap_release(GC *gc) {
  wf_huge_doom_spares(gc);
  bool any = gc->doomed_huge != NULL;
  for (uint32_t i = 0; i < gc->segment_count; i++)
    if (is_empty(gc->segment[i]) &&
        gc->free_blocks >= BLOCKS + RESERVE_BLOCKS) {
      free_segment(gc, gc->segment[i]);
      any = true;
    }
  while (!wf_huge_unmap_slice(gc))
    ;
  return any;
}

bool wf_heap_is_low(GC *gc) {
  return gc->free_blocks <= RESERVE_BLOCKS && !new_segment(gc);
}

/* Before pages are taken: the last blocks are given out only when nothing more
 * can be mapped, and with a collection to come. */
static void keep_reserve(GC *gc) {
  if (UNLIKELY(wf_heap_is_low(gc))) {
    gc->low = true;
    want_collection(gc);
  }
}

static Block *block_by_id(const GC *gc, BlockId id) {
  return &gc->segment[id / BLOCKS]->block[id % BLOCKS];
}

/* ---- blocks of a class ---- */

static bool prepare_class(GC *gc, uint32_t class) {
  if (gc->pattern[class])
    return true;
  uint64_t *pattern = wf_alloc_zeroed(BLOCK_WORDS, sizeof *pattern);
  if (!pattern)
    return false;
  /* Cells start alike again after as many words as this, which are copied: cell
   * by cell the classes that libraries use were a quarter of a start. */
  uint32_t size = wf_heap_class_size[class], two = size & -size;
  uint32_t repeats = size / (two < WORD_BYTES ? two : WORD_BYTES);
  for (uint32_t i = 0; i < gc->class_cells[class]; i++) {
    uint32_t granule = cell_granule(i, class);
    if (granule / 64 >= repeats)
      break;
    pattern[granule / 64] |= 1ull << (granule % 64);
  }
  for (uint32_t w = repeats; w < BLOCK_WORDS; w++)
    pattern[w] = pattern[w - repeats];
  uint32_t rest = cell_granule(gc->class_cells[class], class);
  if (rest < BLOCK_WORDS * 64) /* a cell that would not fit */
    pattern[rest / 64] &= ~(1ull << (rest % 64));
  gc->pattern[class] = pattern;
  return true;
}

/* Takes a free block for the class and makes it current, before the block the
 * search had reached. */
static bool fresh_block(GC *gc, CellKind kind, uint32_t class) {
  SegmentInfo *s = NULL;
  keep_reserve(gc);
  uint32_t b = 0;
  for (uint32_t i = gc->block_hint; i < gc->segment_count && !b; i++) {
    s = gc->segment[i];
    if (!s || s->no_free_block)
      continue;
    for (b = 1; b < BLOCKS && !block_pages_free(s, b); b++)
      ;
    if (b == BLOCKS) {
      s->no_free_block = true;
      b = 0;
    }
  }
  if (!b) {
    gc->block_hint = gc->segment_count;
    s = new_segment(gc);
    if (!s)
      return false;
    b = 1;
  }
  gc->block_hint = s->index;
  take_pages(gc, s, b * BLOCK_PAGES, BLOCK_PAGES);
  s->used_blocks++;
  BlockId id = s->index * BLOCKS + b;
  ClassState *c = &gc->class[kind][class];
  Block *block = &s->block[b];
  *block = (Block){.class = (uint8_t) class,
                   .kind = (uint8_t)kind,
                   .swept = gc->sweep_parity};
  block->next = c->current;
  block->prev = c->current ? block_by_id(gc, c->current)->prev : c->last;
  if (block->prev)
    block_by_id(gc, block->prev)->next = id;
  else
    c->first = id;
  if (block->next)
    block_by_id(gc, block->next)->prev = id;
  else
    c->last = id;
  c->current = id;
  c->position = 0;
  return true;
}

static void free_block(GC *gc, SegmentInfo *s, uint32_t b) {
  Block *block = &s->block[b];
  ClassState *c = &gc->class[block->kind][block->class];
  BlockId id = s->index * BLOCKS + b;
  if (c->current == id) {
    c->current = block->next;
    c->position = 0;
  }
  if (block->prev)
    block_by_id(gc, block->prev)->next = block->next;
  else
    c->first = block->next;
  if (block->next)
    block_by_id(gc, block->next)->prev = block->prev;
  else
    c->last = block->prev;
  block->class = BLOCK_FREE;
  s->used_blocks--;
  give_pages(gc, s, b * BLOCK_PAGES, BLOCK_PAGES);
}

#ifdef WEFT_CHECKS
/* Freed cells read as this until they are used again. */
static void poison_dead(SegmentInfo *s, uint32_t b, uint64_t dead,
                        uint32_t word, size_t size) {
  while (dead) {
    uint32_t bit = (uint32_t)__builtin_ctzll(dead);
    dead &= dead - 1;
    char *p = wf_heap_cell_at(s, b, word * 64 + bit);
#if HEAP_ASAN
    __asan_unpoison_memory_region(p, size);
#endif
    memset(p, 0xDB, size);
#if HEAP_ASAN
    __asan_poison_memory_region(p, size);
#endif
  }
}
#endif

/* Population count without the instruction, which baseline x86-64 lacks (and
 * gcc's library function takes 5 ns a word). */
static inline uint32_t count_bits(uint64_t x) {
  x -= x >> 1 & 0x5555555555555555u;
  x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
  x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
  return (uint32_t)(x * 0x0101010101010101u >> 56);
}

/* Counts the dead of a class block and clears its old live bits. */
static void sweep_block(GC *gc, SegmentInfo *s, uint32_t b) {
  Block *block = &s->block[b];
  uint64_t *old = block_bits(s, gc->mark, b);
  const uint64_t *live = block_bits(s, gc->mark ^ 1, b);
  uint32_t dead = 0;
  for (uint32_t w = 0; w < BLOCK_WORDS; w++) {
    CHECK((live[w] & ~old[w]) == 0);
#ifdef WEFT_CHECKS
    poison_dead(s, b, old[w] & ~live[w], w, wf_heap_class_size[block->class]);
#endif
    dead += count_bits(old[w] & ~live[w]);
    old[w] = 0;
  }
  size_t size = wf_heap_class_size[block->class];
  count_freed(gc, dead * size, (StatKind)block->kind);
  block->live -= dead;
  gc->kept[block->kind] += block->live * size;
  block->swept = gc->sweep_parity;
}

/* ---- claiming runs ---- */

/* Finds the next free stretch of the block at or after granule `from`, at most
 * about `most` granules long: [*start, *end); false when there is none. */
static bool find_run(const uint64_t *live, const uint64_t *pattern,
                     uint32_t from, uint32_t most, uint32_t limit,
                     uint32_t *start, uint32_t *end) {
  uint32_t w = from / 64;
  uint64_t free = pattern[w] & ~live[w] & ~0ull << (from % 64);
  while (!free) {
    if (++w == BLOCK_WORDS)
      return false;
    free = pattern[w] & ~live[w];
  }
  *start = w * 64 + (uint32_t)__builtin_ctzll(free);
  uint32_t last = *start + most < limit ? *start + most : limit;
  uint64_t used = live[w] & ~0ull << (*start % 64);
  while (!used && ++w * 64 < last)
    used = live[w];
  uint32_t next = used ? w * 64 + (uint32_t)__builtin_ctzll(used) : last;
  *end = next < last ? next : last;
  return true;
}

/* Claims a run for the class; false when memory is exhausted. */
static bool claim_run(GC *gc, CellKind kind, uint32_t class) {
  if (UNLIKELY(!prepare_class(gc, class)))
    return false;
  ClassState *c = &gc->class[kind][class];
  uint32_t size = wf_heap_class_size[class], cells = gc->class_cells[class];
  uint32_t limit = cell_granule(cells, class);
  uint32_t most = gc->run_most > size ? gc->run_most : size;
  most = (alloc_is_faulty() ? size : most) / GRANULE;
  const uint64_t *pattern = gc->pattern[class];
  uint32_t skipped = 0, start, end;
  for (;;) {
    BlockId id = c->current;
    if (!id || skipped == SKIP_MAX) {
      skipped = 0; /* without a fresh one all are looked at */
      if (!fresh_block(gc, kind, class) && !id)
        return false;
      id = c->current;
    }
    SegmentInfo *s = gc->segment[id / BLOCKS];
    uint32_t b = id % BLOCKS;
    Block *block = &s->block[b];
    if (block->swept != gc->sweep_parity)
      sweep_block(gc, s, b);
    uint64_t *live = block_bits(s, gc->mark ^ 1, b);
    if (block->live < cells && c->position < limit &&
        find_run(live, pattern, c->position, most, limit, &start, &end)) {
      uint32_t first = cell_from(start, class), behind = cell_from(end, class);
      size_t bytes = (behind - first) * (size_t)size;
      if (UNLIKELY(!within_limit(gc, bytes)))
        return false;
      end = cell_granule(behind - 1, class) + 1;
      set_pattern(live, pattern, start, end);
      if (gc->black[kind])
        set_pattern(block_bits(s, gc->mark, b), pattern, start, end);
      c->position = cell_granule(behind, class);
      block->live += behind - first;
      HeapRun *run = &gc->vm->heap.run[kind][class];
      run->cur = (char *)s->segment + b * BLOCK_SIZE + first * (size_t)size;
      run->end = run->cur + bytes;
      count_claim(gc, bytes, gc->black[kind], (StatKind)kind);
      return true;
    }
    c->current = block->next;
    c->position = 0;
    skipped++;
  }
}

static void *take_from_run(Heap *heap, CellKind kind, uint32_t class,
                           size_t size) {
  HeapRun *run = &heap->run[kind][class];
  char *p = run->cur;
  run->cur = p + wf_heap_class_size[class];
#if HEAP_ASAN
  __asan_unpoison_memory_region(p, size);
#else
  (void)size;
#endif
  return p;
}

/* ---- spans ---- */

/* The highest run of n free pages, 0 when there is none. */
static uint32_t find_pages(SegmentInfo *s, uint32_t n) {
  uint32_t run = 0, longest = 0;
  for (uint32_t i = PAGES; i-- > BLOCK_PAGES;) {
    if (s->free[i / 64] == 0) {
      run = 0;
      i &= ~63u;
    } else if (s->free[i / 64] >> (i % 64) & 1) {
      if (++run == n)
        return i;
      if (run > longest)
        longest = run;
    } else {
      run = 0;
    }
  }
  s->run_limit = longest;
  return 0;
}

static void *span_alloc(GC *gc, size_t size, CellKind kind) {
  uint32_t n = pages_of(size);
  SegmentInfo *s = NULL;
  uint32_t page = 0;
  if (!within_limit(gc, n * PAGE_SIZE))
    return NULL;
  keep_reserve(gc);
  for (uint32_t i = 0; i < gc->segment_count && !page; i++) {
    s = gc->segment[i];
    if (s && s->run_limit >= n)
      page = find_pages(s, n);
  }
  if (!page) {
    s = new_segment(gc);
    if (!s)
      return NULL;
    page = find_pages(s, n);
  }
  take_pages(gc, s, page, n);
  s->span[page] = (uint16_t)n;
  s->span_kind[page] = (uint8_t)kind;
  s->spans++;
  char *p = (char *)s->segment + page * PAGE_SIZE;
  set_large_bit(gc, p, kind);
  count_claim(gc, n * PAGE_SIZE, large_is_black(gc, kind), STAT_LARGE);
#if HEAP_ASAN
  __asan_unpoison_memory_region(p, size);
#endif
  return p;
}

static void span_free(GC *gc, SegmentInfo *s, uint32_t page) {
  uint32_t n = s->span[page];
  uint64_t bit = 1ull << (page * (PAGE_SIZE / GRANULE) % 64);
  s->segment->bits[0][page * 4] &= ~bit;
  s->segment->bits[1][page * 4] &= ~bit;
#if HEAP_ASAN
  __asan_poison_memory_region((char *)s->segment + page * PAGE_SIZE,
                              n * PAGE_SIZE);
#elif defined(WEFT_CHECKS)
  memset((char *)s->segment + page * PAGE_SIZE, 0xDB, n * PAGE_SIZE);
#endif
  s->span[page] = 0;
  s->spans--;
  count_freed(gc, n * PAGE_SIZE, STAT_LARGE);
  give_pages(gc, s, page, n);
}

/* ---- entry points ---- */

static void *alloc_class(GC *gc, size_t size, CellKind kind) {
  Heap *heap = &gc->vm->heap;
  uint32_t class = class_of(size);
  HeapRun *run = &heap->run[kind][class];
  if (run->cur == run->end && !claim_run(gc, kind, class))
    return NULL;
  return take_from_run(heap, kind, class, size);
}

/* Collect at the next safepoint, if that can give so much back. A program that
 * goes on asking in vain gets fewer and fewer of these. */
static COLDFN void note_refusal(GC *gc, size_t size) {
  if (gc->busy) /* the collector itself can do without */
    return;
  gc->hopeless =
      size > gc->limit || (size > gc->bytes && size > gc->pace.address_limit);
  if (size >= gc->bytes - gc->bytes / 8)
    return;
  if (gc->refusals_skipped < gc->refusals_in_vain) {
    gc->refusals_skipped++;
    return;
  }
  gc->refused = true;
  want_collection(gc);
}

void *wf_heap_try(VM *vm, size_t size, CellKind kind) {
  GC *gc = vm->heap.gc;
  void *p = alloc_refuse()                   ? NULL
            : LIKELY(size <= HEAP_CLASS_MAX) ? alloc_class(gc, size, kind)
            : size_is_huge(size) ? wf_huge_alloc(gc, size, kind, false)
                                 : span_alloc(gc, size, kind);
  if (UNLIKELY(!p))
    note_refusal(gc, size);
  return p;
}

void *wf_gc_try_alloc_zeroed(VM *vm, size_t size) {
  GC *gc = vm->heap.gc;
  if (size <= FRESH_MIN) {
    void *p = wf_heap_try(vm, size, CELL_RAW);
    return p ? memset(p, 0, size) : NULL;
  }
  void *p = alloc_refuse() ? NULL : wf_huge_alloc(gc, size, CELL_RAW, true);
  if (UNLIKELY(!p) && !size_is_huge(size) && !alloc_is_faulty()) {
    p = span_alloc(gc, size, CELL_RAW);
    if (p)
      memset(p, 0, size);
  }
  if (UNLIKELY(!p))
    note_refusal(gc, size);
  return p;
}

void *wf_heap_refill(VM *vm, size_t size, CellKind kind) {
  void *p = wf_heap_try(vm, size, kind);
  if (UNLIKELY(!p))
    wf_error_memory(vm);
  return p;
}

void *wf_gc_try_alloc(VM *vm, size_t size) {
  return wf_heap_try(vm, size, CELL_RAW);
}

void wf_gc_release(VM *vm, void *cell, size_t size) {
  GC *gc = vm->heap.gc;
  if (size <= HEAP_CLASS_MAX)
    return;
  /* While a cycle is under way the address must not come back under a scan
   * that remembers it: marking is told of a huge cell, other ones die at its
   * end. */
  Segment *s = segment_of(cell);
  if (gc->phase == PHASE_MARK && !s->head.info) {
    wf_mark_forget_cell(gc, cell, size);
  } else if (gc->black[CELL_RAW]) {
    uint32_t i = granule_of(cell);
    s->bits[gc->mark][i / 64] &= ~(1ull << (i % 64));
    return;
  }
  if (gc->phase != PHASE_MARK) /* there the next step is not to come later */
    gc->vm->heap.debt -= (ptrdiff_t)page_round(size);
  if (s->head.info)
    span_free(gc, s->head.info, granule_of(cell) / (PAGE_SIZE / GRANULE));
  else
    wf_huge_doom(gc, s);
}

void *wf_gc_try_resize(VM *vm, void *cell, size_t old_size, size_t size) {
  CHECK(size_is_huge(old_size) || old_size <= HEAP_CLASS_MAX ||
        segment_of(cell)->head.info); /* not a zeroed one */
  if (size_is_huge(old_size) && size_is_huge(size))
    return alloc_refuse() ? NULL
                          : wf_huge_resize(vm->heap.gc, segment_of(cell), size);
  void *p = wf_heap_try(vm, size, CELL_RAW);
  if (!p)
    return NULL;
  memcpy(p, cell, old_size < size ? old_size : size);
  wf_gc_release(vm, cell, old_size);
  return p;
}

size_t wf_heap_unused(const GC *gc) {
  size_t n = 0;
  for (int kind = 0; kind < 2; kind++)
    for (uint32_t c = 1; c < HEAP_CLASSES; c++) {
      const HeapRun *run = &gc->vm->heap.run[kind][c];
      n += (size_t)(run->end - run->cur);
    }
  return n;
}

/* ---- the collector's side ---- */

size_t wf_gc_size_of(const void *cell) {
  const Segment *segment = segment_of(cell);
  const SegmentInfo *s = segment->head.info;
  if (!s)
    return segment->head.size;
  uint32_t granule = granule_of(cell);
  uint8_t class = s->block[granule / (BLOCK_SIZE / GRANULE)].class;
  if (class == BLOCK_FREE)
    return s->span[granule / (PAGE_SIZE / GRANULE)] * PAGE_SIZE;
  return wf_heap_class_size[class];
}

void wf_heap_blacken(GC *gc, CellKind kind) {
  gc->black[kind] = true;
  for (uint32_t c = 1; c < HEAP_CLASSES; c++) {
    const HeapRun *run = &gc->vm->heap.run[kind][c];
    if (run->cur == run->end)
      continue;
    Segment *s = segment_of(run->cur);
    uint32_t from = granule_of(run->cur);
    uint32_t last = granule_of(run->end - wf_heap_class_size[c]);
    uint32_t b = from / (BLOCK_WORDS * 64), base = b * BLOCK_WORDS * 64;
    set_pattern(block_bits(s->head.info, gc->mark, b), gc->pattern[c],
                from - base, last - base + 1);
    gc->black_bytes += (size_t)(run->end - run->cur);
  }
}

void wf_heap_clear_marks(GC *gc) {
  for (uint32_t i = 0; i < gc->segment_count; i++)
    if (gc->segment[i])
      for (uint32_t b = 1; b < BLOCKS; b++)
        if (!block_pages_free(gc->segment[i], b))
          memset(block_bits(gc->segment[i], gc->mark, b), 0, BLOCK_WORDS * 8);
  for (Segment *s = gc->huge; s; s = s->head.next)
    s->bits[gc->mark][BLOCK_WORDS] = 0;
}

void wf_heap_swap(GC *gc) {
  gc->mark ^= 1;
  gc->mark_offset = gc->mark * sizeof(uint64_t) * BITMAP_WORDS;
  gc->sweep_parity ^= 1;
  gc->sweep_segment = gc->sweep_block = 0;
  gc->sweep_huge = gc->huge;
  wf_huge_doom_spares(gc);
  for (int kind = 0; kind < 2; kind++)
    for (uint32_t c = 1; c < HEAP_CLASSES; c++) {
      gc->class[kind][c].current = gc->class[kind][c].first;
      gc->class[kind][c].position = 0;
    }
}

static void sweep_spans(GC *gc, SegmentInfo *s) {
  for (uint32_t page = BLOCK_PAGES; s->spans && page < PAGES; page++) {
    if (!s->span[page])
      continue;
    uint64_t bit = 1ull << (page * (PAGE_SIZE / GRANULE) % 64);
    uint32_t n = s->span[page];
    if (!(s->segment->bits[gc->mark ^ 1][page * 4] & bit)) {
      span_free(gc, s, page);
    } else {
      s->segment->bits[gc->mark][page * 4] &= ~bit;
      gc->kept[STAT_LARGE] += n * PAGE_SIZE;
    }
    page += n - 1;
  }
}

static void sweep_blocks(GC *gc, SegmentInfo *s, uint32_t from, uint32_t to) {
  for (uint32_t b = from; b < to; b++) {
    Block *block = &s->block[b];
    if (block->class == BLOCK_FREE)
      continue;
    if (block->swept != gc->sweep_parity) {
      sweep_block(gc, s, b);
      if (block->live == 0)
        free_block(gc, s, b);
    }
  }
}

/* Gives empty segments back beyond a few. */
static void trim_segments(GC *gc) {
  uint32_t empty = 0;
  for (uint32_t i = 0; i < gc->segment_count; i++) {
    SegmentInfo *s = gc->segment[i];
    if (is_empty(s) && ++empty > SPARE_SEGMENTS) {
      free_segment(gc, s);
      return; /* one a slice */
    }
  }
  gc->sweep_segment = UINT32_MAX;
}

bool wf_heap_sweep(GC *gc) {
  if (gc->sweep_segment < gc->segment_count) {
    SegmentInfo *s = gc->segment[gc->sweep_segment];
    uint32_t from = gc->sweep_block, to = from + SWEEP_BLOCKS;
    if (s)
      sweep_blocks(gc, s, from, to);
    gc->sweep_block = to % BLOCKS;
    if (to == BLOCKS || !s) {
      if (s)
        sweep_spans(gc, s);
      gc->sweep_segment++;
      gc->sweep_block = 0;
    }
    return false;
  }
  if (wf_huge_sweep(gc))
    return false;
  /* The rest is unmapped, or reused, when the cycle is over. */
  if (!wf_huge_unmap_slice(gc) && gc->whole)
    return false;
  if (gc->sweep_segment != UINT32_MAX) {
    trim_segments(gc);
    return false;
  }
  return true;
}

bool wf_heap_open(GC *gc) {
  for (uint32_t c = 1; c < HEAP_CLASSES; c++)
    gc->class_cells[c] = (uint32_t)(BLOCK_SIZE / wf_heap_class_size[c]);
  gc->mark_offset = gc->mark * sizeof(uint64_t) * BITMAP_WORDS;
  return new_segment(gc) != NULL;
}

void wf_heap_close(GC *gc) {
  while (gc->huge)
    wf_huge_doom(gc, gc->huge);
  wf_huge_doom_spares(gc);
  for (uint32_t i = 0; i < gc->segment_count; i++)
    if (gc->segment[i])
      free_segment(gc, gc->segment[i]);
  while (gc->doomed_huge) {
    Segment *s = gc->doomed_huge;
    gc->doomed_huge = s->head.next;
    munmap(s, s->head.mapped);
  }
  wf_alloc_free(gc->segment);
  for (uint32_t c = 0; c < HEAP_CLASSES; c++)
    wf_alloc_free(gc->pattern[c]);
}
