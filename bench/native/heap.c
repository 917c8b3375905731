/* heap.c: allocation with the collector running, and collections. */
#include "bench/native/host.h"
#include "vm/base/alloc.h"
#include <stdio.h>
#include <stdlib.h>

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

/* ---- the same churn in the heap and in an allocator's blocks --------------
 * Objects of 48 bytes, one of `every` of which takes the place of one of those
 * that are kept: in the heap, and as blocks of mimalloc (vm/base/alloc.h) in a
 * list, which a mark in each block tells the sweep to keep. The list is swept
 * when as many have come as are kept; what is kept is marked by walking over
 * it, without any search. */

enum { KEPT = 100000 };

static uint32_t next_slot(uint32_t *random) {
  *random = *random * 1664525 + 1013904223;
  return (uint32_t)((uint64_t)*random * KEPT >> 32);
}

static void churn_in_heap(Thread *L, GbState *s, const void *ud) {
  const uint32_t *every = ud;
  VM *vm = L->vm;
  Table *all = wf_table_new(vm, KEPT, 0);
  native_push(L, value_from_table(all));
  for (uint32_t i = 1; i <= KEPT; i++)
    wf_table_set_int(vm, all, i, value_from_table(wf_table_new(vm, 0, 2)));
  uint32_t random = 1;
  GB_LOOP(s) {
    for (uint32_t i = 0; i < BATCH; i++) {
      Table *t = wf_table_new(vm, 0, 2);
      if (i % *every == 0)
        wf_table_set_int(vm, all, 1 + next_slot(&random), value_from_table(t));
      gb_keep((uintptr_t)t);
    }
    gc_safepoint(L, vm);
  }
  gb_set_items(s, gb_iterations(s) * BATCH);
}

typedef struct Listed {
  struct Listed *next;
  uint64_t body[5];
  bool marked;
} Listed;

static Listed *listed_new(Listed **list) {
  Listed *o = wf_alloc_get(sizeof *o);
  if (!o)
    abort();
  *o = (Listed){.next = *list};
  return *list = o;
}

static void sweep_list(Listed **list) {
  for (Listed **at = list; *at;) {
    Listed *o = *at;
    if (o->marked) {
      o->marked = false;
      at = &o->next;
    } else {
      *at = o->next;
      wf_alloc_free(o);
    }
  }
}

static void churn_in_list(GbState *s, void *ud) {
  const uint32_t *every = ud;
  static Listed *kept[KEPT];
  Listed *list = NULL;
  for (uint32_t i = 0; i < KEPT; i++)
    kept[i] = listed_new(&list);
  uint32_t random = 1, made = 0;
  GB_LOOP(s) {
    for (uint32_t i = 0; i < BATCH; i++) {
      Listed *o = listed_new(&list);
      if (i % *every == 0)
        kept[next_slot(&random)] = o;
    }
    made += BATCH;
    if (made < KEPT)
      continue;
    made = 0;
    for (uint32_t i = 0; i < KEPT; i++)
      kept[i]->marked = true;
    sweep_list(&list);
  }
  gb_set_items(s, gb_iterations(s) * BATCH);
  sweep_list(&list); /* nothing is marked */
}

static const uint32_t raw_sizes[] = {16, 64, 256, 4096};
static const uint32_t live[] = {1000, 100000, 1000000};
static const uint32_t every[] = {2, 16, BATCH};
enum { NRAW = sizeof raw_sizes / sizeof raw_sizes[0], NLIVE = 3, NEVERY = 3 };

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
  for (int i = 0; i < NEVERY; i++) {
    snprintf(name, sizeof name, "churn_1_of_%u_stays", every[i]);
    host_register("heap", name, churn_in_heap, &every[i]);
    snprintf(name, sizeof name, "churn_1_of_%u_stays_list", every[i]);
    names_register("heap", name, churn_in_list, (void *)(uintptr_t)&every[i]);
  }
}
