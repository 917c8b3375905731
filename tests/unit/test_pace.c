/* test_pace.c: when the collector works and how much, by a clock that the test
 * turns: whatever else the machine does, and in every build, the figures are
 * the same.
 */
#include "tests/unit/value_vm.h"
#include "vm/gc/collector.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum {
  PORTION_NS = 700,     /* a portion of the collector's work, some 2 KB */
  KEEP = 300000,        /* tables of 48 bytes, and their places */
  WINDOW = 10,          /* milliseconds */
  MILLISECONDS = 60000, /* that a test may last */
  FAST = 40,            /* ns of the program for each table it makes, */
  BRISK = 150,          /* and the rates: 1200, 320 and 48 bytes per us */
  SLOW = 1000
};

static VM *vm;
static uint64_t origin, clock_ns;
static uint32_t portion_ns;
static ptrdiff_t whole_work;         /* of a whole cycle, so far */
static uint32_t taken[MILLISECONDS]; /* ns, by the collector's own steps */
static Table *window;

static GC *gc(void) { return vm->heap.gc; }
static Value tv(Table *t) { return value_from_table(t); }

static uint64_t present(void) { return clock_ns; }

/* The collector looks after each portion of work; a whole cycle, which looks
 * seldom, has its work counted. */
static uint64_t turned_clock(void) {
  if (!gc()->busy)
    return clock_ns;
  uint64_t ns = portion_ns;
  if (gc()->whole) {
    ptrdiff_t work = PTRDIFF_MAX - gc()->work;
    if (work > whole_work)
      ns = (uint64_t)(work - whole_work) / 2048 * portion_ns;
    whole_work = work;
  } else {
    taken[(clock_ns - origin) / 1000000 % MILLISECONDS] += (uint32_t)ns;
  }
  return clock_ns += ns;
}

static int open_vm(void **state) {
  (void)state;
  vm = test_vm_open(7);
  Pace *p = &gc()->pace;
  clock_ns = origin = (p->looked / 1000000 + 1) * 1000000;
  p->looked = p->rate_since = origin;
  gc()->clock = turned_clock;
  gc()->cpu_clock = present;
  portion_ns = PORTION_NS;
  whole_work = 0;
  memset(taken, 0, sizeof taken);
  test_random_state = 1;
  window = wf_table_new(vm, KEEP, 0);
  test_push(vm, tv(window));
  return 0;
}
static int close_vm(void **state) {
  (void)state;
  wf_gc_check(vm);
  test_vm_close(vm);
  return 0;
}

/* ---- programs ---- */

/* The program makes a table in `ns` nanoseconds and keeps it at `i`. */
static void make(uint32_t i, uint32_t ns) {
  Table *t = wf_table_new(vm, 0, 2);
  wf_table_set_int(vm, window, i + 1, tv(t));
  clock_ns += ns;
  gc_safepoint(vm->thread, vm);
}
static void grow(uint32_t ns) {
  for (uint32_t i = 0; i < KEEP; i++)
    make(i, ns);
}
/* Each drops one of those before. */
static void replace(uint32_t n, uint32_t ns) {
  for (uint32_t i = 0; i < n; i++)
    make(test_random(KEEP), ns);
}
static void replace_for(uint64_t cycles, uint32_t ns) {
  for (uint64_t end = gc()->cycles + cycles; gc()->cycles < end;)
    replace(1000, ns);
}

/* The most of any 10 ms from `since` on that the collector took, percent. */
static double most_taken(uint64_t since) {
  uint64_t from = (since - origin) / 1000000,
           to = (clock_ns - origin) / 1000000;
  assert_true(to < MILLISECONDS);
  double most = 0;
  for (uint64_t i = from; i + WINDOW <= to; i++) {
    double sum = 0;
    for (uint64_t k = i; k < i + WINDOW; k++)
      sum += taken[k];
    most = sum > most ? sum : most;
  }
  return most / (WINDOW * 1e4);
}
/* The peak since gc()->peak was set to 0, by the reachable bytes. */
static double peak(void) {
  double most = (double)gc()->peak;
  wf_gc_full(vm->thread, true);
  return most / (double)gc()->traced;
}

/* ---- the contract ---- */

static void a_program_has_most_of_any_10_ms(void **state) {
  (void)state;
  grow(SLOW);
  replace_for(3, BRISK);
  uint64_t since = clock_ns;
  gc()->peak = 0;
  replace_for(10, BRISK);
  assert_false(gc()->pace.fast);
  assert_true(most_taken(since) <= 30);
  assert_true(peak() <= 2);
}

static void heaps_may_grow_meanwhile(void **state) {
  (void)state;
  grow(BRISK);
  assert_true(most_taken(origin) <= 30);
  assert_true(peak() <= 2);
}

static void a_fast_allocator_is_kept_below_twice_what_lives(void **state) {
  (void)state;
  grow(FAST);
  replace_for(3, FAST);
  uint64_t since = clock_ns;
  gc()->peak = 0;
  replace_for(10, FAST);
  assert_true(gc()->pace.fast);
  assert_true(most_taken(since) > 30);
  assert_true(peak() <= 2);
}

/* Marking slows down to a fifth: what was planned does not suffice. */
static void a_late_burst_takes_what_it_needs(void **state) {
  (void)state;
  grow(FAST);
  replace_for(5, FAST);
  gc()->peak = 0;
  portion_ns *= 5;
  replace_for(5, FAST);
  assert_true(peak() <= 2.4);
}

static void a_late_marking_takes_more(void **state) {
  (void)state;
  grow(BRISK);
  replace_for(5, BRISK);
  gc()->peak = 0;
  portion_ns *= 5;
  replace_for(5, BRISK);
  assert_false(gc()->pace.fast);
  assert_true(peak() <= 2.5);
}

static void who_slows_down_is_believed(void **state) {
  (void)state;
  grow(FAST);
  replace_for(5, FAST);
  assert_true(gc()->pace.fast);
  while (gc()->phase != PHASE_PAUSE)
    replace(1000, FAST);
  uint64_t since = clock_ns;
  replace_for(3, SLOW);
  assert_false(gc()->pace.fast);
  assert_true(most_taken(since) <= 30);
}

/* A small heap is marked at once, but not again before the program had most of
 * the time in between. */
static void short_markings_are_bursts(void **state) {
  (void)state;
  for (uint32_t i = 0; i < KEEP / 20; i++)
    make(i, BRISK);
  uint64_t cycles = gc()->cycles, since = clock_ns;
  for (uint32_t i = 0; i < 2000000; i++) {
    make(test_random(KEEP / 20), BRISK);
    if (phase_is_tracing(gc()->phase))
      assert_true(gc()->pace.burst);
  }
  assert_true(gc()->cycles > cycles + 10);
  assert_true(most_taken(since) <= 30);
}

/* Marking is short, but not the sweep of the intern table, with ever more. */
static void strings_leave_the_program_its_time(void **state) {
  (void)state;
  long made = 0;
  for (uint32_t most = KEEP / 64; most <= KEEP; most += most / 4) {
    for (uint32_t i = 0; i < 3 * most; i++) {
      String *s = test_string(vm, "string ", made++);
      wf_table_set_int(vm, window, i % most + 1, value_from_string(s));
      clock_ns += BRISK;
      gc_safepoint(vm->thread, vm);
    }
  }
  assert_true(gc()->cycles > 5);
  assert_true(most_taken(origin) <= 30);
}

/* ---- what is known ---- */

static void whole_collections_tell_how_long_marking_takes(void **state) {
  (void)state;
  grow(SLOW);
  replace_for(3, SLOW);
  uint64_t usual = gc()->pace.trace_ns;
  size_t rate = gc()->pace.rate;
  for (int i = 0; i < 3; i++)
    wf_gc_full(vm->thread, true);
  assert_in_range(gc()->pace.trace_ns, usual / 2, usual * 2);
  assert_int_equal(gc()->pace.rate, rate);
  uint64_t since = clock_ns;
  replace_for(3, SLOW);
  assert_true(most_taken(since) <= 30);
  assert_in_range(gc()->pace.rate, rate / 2, rate * 2);
}

static void steps_asked_for_are_not_the_programs_time(void **state) {
  (void)state;
  grow(BRISK);
  replace_for(3, BRISK);
  size_t rate = gc()->pace.rate;
  assert_in_range(rate, 300, 340);
  for (int cycle = 0; cycle < 4; cycle++) {
    while (!wf_gc_step_time(vm->thread, 500))
      replace(1000, BRISK);
    while (!wf_gc_step_kbytes(vm->thread, 100))
      replace(1000, BRISK);
  }
  assert_in_range(gc()->pace.rate, rate - rate / 8, rate + rate / 8);
}

/* In a heap that grows, what comes while it is marked is no more work. */
static void growth_is_not_marked(void **state) {
  (void)state;
  grow(FAST);
  assert_true(gc()->pace.survival > 50);
  while (gc()->phase != PHASE_PAUSE)
    wf_gc_step_kbytes(vm->thread, 100);
  Table *list = wf_table_new(vm, 3 * KEEP, 0);
  test_push(vm, tv(list));
  size_t at_start = 0;
  bool marked = false;
  for (int64_t i = 1; i < 3 * KEEP; i++) {
    wf_table_set_int(vm, list, i, tv(wf_table_new(vm, 0, 2)));
    clock_ns += FAST;
    gc_safepoint(vm->thread, vm);
    const Pace *p = &gc()->pace;
    if (gc()->phase == PHASE_PAUSE)
      at_start = gc()->bytes;
    if (gc()->phase == PHASE_SWEEP && at_start && p->survival > 90) {
      assert_true(p->marked_work <= at_start);
      marked = true;
    }
  }
  assert_true(marked);
}

/* ---- settings ---- */

/* How far the heap may grow is the pause's to say in incremental mode, the
 * major multiplier's in generational mode. */
static void each_mode_has_its_goal(void **state) {
  (void)state;
  grow(BRISK);
  wf_gc_full(vm->thread, true);
  size_t usual = gc()->pace.goal;
  wf_gc_set_major_multiplier(vm, 400);
  wf_gc_full(vm->thread, true);
  assert_in_range(gc()->pace.goal, usual - usual / 16, usual + usual / 16);
  wf_gc_set_generational(vm, true);
  wf_gc_full(vm->thread, true);
  assert_true(gc()->pace.goal > usual * 2);
  wf_gc_set_major_multiplier(vm, 100);
  wf_gc_full(vm->thread, true);
  assert_in_range(gc()->pace.goal, usual - usual / 16, usual + usual / 16);
  wf_gc_set_generational(vm, false);
  wf_gc_set_pause(vm, 400);
  wf_gc_full(vm->thread, true);
  assert_true(gc()->pace.goal > usual + usual / 2);
}

/* Who allows more garbage is not taken for fast, but what comes while it is
 * marked is not marked without end, ... */
static void a_long_pause_needs_no_hurry(void **state) {
  (void)state;
  wf_gc_set_pause(vm, 1000);
  grow(FAST);
  replace_for(5, FAST);
  assert_false(gc()->pace.fast);
  assert_true(gc()->pace.marked_work < 4 * gc()->traced);
}
/* ... and who asks for a slow collector gets one. */
static void a_slow_collector_takes_less(void **state) {
  (void)state;
  grow(SLOW);
  replace_for(2, SLOW);
  wf_gc_set_step_multiplier(vm, 50);
  replace_for(1, SLOW);
  uint64_t since = clock_ns;
  replace_for(3, SLOW);
  assert_true(most_taken(since) <= 16);
}

int main(void) {
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_vm, close_vm)
  const struct CMUnitTest tests[] = {
      TEST(a_program_has_most_of_any_10_ms),
      TEST(heaps_may_grow_meanwhile),
      TEST(a_fast_allocator_is_kept_below_twice_what_lives),
      TEST(a_late_burst_takes_what_it_needs),
      TEST(a_late_marking_takes_more),
      TEST(who_slows_down_is_believed),
      TEST(short_markings_are_bursts),
      TEST(strings_leave_the_program_its_time),
      TEST(whole_collections_tell_how_long_marking_takes),
      TEST(steps_asked_for_are_not_the_programs_time),
      TEST(growth_is_not_marked),
      TEST(each_mode_has_its_goal),
      TEST(a_long_pause_needs_no_hurry),
      TEST(a_slow_collector_takes_less),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
