/* heap.h: the bitmap heap. Placeholder of the collector's author: the fast
 * path below is the contract. */
#ifndef WEFT_HEAP_H
#define WEFT_HEAP_H

#include "vm/base/base.h"

enum { HEAP_CLASSES = 33, HEAP_SMALL_MAX = 512 };

typedef struct Heap {
  struct {
    char *cur, *end;
  } run[HEAP_CLASSES]; /* free run per size class of 16 bytes */
  ptrdiff_t debt;      /* > 0: a collector step is due at the next safepoint */
  struct GC *gc;
} Heap;

#endif
