/* alloc.h: memory from mimalloc. The only door to it: alloc.c alone names it.
 *
 * None of these functions throws: they return NULL when memory is exhausted
 * and the caller decides. */
#ifndef WEFT_ALLOC_H
#define WEFT_ALLOC_H

#include "vm/base/base.h"

/* A block of `size` bytes, uninitialised, aligned to 16; NULL when exhausted.
 * `size` 0 gives a unique block. Owns: the caller; free with wf_alloc_free. */
void *wf_alloc_get(size_t size);
/* As wf_alloc_get with zeroed bytes and an overflow-checked n * size. */
void *wf_alloc_zeroed(size_t n, size_t size);
/* Resizes; NULL leaves the old block as it was. */
void *wf_alloc_resize(void *p, size_t size);
void wf_alloc_free(void *p);
/* `size` bytes aligned to `align` (power of two), zeroed; NULL when exhausted.
 * Meant for large blocks. Owns: the caller; wf_alloc_free_aligned. */
void *wf_alloc_aligned(size_t size, size_t align);
void wf_alloc_free_aligned(void *p, size_t size, size_t align);
/* Fresh pages of address space for `size` bytes, aligned to `align` (a power of
 * two, a page or more); NULL when exhausted. Never refused by AllocFaults.
 * Owns: the caller, who may remap it, and unmaps it with munmap. */
void *wf_alloc_map(size_t size, size_t align);
/* Where address space is limited some of it is kept back for small blocks, once
 * this has been called; again after it was used. False: there is none. */
bool wf_alloc_keep_reserve(void);
/* Sets *out to a * b; false when the product does not fit. */
static inline bool alloc_mul(size_t a, size_t b, size_t *out) {
  return !__builtin_mul_overflow(a, b, out);
}

/* For tests, in builds with checks: while `active`, every request counts (the
 * heap's for a single cell too) and the one that brings `countdown` to zero is
 * refused; with `for_good` all later ones are too, with `again` every again-th.
 */
typedef struct AllocFaults {
  uint64_t countdown; /* 0: nothing is refused */
  bool active, for_good, refused;
  uint32_t again;
} AllocFaults;

#ifdef WEFT_CHECKS
extern AllocFaults wf_alloc_faults;
bool wf_alloc_refuse(void);
static inline bool alloc_is_faulty(void) { return wf_alloc_faults.active; }
/* For checks that need memory of their own; returns what it was. */
static inline bool alloc_set_faulty(bool active) {
  bool was = wf_alloc_faults.active;
  wf_alloc_faults.active = active;
  return was;
}
static inline bool alloc_refuse(void) {
  return UNLIKELY(wf_alloc_faults.active) && wf_alloc_refuse();
}
#else
static inline bool alloc_is_faulty(void) { return false; }
static inline bool alloc_set_faulty(bool active) { return active; }
static inline bool alloc_refuse(void) { return false; }
#endif

#endif
