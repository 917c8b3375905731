/* heap.c: allocation with the collector running, and collections. */
#include "bench/native/host.h"
#include <stdio.h>

enum { BATCH = 256 };

/* ---- objects that die at once ------------------------------------------- */

static void allocate_tables(Thread *L, GbState *s, const void *ud) {
  (void)ud;
  GB_LOOP(s) {
    for (int i = 0; i < BATCH; i++)
      gb_keep((uintptr_t)wf_table_new(L->vm, 0, 2));
    gc_safepoint(L, L->vm);
  }
  gb_set_items(s, gb_iterations(s) * BATCH);
}

static void allocate_closures(Thread *L, GbState *s, const void *ud) {
  (void)ud;
  GB_LOOP(s) {
    for (int i = 0; i < BATCH; i++)
      gb_keep((uintptr_t)wf_function_new_native(L->vm, NULL, 1, NULL));
    gc_safepoint(L, L->vm);
  }
  gb_set_items(s, gb_iterations(s) * BATCH);
}

static void allocate_raw(Thread *L, GbState *s, const void *ud) {
  const uint32_t *size = ud;
  GB_LOOP(s) {
    for (int i = 0; i < BATCH; i++)
      gb_keep((uintptr_t)gc_alloc_raw(L->vm, *size));
    gc_safepoint(L, L->vm);
  }
  gb_set_items(s, gb_iterations(s) * BATCH);
  gb_set_bytes(s, gb_iterations(s) * BATCH * *size);
}

/* ---- collections of a live heap ------------------------------------------ */

/* Pushes a table of n small tables that point at each other. */
static void push_live(Thread *L, uint32_t n) {
  VM *vm = L->vm;
  Table *all = wf_table_new(vm, n, 0);
  native_push(L, value_from_table(all));
  uint32_t random = 1;
  for (uint32_t i = 1; i <= n; i++) {
    Table *t = wf_table_new(vm, 2, 0);
    random = random * 1664525 + 1013904223;
    wf_table_set_int(vm, t, 1, value_from_inline_int(i));
    wf_table_set_int(vm, t, 2,
                     wf_table_get_int(vm, all, random % i + (i > 1 ? 0 : 1)));
    wf_table_set_int(vm, all, i, value_from_table(t));
  }
}

static void full_collection(Thread *L, GbState *s, const void *ud) {
  const uint32_t *n = ud;
  push_live(L, *n);
  wf_gc_full(L, false);
  size_t bytes = wf_gc_count_bytes(L->vm);
  GB_LOOP(s) { wf_gc_full(L, false); }
  gb_set_items(s, gb_iterations(s) * *n);
  gb_set_bytes(s, gb_iterations(s) * (int64_t)bytes);
}

/* One step of the incremental collector; finished cycles start again. */
static void step(Thread *L, GbState *s, const void *ud) {
  const uint32_t *n = ud;
  push_live(L, *n);
  wf_gc_set_generational(L->vm, false); /* there a step is a whole cycle */
  wf_gc_full(L, false);
  int64_t cycles = 0;
  GB_LOOP(s) { cycles += wf_gc_step_kbytes(L, 0); }
  gb_set_counter(s, "cycles", (double)cycles, GB_PLAIN);
}

static const uint32_t raw_sizes[] = {16, 64, 256, 4096};
static const uint32_t live[] = {1000, 100000, 1000000};
enum { NRAW = sizeof raw_sizes / sizeof raw_sizes[0], NLIVE = 3 };

void bench_heap(void) {
  char name[48];
  host_register("heap", "allocate_tables", allocate_tables, NULL);
  host_register("heap", "allocate_closures", allocate_closures, NULL);
  for (int i = 0; i < NRAW; i++) {
    snprintf(name, sizeof name, "allocate_%u_bytes", raw_sizes[i]);
    host_register("heap", name, allocate_raw, &raw_sizes[i]);
  }
  for (int i = 0; i < NLIVE; i++) {
    snprintf(name, sizeof name, "full_collection_%u", live[i]);
    host_register("heap", name, full_collection, &live[i]);
    snprintf(name, sizeof name, "step_%u", live[i]);
    host_register("heap", name, step, &live[i]);
  }
}
