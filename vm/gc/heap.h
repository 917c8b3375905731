/* heap.h: the allocator's part of the VM: free runs by cell size.
 *
 * A cell is a multiple of 8 bytes, 16 at least. Sizes up to HEAP_SMALL_MAX have
 * a class each (class = size / 8); above that classes are coarser, multiples of
 * 16, and cells beyond HEAP_CLASS_MAX are spans of pages (heap.c) or mappings
 * of their own (huge.c).
 *
 * Each class has one free run per kind: memory whose bits in the heap's
 * bitmaps are already set, so that handing out a cell is moving `cur`. */
#ifndef WEFT_HEAP_H
#define WEFT_HEAP_H

#include "vm/base/base.h"

enum {
  HEAP_ALIGN = 8, /* of cells; those of a multiple of 16 bytes have 16 */
  HEAP_CELL_MIN = 16,
  HEAP_SMALL_MAX = 512,
  HEAP_CLASS_MAX = 32768,
  HEAP_SMALL_CLASSES = HEAP_SMALL_MAX / HEAP_ALIGN + 1, /* 0, 1: unused */
  HEAP_CLASSES = HEAP_SMALL_CLASSES + 22
};

/* Whether a cell starts with an object header. A block holds one kind. */
typedef enum CellKind { CELL_OBJECT, CELL_RAW } CellKind;

typedef struct HeapRun {
  char *cur, *end; /* equal: the next allocation claims a new run */
} HeapRun;

typedef struct Heap {
  HeapRun run[2][HEAP_CLASSES]; /* by CellKind and class */
  ptrdiff_t debt;               /* > 0: a collector step is due */
  struct GC *gc;
} Heap;

#endif
