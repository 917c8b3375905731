/* early.h: the blocks a program asks for first, in one small region.
 *
 * An allocator made for big programs begins with a page and more for each size
 * of block. What starting asks for, 170 KB in 40 sizes of which half is never
 * written to, stands here side by side instead:
 *
 *   | size before | block | size before | block ...          | used
 *
 * A block that is freed lets the region shrink as soon as it is the last one,
 * so what the compiler needs for a moment is used again. Only alloc.c is to use
 * this; it stops asking for good when a block is refused. */
#ifndef WEFT_EARLY_H
#define WEFT_EARLY_H

#include "vm/base/base.h"

enum { EARLY_SIZE = 256 << 10 };
extern char wf_early_region[EARLY_SIZE];

static inline bool early_has(const void *p) {
  return (uintptr_t)p - (uintptr_t)wf_early_region < EARLY_SIZE;
}
/* A block aligned to 16; NULL when the region is used up. */
void *wf_early_get(size_t size);
void *wf_early_zeroed(size_t size);
/* p is the region's. False: it must move to a larger block elsewhere. */
bool wf_early_resize(void *p, size_t size);
size_t wf_early_size(const void *p);
void wf_early_free(void *p);

#endif
