/* huge.c: cells above 516 KB, mappings of their own. They grow by remapping,
 * are reused where one fits, and return to the system in slices. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* mremap */
#endif
#include "vm/gc/heap_parts.h"
#include <sys/mman.h>

enum {
  UNMAP_SLICE = 1 << 18,  /* bytes of a dead mapping freed at a time */
  GROWTH_UNMAP = 2 << 20, /* at most, when a cell grows */
  DOOMED_LOOKS = 8,       /* at dead mappings that are being unmapped */
  SPARE_HUGE = 12 << 20   /* bytes of dead mappings kept for reuse */
};

/* ---- dead mappings ---- */

void wf_huge_doom_mapping(GC *gc, Segment *s) {
  s->head.next = gc->doomed_huge;
  gc->doomed_huge = s;
}
void wf_huge_doom_spares(GC *gc) {
  while (gc->spare_huge) {
    Segment *s = gc->spare_huge;
    gc->spare_huge = s->head.next;
    wf_huge_doom_mapping(gc, s);
  }
  gc->spare_bytes = 0;
}

bool wf_huge_unmap_slice(GC *gc) {
  Segment *s = gc->doomed_huge;
  if (!s)
    return true;
  if (s->head.mapped <= UNMAP_SLICE) {
    gc->doomed_huge = s->head.next;
    munmap(s, s->head.mapped);
  } else {
    s->head.mapped -= UNMAP_SLICE;
    munmap((char *)s + s->head.mapped, UNMAP_SLICE);
  }
  return gc->doomed_huge == NULL;
}

/* What is given back pays for `bytes` of fresh pages. */
static void unmap_for(GC *gc, size_t bytes) {
  size_t n = 0;
  while (!wf_huge_unmap_slice(gc) && n + UNMAP_SLICE < bytes)
    n += UNMAP_SLICE;
}

/* ---- cells ---- */

static void huge_link(GC *gc, Segment *s) {
  s->head.prev = NULL;
  s->head.next = gc->huge;
  if (gc->huge)
    gc->huge->head.prev = s;
  gc->huge = s;
}
static void huge_unlink(GC *gc, Segment *s) {
  if (gc->sweep_huge == s)
    gc->sweep_huge = s->head.next;
  if (s->head.prev)
    s->head.prev->head.next = s->head.next;
  else
    gc->huge = s->head.next;
  if (s->head.next)
    s->head.next->head.prev = s->head.prev;
}

/* Fresh pages cost ten times what writing to them does, so some are kept. */
void wf_huge_doom(GC *gc, Segment *s) {
  huge_unlink(gc, s);
  count_freed(gc, s->head.size, STAT_LARGE);
  if (gc->spare_bytes + s->head.mapped > SPARE_HUGE) {
    wf_huge_doom_mapping(gc, s);
    return;
  }
  gc->spare_bytes += s->head.mapped;
  s->head.next = gc->spare_huge;
  gc->spare_huge = s;
}

static bool mapping_fits(const Segment *s, size_t mapped) {
  return s->head.mapped >= mapped && s->head.mapped <= mapped + mapped / 4;
}

/* A dead mapping that fits without much waste, NULL when there is none: of
 * those kept, or of the next to be unmapped, which would be a pity. */
static Segment *take_spare(GC *gc, size_t mapped) {
  for (Segment **at = &gc->spare_huge; *at; at = &(*at)->head.next) {
    Segment *s = *at;
    if (!mapping_fits(s, mapped))
      continue;
    *at = s->head.next;
    gc->spare_bytes -= s->head.mapped;
    return s;
  }
  Segment **at = &gc->doomed_huge;
  for (uint32_t i = 0; *at && i < DOOMED_LOOKS; i++, at = &(*at)->head.next) {
    Segment *s = *at;
    if (!mapping_fits(s, mapped))
      continue;
    *at = s->head.next;
    return s;
  }
  return NULL;
}

static Segment *huge_map(GC *gc, size_t mapped) {
  Segment *s = wf_alloc_map(mapped, SEGMENT_SIZE);
  if (UNLIKELY(!s) && wf_heap_release(gc))
    s = wf_alloc_map(mapped, SEGMENT_SIZE);
  return s;
}

void *wf_huge_alloc(GC *gc, size_t size, CellKind kind, bool fresh) {
  if (size > SIZE_MAX / 2 - SEGMENT_SIZE || !within_limit(gc, page_round(size)))
    return NULL;
  size_t mapped = BLOCK_SIZE + page_round(size);
  Segment *s = fresh ? NULL : take_spare(gc, mapped);
  if (!s) {
    /* Writing to all of the new pages, where it is soon done, takes longer. */
    unmap_for(gc, fresh ? 0 : mapped);
    s = huge_map(gc, mapped);
    if (!s)
      return NULL;
    s->head.mapped = mapped;
  }
  s->bits[0][BLOCK_WORDS] = s->bits[1][BLOCK_WORDS] = 0;
  s->head.info = NULL; /* it may have been a segment */
  s->head.size = page_round(size);
  s->head.kind = kind;
  huge_link(gc, s);
  set_large_bit(gc, huge_cell(s), kind);
  count_claim(gc, s->head.size, large_is_black(gc, kind), STAT_LARGE);
  return huge_cell(s);
}

void wf_heap_unmap(GC *gc) { wf_huge_unmap_slice(gc); }

void *wf_huge_resize(GC *gc, Segment *s, size_t size) {
  size_t mapped = BLOCK_SIZE + page_round(size);
  if (size > SIZE_MAX / 2 - SEGMENT_SIZE)
    return NULL;
  if (size > s->head.size && !within_limit(gc, page_round(size) - s->head.size))
    return NULL;
  if (mapped > s->head.mapped) {
    size_t growth = mapped - s->head.mapped;
    unmap_for(gc, growth < GROWTH_UNMAP ? growth : GROWTH_UNMAP);
  }
  Segment *to = mremap(s, s->head.mapped, mapped, 0);
  if (to == MAP_FAILED) {
    /* Aligned alike modulo 2 MB, so whole page tables are moved. */
    Segment *place = huge_map(gc, mapped);
    if (!place)
      return NULL;
    to =
        mremap(s, s->head.mapped, mapped, MREMAP_MAYMOVE | MREMAP_FIXED, place);
    if (to == MAP_FAILED) {
      munmap(place, mapped);
      return NULL;
    }
    if (gc->sweep_huge == s)
      gc->sweep_huge = to;
    if (to->head.prev)
      to->head.prev->head.next = to;
    else
      gc->huge = to;
    if (to->head.next)
      to->head.next->head.prev = to;
  }
  size_t old = to->head.size;
  to->head.size = page_round(size);
  to->head.mapped = mapped;
  gc->bytes -= old;
  gc->allocated[STAT_LARGE] -= old;
  size_t unpaced = gc->unpaced + to->head.size - old;
  size_t claimed = gc->large_claimed + to->head.size - old;
  count_claim(gc, to->head.size, gc->black[CELL_RAW], STAT_LARGE);
  gc->unpaced = unpaced;
  gc->large_claimed = claimed;
  gc->vm->heap.debt -= (ptrdiff_t)old;
  if (gc->black[CELL_RAW])
    gc->black_bytes -= old < gc->black_bytes ? old : gc->black_bytes;
  return huge_cell(to);
}

bool wf_huge_sweep(GC *gc) {
  Segment *s = gc->sweep_huge;
  if (!s)
    return false;
  gc->sweep_huge = s->head.next;
  if (!(s->bits[gc->mark ^ 1][BLOCK_WORDS] & 1)) {
    wf_huge_doom(gc, s);
  } else {
    s->bits[gc->mark][BLOCK_WORDS] = 0;
    gc->kept[STAT_LARGE] += s->head.size;
  }
  return true;
}
