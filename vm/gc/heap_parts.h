/* heap_parts.h: what heap.c, huge.c and heap_walk.c share. */
#ifndef WEFT_HEAP_PARTS_H
#define WEFT_HEAP_PARTS_H

#include "vm/gc/collector.h"

enum {
  UNPACED_SHARE = 16 /* of the reachable bytes: larger cells are growth */
};

static inline bool size_is_huge(size_t size) {
  return size > SPAN_MAX_PAGES * PAGE_SIZE;
}
static inline size_t page_round(size_t size) {
  return (size + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);
}

static inline uint64_t *block_bits(const SegmentInfo *s, uint32_t which,
                                   uint32_t block) {
  return &s->segment->bits[which][block * BLOCK_WORDS];
}
static inline void *huge_cell(const Segment *s) {
  return (char *)(uintptr_t)s + BLOCK_SIZE;
}

/* Large objects are strings, which are no work: they stay white to the end of
 * tracing, and go at once if they die before. */
static inline bool large_is_black(const GC *gc, CellKind kind) {
  return gc->black[kind] && (kind == CELL_RAW || gc->phase != PHASE_MARK);
}
static inline void set_large_bit(GC *gc, void *p, CellKind kind) {
  uint32_t i = granule_of(p);
  Segment *s = segment_of(p);
  s->bits[gc->mark ^ 1][i / 64] |= 1ull << (i % 64);
  if (large_is_black(gc, kind))
    s->bits[gc->mark][i / 64] |= 1ull << (i % 64);
}

/* Whether the heap may grow by `bytes`. Small cells may have the reserve. */
static inline bool within_limit(const GC *gc, size_t bytes) {
  size_t limit = gc->limit;
  if (bytes <= gc->reserve / 4)
    limit += gc->reserve;
  return LIKELY(gc->bytes <= limit && bytes <= limit - gc->bytes);
}
/* Collect at the next safepoint, whichever it is. */
static inline void want_collection(GC *gc) {
  gc->emergency = true;
  gc->vm->heap.debt = EMERGENCY_DEBT;
}
static inline void count_claim(GC *gc, size_t bytes, bool black,
                               StatKind kind) {
  gc->bytes += bytes;
  gc->allocated[kind] += bytes;
  if (UNLIKELY(kind == STAT_LARGE)) {
    gc->large_claimed += bytes;
    if (bytes > gc->traced / UNPACED_SHARE)
      gc->unpaced += bytes;
  }
  if (black)
    gc->black_bytes += bytes;
  gc->vm->heap.debt += (ptrdiff_t)bytes;
  if (UNLIKELY(gc->bytes > gc->alarm)) {
    gc->alarm = SIZE_MAX; /* until a cycle has ended */
    want_collection(gc);
  }
}
static inline void count_freed(GC *gc, size_t bytes, StatKind kind) {
  gc->bytes -= bytes;
  gc->swept[kind] += bytes;
}

/* ---- heap.c ---- */
/* The cell of a class block that starts in a granule, counted in the block. */
char *wf_heap_cell_at(const SegmentInfo *s, uint32_t block, uint32_t granule);

/* ---- huge.c ---- */
/* A huge cell, NULL: no memory; `fresh`: its pages were never written to. */
void *wf_huge_alloc(GC *gc, size_t size, CellKind kind, bool fresh);
/* The raw cell of s gets another size, and perhaps address; NULL: no memory. */
void *wf_huge_resize(GC *gc, Segment *s, size_t size);
/* s is dead: kept for reuse until the next cycle ends, or to be unmapped. */
void wf_huge_doom(GC *gc, Segment *s);
/* What was kept is to be unmapped. */
void wf_huge_doom_spares(GC *gc);
/* To be unmapped, in slices: its pages may be many. */
void wf_huge_doom_mapping(GC *gc, Segment *s);
/* Unmaps a slice; true when nothing is left to unmap. */
bool wf_huge_unmap_slice(GC *gc);
/* Looks at the next huge cell, if any is left, after the swap. */
bool wf_huge_sweep(GC *gc);

#endif
