/* gc_inline.h: the allocation fast path, included by gc.h alone. */
#ifndef WEFT_GC_INLINE_H
#define WEFT_GC_INLINE_H

#if defined(__SANITIZE_ADDRESS__)
#define HEAP_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HEAP_ASAN 1
#endif
#endif
#ifndef HEAP_ASAN
#define HEAP_ASAN 0
#endif
#if HEAP_ASAN
#include <sanitizer/asan_interface.h>
#endif

/* A cell when the class's run is used up or the size has none; raises the
 * memory error, or returns NULL (try). */
void *wf_heap_refill(VM *vm, size_t size, CellKind kind);
void *wf_heap_try(VM *vm, size_t size, CellKind kind);

static ALWAYS_INLINE void *gc_alloc_kind(VM *vm, size_t size, CellKind kind) {
  size_t rounded = (size + (HEAP_ALIGN - 1)) & ~(size_t)(HEAP_ALIGN - 1);
  if (LIKELY(rounded <= HEAP_SMALL_MAX)) {
    HeapRun *run = &vm->heap.run[kind][rounded / HEAP_ALIGN];
    char *p = run->cur;
    if (LIKELY(p != run->end)) {
      run->cur = p + rounded;
#if HEAP_ASAN
      __asan_unpoison_memory_region(p, size);
#endif
      return p;
    }
  }
  return wf_heap_refill(vm, size, kind);
}

/* A cell for a boxed integer from the current run; NULL when it is used up. */
static ALWAYS_INLINE void *gc_alloc_box(VM *vm) {
  HeapRun *run = &vm->heap.run[CELL_RAW][HEAP_CELL_MIN / HEAP_ALIGN];
  char *p = run->cur;
  if (UNLIKELY(p == run->end))
    return NULL;
  run->cur = p + HEAP_CELL_MIN;
#if HEAP_ASAN
  __asan_unpoison_memory_region(p, HEAP_CELL_MIN);
#endif
  return p;
}

static ALWAYS_INLINE void *gc_alloc(VM *vm, size_t size) {
  return gc_alloc_kind(vm, size, CELL_OBJECT);
}
static ALWAYS_INLINE void *gc_alloc_raw(VM *vm, size_t size) {
  return gc_alloc_kind(vm, size, CELL_RAW);
}

#endif
