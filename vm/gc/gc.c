/* gc.c: the cycle, its pacing, and what the rest of the VM calls.
 *
 *   PAUSE -> MARK -> CLEAR_VALUES -> SEPARATE -> RESURRECT -> CLEAR_KEYS
 *         -> STRINGS -> (swap) -> SWEEP -> PAUSE
 *
 * Every phase proceeds in slices of bounded work; only starting a cycle
 * (roots), the final steps of MARK and RESURRECT (roots and stacks) and the
 * swap are indivisible. From the start to the swap stores are barriered; new
 * objects are white until the first of these final steps, black after it. From
 * the end of MARK to the swap unmarked objects are dead: no one can reach them
 * but through weak tables and the intern table, which ask. Nothing is reused
 * before the swap.
 *
 * Pacing: while it marks the collector takes a fixed share of the program's
 * time, however fast that allocates. What is allocated meanwhile follows from
 * it, is measured, and decides when the next marking begins: so early that the
 * heap's peak stays below twice the reachable bytes. Only when it would not the
 * share grows. A marking so short that the program still has most of any 10 ms
 * is done in one burst of steps with little of the program in between; so is
 * any marking for a program that makes garbage faster than the usual share
 * could keep below the goal. Sweeping is paid for by what is allocated.
 */
#include "vm/gc/collector.h"
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
  TICK = 4096,              /* bytes allocated between steps of a cycle */
  MARK_TICK_MIN = 1 << 10,  /* while marking less when these come too rarely, */
  MARK_TICK_MAX = 64 << 10, /* more when they come too often */
  SWEEP_TICK = 16 << 10,    /* the same while sweeping or unmapping */
  IDLE_TICK = 1 << 20,      /* the same while the collector may not work */
  WORK_MAX = 48 << 10,      /* units of one step: some 50 us at most */
  WORK_PORTION = 2 << 10,   /* units between looks at the clock */
  SLICE_NS = 25 * 1000,     /* no portion begins later in a step */
  /* After so many bytes of garbage at once no portion begins later than that:
   * they took the program longer, and few steps come. */
  LARGE_STEP = 256 << 10,
  LARGE_NS = 250 * 1000,
  STOLEN_NS = 400 * 1000, /* what a step lasts longer, others had the CPU */
  FLOOR = 2 << 20,        /* room for garbage at least, ... */
  /* ... less where most of the heap is short strings: garbage among them fills
   * the intern table, which should stay in the processor's cache, ... */
  FLOOR_STRINGS = 1 << 20,
  STRING_SHARE = 64,
  HEADROOM = 256 << 10,  /* ... and what is left where marking overshot that */
  TINY_HEAP = 512 << 10, /* with less reachable steps are never put off */
  RESERVE_MAX = 1 << 20, /* beyond the limit of the heap, ... */
  RESERVE_SHARE = 16,    /* ... at most that part of it */
  ALLOWED_PERCENT = 27,  /* of the program's time, times stepmul / 100 */
  ALLOWED_MIN = 5,
  ALLOWED_MAX = 90,
  ALLOWED_NS = 250 * 1000,   /* most that it can save up */
  ALLOWED_LEAST = 20 * 1000, /* with less it does not begin */
  BURST_PERCENT = 300, /* the same for a marking that is soon over: that took
                          no longer last time than ... */
  BURST_NS = 2600 * 1000,
  FAST_PERCENT = 55, /* of its room that a program fills with garbage while the
                        collector marks: fast, ... */
  FAST_STILL = 30,   /* ... until it is less than this; never below ... */
  FAST_RATE = 800,   /* ... bytes per us: one that does other things as well */
  WINDOW_NS = 2650 * 1000, /* most of any 10 ms, unless it is late */
  LATE_BYTES = 2 << 20,    /* may be allocated beyond the goal, ... */
  LATE_BASE = 8 << 20,     /* ... then each percent of that and the reachable */
  LATE_FACTOR = 4,         /* bytes takes this much more of the time */
  PAUSE_MAX = 1 << 16,     /* percent: larger ones are never reached */
  PEAK_PERCENT = 90,       /* of what the pause allows: the goal */
  PEAK_MARGIN = 8,         /* percent of the reachable bytes */
  EFFORT_MIN = 60,         /* percent */
  EFFORT_MAX = 300,
  STEP_PERCENT_MAX = 4096,
  STEP_US_MAX = 1000 * 1000 * 1000, /* the longest step one may ask for */
  STRING_SLICE = 256,               /* slots of the intern table */
  STRING_WORK = 8,                  /* units to look at one */
  SWEEP_WORK = 8 << 10,             /* units of one call of wf_heap_sweep */
  FINALIZERS = 8,                   /* called between looks at the clock */
  FINALIZERS_NS = 50 * 1000,        /* none begins later after a step, ... */
  FINALIZERS_QUEUE = 1024, /* ... but for each so many due there is a step
                              more, ... */
  FINALIZERS_STEPS = 16    /* ... up to so many */
};
#define WORK_UNLIMITED PTRDIFF_MAX

/* ---- pacing ---- */

/* What the next marking would take, if done in a burst, by the last one. What
 * was none also marked what came meanwhile. */
static uint64_t burst_ns(const GC *gc) {
  return gc->burst ? gc->trace_ns : gc->trace_ns / 4 * 3;
}

/* A short marking is better done quickly: less dies, and is kept, meanwhile. */
static bool fits_burst(const GC *gc) {
  return gc->step_multiplier >= 100 && burst_ns(gc) <= BURST_NS;
}

/* Whether the garbage that the program makes while the collector marks for
 * `ns`, in the usual share of the time, would fill most of `room`. */
static bool is_fast(const GC *gc, uint64_t ns, size_t room) {
  size_t meanwhile = ns / 1000 * gc->rate / ALLOWED_PERCENT * 100;
  size_t garbage = meanwhile / 100 * (100 - gc->survival);
  return gc->step_multiplier >= 100 && gc->rate >= FAST_RATE &&
         garbage > room / 100 * (gc->fast ? FAST_STILL : FAST_PERCENT);
}

/* What the heap may grow to, and when marking begins: early enough for what is
 * usually allocated meanwhile. In a heap that grows part of what comes before
 * is reachable, so that twice of it is more. */
static void set_goal(GC *gc) {
  size_t live = gc->traced;
  int wanted = gc->generational ? gc->major_multiplier : gc->pause - 100;
  size_t percent = wanted > 0 ? (size_t)wanted : 0;
  if (percent > PAUSE_MAX)
    percent = PAUSE_MAX;
  size_t room = live / 100 * percent / 100 * PEAK_PERCENT;
  size_t strings = gc->vm->string_count;
  size_t floor = strings * STRING_SHARE > live ? FLOOR_STRINGS : FLOOR;
  if (room < floor)
    room = floor;
  size_t meanwhile = live / 100 * PEAK_MARGIN;
  gc->fast = !fits_burst(gc) && is_fast(gc, burst_ns(gc), room);
  if (gc->fast)
    meanwhile += burst_ns(gc) / 1000 * gc->rate / BURST_PERCENT * 100;
  else if (!fits_burst(gc))
    meanwhile += live / 100 * gc->meanwhile_percent;
  size_t most = room / 3 * 2, least = room / 16;
  size_t before = room > meanwhile ? room - meanwhile : 0;
  before = before > most ? most : before < least ? least : before;
  gc->threshold = live + before;
  gc->goal = live + room - room / 16 + before / 100 * gc->survival + LATE_BYTES;
  gc->unpaced_before = gc->unpaced;
}

/* Units of work for `bytes` allocated, or asked for by a step: 2.4, times what
 * a reachable byte cost in the last cycle (weak and intern tables cost more
 * than what they hold, strings less).
 * Sweeping keeps pace with allocation, 16 blocks of 64 KB for 8 KB of it: soon
 * after marking the count of bytes is that of the reachable ones again. */
static size_t work_for(const GC *gc, size_t bytes) {
  size_t percent = gc->step_multiplier > 25 ? (size_t)gc->step_multiplier : 25;
  if (bytes > SIZE_MAX >> 24) /* a terabyte */
    return SIZE_MAX / 2;
  if (percent > STEP_PERCENT_MAX)
    percent = STEP_PERCENT_MAX;
  if (gc->phase == PHASE_SWEEP)
    return bytes * percent / 100;
  return bytes * gc->effort / 100 * 12 / 5 * percent / 100;
}

static void set_tick(GC *gc, size_t bytes) {
  gc->tick = (ptrdiff_t)(bytes < PTRDIFF_MAX / 2 ? bytes : PTRDIFF_MAX / 2);
  gc->vm->heap.debt = -gc->tick;
}

static void schedule(GC *gc) {
  if (UNLIKELY(gc->emergency)) /* wanted meanwhile */
    gc->vm->heap.debt = EMERGENCY_DEBT;
  else if (gc->phase == PHASE_SWEEP)
    set_tick(gc, SWEEP_TICK);
  else if (gc->phase != PHASE_PAUSE)
    set_tick(gc, finalize_is_due(gc) ? TICK : gc->mark_tick);
  else if (heap_may_unmap(gc) && gc->bytes + SWEEP_TICK < gc->threshold)
    set_tick(gc, SWEEP_TICK);
  else if (finalize_is_due(gc) || gc->bytes + TICK >= gc->threshold)
    set_tick(gc, TICK);
  else
    set_tick(gc, gc->threshold - gc->bytes);
}

static size_t allocated_bytes(const GC *gc) {
  return gc->allocated[STAT_OBJECTS] + gc->allocated[STAT_PARTS] +
         gc->allocated[STAT_LARGE];
}

/* Since marking began, cells apart that are so large that no pace helps. */
static size_t allocated_while_marking(const GC *gc) {
  return allocated_bytes(gc) - gc->unpaced - gc->paced_before;
}

static void set_threshold(GC *gc) {
  set_goal(gc);
  /* Under a limit of the process collect early rather than run into it. */
  size_t limit = gc->address_limit / 8 * 5;
  if (gc->limit / 8 * 5 < limit || !limit)
    limit = gc->limit / 8 * 5;
  if (gc->threshold > limit)
    gc->threshold = limit;
  if (gc->goal > limit / 4 * 5)
    gc->goal = limit / 4 * 5;
  if (gc->threshold < gc->bytes + HEADROOM)
    gc->threshold = gc->bytes + HEADROOM;
  /* Near its own limit a whole collection comes before a refusal: when most of
   * the room was used since the last one, or half of the reserve. */
  size_t room = gc->limit > gc->traced ? gc->limit - gc->traced : 0;
  size_t late = gc->traced + (room ? gc->reserve / 2 : 0);
  gc->alarm = gc->limit == SIZE_MAX         ? SIZE_MAX
              : gc->limit - room / 4 > late ? gc->limit - room / 4
                                            : late;
}

/* ---- the cycle ---- */

static uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t); /* no system call, unlike CPU time */
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* What the collector took of the last 10 ms, kept by the millisecond. */
static void forget_former(GC *gc, uint64_t now) {
  uint64_t ms = now / 1000000;
  if (ms - gc->recent_ms > RECENT)
    gc->recent_ms = ms - RECENT;
  while (gc->recent_ms < ms) {
    uint32_t *slot = &gc->recent[++gc->recent_ms % RECENT];
    gc->recent_sum -= *slot;
    *slot = 0;
  }
}
static uint64_t recently(GC *gc, uint64_t now) {
  forget_former(gc, now);
  return gc->recent_sum;
}
static void note_recent(GC *gc, uint64_t now, uint64_t ns) {
  forget_former(gc, now);
  gc->recent[gc->recent_ms % RECENT] += (uint32_t)ns;
  gc->recent_sum += (uint32_t)ns;
}

/* A program that allocates so fast is served better by less memory than by
 * most of every 10 ms. */
static bool is_pressed(const GC *gc) {
  return gc->fast || gc->bytes + LATE_BYTES > gc->goal;
}

/* Whether a marking as long as the last one may follow at once. */
static bool may_burst(GC *gc, uint64_t now) {
  return is_pressed(gc) || recently(gc, now) + burst_ns(gc) <= WINDOW_NS;
}

/* How fast the program allocated from the last start to this one. */
static void note_rate(GC *gc) {
  uint64_t ns = gc->step_end - gc->started;
  ns = ns > gc->spent ? ns - gc->spent : 0;
  size_t rate = gc->new_bytes / (ns / 1000 + 1);
  gc->rate = (gc->rate + rate) / 2;
  gc->started = gc->step_end;
  gc->spent = 0;
}

static void start_cycle(GC *gc) {
  CHECK(gc->phase == PHASE_PAUSE);
  gc->step_end = now_ns();
  gc->burst = gc->fast || (fits_burst(gc) && may_burst(gc, gc->step_end));
  gc->trace_ns = 0;
  gc->black_bytes = gc->large_claimed = 0;
  gc->cycle_work = gc->marked_work = 0;
  size_t large = gc->unpaced; /* less when one was cut */
  large = large > gc->unpaced_before ? large - gc->unpaced_before : 0;
  gc->known = gc->traced + large;
  gc->planned = gc->known + gc->known / 8;
  size_t goal = gc->goal + large;
  gc->foreseen = goal > gc->bytes ? goal - gc->bytes : 0;
  size_t allocated = allocated_bytes(gc);
  gc->new_bytes =
      allocated > gc->allocated_before ? allocated - gc->allocated_before : 0;
  gc->allocated_before = allocated;
  note_rate(gc);
  gc->paced_before = allocated - gc->unpaced;
  gc->phase = PHASE_MARK;
  gc->vm->barrier = 1;
  gc->finalizers.marked = gc->finalizers.called;
  gc->finalizers.marking = gc->finalizers.head;
  wf_heap_blacken(gc, CELL_RAW);
  wf_mark_roots(gc);
}

/* The reachable bytes: of what came too late to be judged as large a part as
 * of what came in the two cycles before turned out to be reachable later.
 * All of it, and the heap of a program that soon drops it would grow from cycle
 * to cycle; nothing, and a heap that grows would be collected too often. */
static void set_traced(GC *gc) {
  size_t newer = gc->black_bytes + allocated_bytes(gc) - gc->allocated_at_swap;
  size_t judged = gc->bytes > newer ? gc->bytes - newer : 0;
  size_t grown = judged > gc->judged ? judged - gc->judged : 0;
  size_t percent = grown / (gc->new_bytes / 100 + 1);
  unsigned newest = percent < 100 ? (unsigned)percent : 100;
  if (!gc->whole) {
    gc->survival = (newest + gc->newest) / 2;
    gc->newest = newest;
  }
  gc->judged = judged;
  gc->traced = gc->bytes - (gc->bytes - judged) / 100 * (100 - gc->survival);
}

static void finish_cycle(GC *gc) {
  gc->phase = PHASE_PAUSE;
  set_traced(gc);
  if (!gc->whole && gc->traced > 0) {
    size_t percent = gc->cycle_work / (gc->traced / 100 + 1);
    gc->effort = percent < EFFORT_MIN   ? EFFORT_MIN
                 : percent > EFFORT_MAX ? EFFORT_MAX
                                        : percent;
  }
  if (gc->traced > gc->traced_most)
    gc->traced_most = gc->traced;
  if (!gc->whole && !gc->fast) { /* less is believed slowly */
    size_t percent = gc->meanwhile / (gc->traced / 100 + 1);
    size_t former = gc->meanwhile_percent;
    gc->meanwhile_percent =
        percent > former ? percent : (former * 3 + percent) / 4;
  }
  gc->credit = 0;
  gc->cycles++;
  set_threshold(gc);
}

/* Everything dead is out of sight: its memory may be reused. */
static void swap(GC *gc) {
  gc->meanwhile = allocated_while_marking(gc);
  gc->allocated_at_swap = allocated_bytes(gc);
  gc->black[CELL_OBJECT] = gc->black[CELL_RAW] = false;
  wf_mark_reset(gc);
  wf_weak_reset(gc);
  wf_heap_swap(gc);
  gc->vm->barrier = 0;
  gc->run_most = RUN_MAX;
  gc->vm->epoch++;
  gc->phase = PHASE_SWEEP;
}

static bool string_is_dead(VM *vm, String *s) {
  return !cell_is_marked(vm->heap.gc, s);
}

static void look_at_string_soon(VM *vm, const String *s) {
  __builtin_prefetch(mark_word(vm->heap.gc, s));
}

static bool sweep_strings(GC *gc) {
  static const StringJudge judge = {string_is_dead, look_at_string_soon};
  while (gc->work > 0) {
    gc->work -= STRING_SLICE * STRING_WORK;
    if (wf_string_sweep(gc->vm, &gc->string_cursor, STRING_SLICE, &judge)) {
      gc->string_cursor = 0;
      return true;
    }
  }
  return false;
}

static bool sweep_heap(GC *gc) {
  while (gc->work > 0) {
    gc->work -= SWEEP_WORK;
    if (wf_heap_sweep(gc))
      return true;
  }
  return false;
}

/* Works in the present phase; true when it is over. */
static bool run_phase(GC *gc) {
  switch (gc->phase) {
  case PHASE_MARK:
  case PHASE_RESURRECT:
    return wf_mark_run(gc);
  case PHASE_CLEAR_VALUES:
    return wf_weak_clear_values(gc);
  case PHASE_SEPARATE:
    return wf_finalize_separate(gc);
  case PHASE_CLEAR_KEYS:
    return wf_weak_clear_keys(gc);
  case PHASE_STRINGS:
    return sweep_strings(gc);
  case PHASE_SWEEP:
    return sweep_heap(gc);
  default:
    UNREACHABLE();
  }
}

/* Works for gc->work units or until the cycle is over. */
static void advance(GC *gc) {
  while (gc->phase != PHASE_PAUSE && gc->work > 0) {
    if (!run_phase(gc))
      continue;
    switch (gc->phase) {
    case PHASE_CLEAR_VALUES:
      wf_finalize_begin(gc);
      gc->phase = PHASE_SEPARATE;
      break;
    case PHASE_SEPARATE:
      gc->phase = gc->finalizers.marked < gc->finalizers.doomed
                      ? PHASE_RESURRECT
                      : PHASE_CLEAR_KEYS;
      break;
    case PHASE_STRINGS:
      swap(gc);
      break;
    case PHASE_SWEEP:
      finish_cycle(gc);
      break;
    default:
      gc->phase++;
    }
  }
}

static void run_to_pause(GC *gc) {
  gc->work = WORK_UNLIMITED;
  advance(gc);
  CHECK(gc->phase == PHASE_PAUSE);
}

/* Works for `work` units at most, in portions, until some nanoseconds have
 * passed: a unit costs three times as much in cold memory. The work done. */
static size_t work_until(GC *gc, size_t work, uint64_t ns) {
  size_t done = 0;
  uint64_t end = work > WORK_PORTION ? now_ns() + ns : UINT64_MAX;
  do {
    size_t left = work - done;
    size_t portion = left < WORK_PORTION ? left : WORK_PORTION;
    Phase phase = gc->phase;
    gc->work = (ptrdiff_t)portion;
    advance(gc);
    size_t spent = portion - (size_t)gc->work; /* gc->work <= portion */
    done += spent;
    if (phase != PHASE_SWEEP)
      gc->cycle_work += spent;
    if (phase == PHASE_MARK)
      gc->marked_work += spent;
  } while (done < work && gc->phase != PHASE_PAUSE && now_ns() < end);
  return done;
}

/* The program shall have most of any 10 ms. What the collector may take of the
 * time since its last step comes to an allowance, which is small enough that
 * it cannot be saved up for a burst. */
static uint64_t allowance(GC *gc, unsigned percent) {
  uint64_t now = now_ns();
  bool late = percent == 100 || (gc->burst && is_pressed(gc));
  if (!late && recently(gc, now) >= WINDOW_NS)
    percent = 0;
  uint64_t earned = (now - gc->step_end) / 100 * percent;
  gc->allowed += earned < ALLOWED_NS ? (int64_t)earned : ALLOWED_NS;
  if (gc->allowed > ALLOWED_NS)
    gc->allowed = ALLOWED_NS;
  gc->step_end = now;
  return gc->allowed > 0 ? (uint64_t)gc->allowed : 0;
}

/* Percent of the program's time: more when as much has been allocated as was
 * to be while marking, soon as much as it takes. A heap that turns out to have
 * grown since the last cycle may hold more. */
static unsigned allowed_percent(const GC *gc) {
  size_t paced = allocated_while_marking(gc), foreseen = gc->foreseen;
  size_t known = gc->known + gc->black_bytes / 100 * (100 - gc->survival);
  if (gc->marked_work > known)
    foreseen += (gc->marked_work - known) * 2;
  if (gc->burst && gc->phase != PHASE_SWEEP)
    return BURST_PERCENT;
  size_t percent = (size_t)(gc->step_multiplier > 0 ? gc->step_multiplier : 0) *
                   ALLOWED_PERCENT / 100;
  percent = percent < ALLOWED_MIN   ? ALLOWED_MIN
            : percent > ALLOWED_MAX ? ALLOWED_MAX
                                    : percent;
  if (gc->phase != PHASE_SWEEP && paced > foreseen)
    percent +=
        (paced - foreseen) / ((gc->traced + LATE_BASE) / 100) * LATE_FACTOR;
  return percent < 100 ? (unsigned)percent : 100;
}

/* Whether a step may begin: the program has run long enough since the last.
 * Else the next look at the clock comes after more bytes. */
static bool step_is_due(GC *gc) {
  if (gc->phase == PHASE_PAUSE)
    return true;
  unsigned percent = allowed_percent(gc);
  uint64_t allowed = allowance(gc, percent);
  bool due = allowed >= ALLOWED_LEAST || percent == 100 ||
             gc->traced < TINY_HEAP; /* marked in no time */
  if (percent == 100) {
    if (gc->mark_tick > TICK)
      gc->mark_tick = TICK;
    if (gc->phase == PHASE_MARK && !gc->black[CELL_OBJECT])
      wf_heap_blacken(gc, CELL_OBJECT); /* new ones are no more work */
  }
  if (!due && gc->mark_tick < MARK_TICK_MAX)
    gc->mark_tick *= 2;
  else if (allowed > 2 * ALLOWED_LEAST && gc->mark_tick > MARK_TICK_MIN)
    gc->mark_tick /= 2;
  if (gc->phase != PHASE_SWEEP)
    gc->run_most = gc->mark_tick < RUN_MAX ? (uint32_t)gc->mark_tick : RUN_MAX;
  return due;
}

/* The next burst has to wait. */
static bool is_resting(GC *gc) {
  return fits_burst(gc) && !may_burst(gc, now_ns());
}

/* A burst takes too long, or more is reachable than was known: which pace is
 * right is asked again, and once more when there is an eighth more. */
static void replan(GC *gc) {
  if (gc->fast || (gc->marked_work <= gc->planned &&
                   !(gc->burst && gc->trace_ns > BURST_NS)))
    return;
  size_t most = gc->marked_work > gc->known ? gc->marked_work : gc->known;
  gc->planned = most + most / 8;
  gc->fast = is_fast(gc, gc->trace_ns, most);
  gc->burst = gc->fast || (gc->burst && gc->trace_ns <= BURST_NS);
}

/* One slice: when sweeping, what `allocated` bytes pay for. */
static void run_slice(GC *gc, size_t allocated) {
  if (gc->phase == PHASE_PAUSE) {
    if (gc->bytes < gc->threshold || is_resting(gc)) {
      wf_heap_unmap(gc);
      return;
    }
    start_cycle(gc);
  }
  size_t work = WORK_MAX;
  uint64_t ns = SLICE_NS;
  bool tracing = gc->phase != PHASE_SWEEP;
  if (tracing && gc->large_claimed >= LARGE_STEP) {
    work *= LARGE_NS / SLICE_NS;
    ns = gc->allowed < SLICE_NS   ? SLICE_NS
         : gc->allowed < LARGE_NS ? (uint64_t)gc->allowed
                                  : LARGE_NS;
  }
  if (!tracing) {
    gc->credit += work_for(gc, allocated);
    if (gc->credit < work)
      work = gc->credit;
  }
  gc->large_claimed = 0;
  size_t done = work_until(gc, work, ns);
  gc->credit -= done < gc->credit ? done : gc->credit;
  uint64_t end = now_ns(), took = end - gc->step_end;
  if (took > STOLEN_NS)
    took = STOLEN_NS;
  if (tracing)
    gc->trace_ns += took;
  gc->spent += took;
  if (tracing)
    replan(gc);
  note_recent(gc, end, took);
  gc->allowed -= (int64_t)took;
  if (gc->allowed < -ALLOWED_NS)
    gc->allowed = -ALLOWED_NS;
  gc->step_end = end;
}

/* None is called when `ns` nanoseconds have passed. What they allocate pays for
 * sweeping like anything else. GC: runs Lua. */
static void call_finalizers(Thread *L, GC *gc, uint64_t ns) {
  if (gc->finalizing || phase_is_clearing(gc->phase) || !finalize_is_due(gc))
    return;
  uint64_t end = ns < UINT64_MAX ? now_ns() + ns : UINT64_MAX;
  size_t before = allocated_bytes(gc);
  do
    wf_finalize_call(L, FINALIZERS);
  while (finalize_is_due(gc) && (end == UINT64_MAX || now_ns() < end));
  if (gc->phase == PHASE_SWEEP)
    gc->credit += work_for(gc, allocated_bytes(gc) - before);
  schedule(gc);
}

static bool may_work(GC *gc) {
  if (((gc->stopped || gc->finalizing) && !gc->emergency) || gc->busy) {
    set_tick(gc, IDLE_TICK);
    return false;
  }
  return true;
}

static void full_cycle(GC *gc) {
  gc->busy = true;
  if (gc->phase == PHASE_MARK) { /* what died since it began would stay */
    gc->phase = PHASE_PAUSE;
    gc->vm->barrier = 0;
    gc->black[CELL_OBJECT] = gc->black[CELL_RAW] = false;
    wf_heap_clear_marks(gc);
    wf_mark_reset(gc);
    wf_weak_reset(gc);
  }
  run_to_pause(gc);
  gc->whole = true;
  start_cycle(gc);
  run_to_pause(gc);
  gc->whole = false;
  gc->emergency = false;
  gc->busy = false;
  schedule(gc);
}

/* False when the program uses the reserve and keeps it. */
static COLDFN bool emergency_cycle(GC *gc) {
  enum { VAIN_MAX = 15 };
  bool refused = gc->refused, low = gc->low;
  size_t before = gc->bytes;
  full_cycle(gc);
  gc->refused = gc->low = false;
  if (refused || !wf_alloc_keep_reserve()) {
    wf_heap_release(gc);
    wf_alloc_keep_reserve();
  }
  bool vain = gc->bytes >= before - before / 8;
  if (!vain)
    gc->refusals_in_vain = 0;
  else if (refused && gc->refusals_in_vain < VAIN_MAX)
    gc->refusals_in_vain = gc->refusals_in_vain * 2 + 1;
  gc->refusals_skipped = 0;
  return gc->bytes <= gc->limit && !(low && vain && wf_heap_is_low(gc));
}

#ifdef WEFT_STRESS
/* A full cycle at every step at first, then at fewer and fewer. */
static bool stress(GC *gc) {
  uint64_t n = gc->stress_steps++;
  uint64_t every = n < 2000 ? 1 : n < 20000 ? 16 : n < 200000 ? 256 : 4096;
  if (gc->bytes - wf_heap_unused(gc) > 1 << 20)
    every *= 16;
  if (n % every)
    return false;
  full_cycle(gc);
  if (n % 64 == 0)
    wf_gc_check(gc->vm);
  return true;
}
#endif

#ifdef WEFT_BARRIERS
/* Marking, in the smallest steps, goes on nearly all the time. */
static void creep(GC *gc) {
  gc->busy = true;
  if (gc->phase == PHASE_PAUSE)
    start_cycle(gc);
  gc->work = gc->phase == PHASE_MARK ? 256 : WORK_UNLIMITED;
  advance(gc);
  gc->busy = false;
  schedule(gc);
}
#endif

static bool try_step(Thread *L, GC *gc) {
  size_t allocated = (size_t)(L->vm->heap.debt + gc->tick);
  bool enough = true;
  if (!may_work(gc))
    return true;
  if (gc->bytes > gc->peak)
    gc->peak = gc->bytes;
#ifdef WEFT_STRESS
  if (stress(gc)) {
    call_finalizers(L, gc, UINT64_MAX);
    return true;
  }
  if (L->vm->heap.debt <= 0)
    return true;
#endif
#ifdef WEFT_BARRIERS
  if (!gc->emergency) {
    creep(gc);
    call_finalizers(L, gc, UINT64_MAX);
    return true;
  }
#endif
  if (!gc->emergency && !step_is_due(gc)) {
    schedule(gc);
    call_finalizers(L, gc, FINALIZERS_NS);
    return true;
  }
  Phase first = gc->phase;
  uint64_t start = UNLIKELY(gc->stats != NULL) ? wf_stats_clock() : 0;
  if (UNLIKELY(gc->emergency)) {
    enough = emergency_cycle(gc);
  } else {
    gc->busy = true;
    run_slice(gc, allocated);
    gc->busy = false;
    schedule(gc);
  }
  if (UNLIKELY(gc->stats != NULL))
    wf_stats_record(gc, first, start);
  call_finalizers(L, gc, FINALIZERS_NS);
  return enough;
}

/* A program that makes objects with finalizers faster than a few of these run
 * in each step would pile them up. */
bool wf_gc_try_step(Thread *L) {
  GC *gc = L->vm->heap.gc;
  bool enough = try_step(L, gc);
  size_t more = finalize_queue(gc) / FINALIZERS_QUEUE;
  if (more > FINALIZERS_STEPS)
    more = FINALIZERS_STEPS;
  while (UNLIKELY(more-- > 0 && enough && finalize_is_due(gc) && may_work(gc)))
    enough = try_step(L, gc);
  return enough;
}

void wf_gc_step(Thread *L) {
  if (UNLIKELY(!wf_gc_try_step(L)))
    wf_error_memory(L->vm);
}

bool wf_gc_make_room(Thread *L) {
  GC *gc = L->vm->heap.gc;
  bool hopeless = gc->hopeless;
  gc->hopeless = false;
  if (gc->busy || hopeless)
    return false;
  if (gc->bytes > gc->peak)
    gc->peak = gc->bytes;
  Phase first = gc->phase;
  uint64_t start = gc->stats ? wf_stats_clock() : 0;
  full_cycle(gc);
  wf_heap_release(gc);
  wf_alloc_keep_reserve();
  gc->refused = gc->low = false;
  if (gc->stats)
    wf_stats_record(gc, first, start);
  return true;
}

void wf_gc_note_refusal(VM *vm) {
  GC *gc = vm->heap.gc;
  gc->refused = gc->emergency = true;
  gc->hopeless = false;
  schedule(gc);
}

void wf_gc_full(Thread *L, bool run_finalizers) {
  GC *gc = L->vm->heap.gc;
  if (gc->busy || gc->finalizing)
    return;
  if (gc->bytes > gc->peak)
    gc->peak = gc->bytes;
  uint64_t start = gc->stats ? wf_stats_clock() : 0;
  full_cycle(gc);
  if (gc->stats)
    wf_stats_record_asked(gc, start);
  if (run_finalizers)
    call_finalizers(L, gc, UINT64_MAX);
}

bool wf_gc_step_time(Thread *L, uint64_t us) {
  GC *gc = L->vm->heap.gc;
  if (gc->busy || gc->finalizing)
    return false;
  gc->busy = true;
  if (gc->phase == PHASE_PAUSE)
    start_cycle(gc);
  size_t done = work_until(
      gc, SIZE_MAX / 2, us < STEP_US_MAX ? us * 1000 : STEP_US_MAX * 1000ull);
  gc->credit -= done < gc->credit ? done : gc->credit;
  gc->busy = false;
  schedule(gc);
  bool finished = gc->phase == PHASE_PAUSE;
  call_finalizers(L, gc, finished ? UINT64_MAX : FINALIZERS_NS);
  return finished;
}

bool wf_gc_step_kbytes(Thread *L, int64_t kbytes) {
  GC *gc = L->vm->heap.gc;
  if (gc->busy || gc->finalizing)
    return false;
  if (gc->generational) { /* a step is a whole collection, but ends nothing */
    wf_gc_full(L, true);
    return false;
  }
  size_t bytes = kbytes <= 0                          ? TICK
                 : kbytes > PTRDIFF_MAX / 1024 / 1000 ? PTRDIFF_MAX / 1000
                                                      : (size_t)kbytes * 1024;
  gc->busy = true;
  if (gc->phase == PHASE_PAUSE)
    start_cycle(gc);
  gc->work = (ptrdiff_t)work_for(gc, bytes);
  advance(gc);
  gc->busy = false;
  schedule(gc);
  bool done = gc->phase == PHASE_PAUSE;
  call_finalizers(L, gc, done ? UINT64_MAX : FINALIZERS_NS);
  return done;
}

/* ---- what mutators call ---- */

Value wf_gc_box(VM *vm, int64_t i) {
  if (int_fits_inline(i))
    return value_from_inline_int(i);
  int64_t *cell = gc_alloc_raw(vm, sizeof *cell);
  *cell = i;
  return value_make(TAG_BOX, cell);
}

void wf_gc_mark_value(VM *vm, Value v) { wf_mark_value(vm->heap.gc, v); }
void wf_gc_mark_object(VM *vm, Object *o) { wf_mark_object(vm->heap.gc, o); }
/* What comes into a marked object while the collector traces stays for this
 * cycle, new as most of it is. It does not count as reachable: else the heap of
 * a program that overwrites it soon would grow from cycle to cycle. */
void wf_gc_mark_value_of(VM *vm, const void *holder, Value v) {
  GC *gc = vm->heap.gc;
  if (!cell_is_marked(gc, holder))
    return;
  if (!cell_is_marked(gc, value_pointer(v)))
    gc->black_bytes += wf_heap_cell_size(value_pointer(v));
  wf_mark_value(gc, v);
}
void wf_gc_mark_key_of(VM *vm, Table *t, Value key) {
  if (!is_noted_weak(vm->heap.gc, t))
    wf_gc_mark_value_of(vm, t, key);
}
void wf_gc_mark_entry(VM *vm, Table *t, Node *n) {
  GC *gc = vm->heap.gc;
  if (is_noted_weak(gc, t)) {
    wf_mark_weak_entry(gc, t, n);
    return;
  }
  if (value_is_collectable(n->key))
    wf_gc_mark_value_of(vm, t, n->key);
  if (value_is_collectable(n->val))
    wf_gc_mark_value_of(vm, t, n->val);
}
void wf_gc_mark_object_of(VM *vm, const void *holder, Object *o) {
  if (cell_is_marked(vm->heap.gc, holder))
    wf_mark_object(vm->heap.gc, o);
}
void wf_gc_mark_open(VM *vm, UpVal *u, Value v) {
  const Thread *t = u->u.open.owner;
  GC *gc = vm->heap.gc;
  /* not yet scanned, or will be rescanned by the final step */
  if (t->scan_cycle != gc->cycle ||
      (t == vm->thread && u->v >= t->stack + t->watch))
    return;
  if (!wf_mark_written(gc, u))
    wf_gc_mark_value_of(vm, t, v);
}
void wf_gc_thread_touched(VM *vm, Thread *t) { wf_mark_touch(vm->heap.gc, t); }

void wf_gc_thread_left(VM *vm, Thread *t) { wf_mark_left(vm->heap.gc, t); }

void wf_gc_weakness_changes(VM *vm, Table *t) {
  wf_weak_forget(vm->heap.gc, t);
}

bool wf_gc_is_dead(VM *vm, Value v) {
  const GC *gc = vm->heap.gc;
  return phase_is_clearing(gc->phase) && value_is_collectable(v) &&
         !value_is_string(v) && !value_is_box(v) &&
         !cell_is_marked(gc, value_pointer(v));
}

void wf_gc_revive_string(VM *vm, String *s) {
  if (vm->heap.gc->black[CELL_OBJECT]) /* else what refers to it is white */
    mark_cell(vm->heap.gc, s);
}

/* ---- settings ---- */

size_t wf_gc_count_bytes(const VM *vm) {
  const GC *gc = vm->heap.gc;
  return gc->bytes - wf_heap_unused(gc);
}

void wf_gc_stop(VM *vm) { vm->heap.gc->stopped = true; }
void wf_gc_restart(VM *vm) {
  vm->heap.gc->stopped = false;
  schedule(vm->heap.gc);
}
bool wf_gc_is_running(const VM *vm) { return !vm->heap.gc->stopped; }
bool wf_gc_is_busy(const VM *vm) { return vm->heap.gc->busy; }
bool wf_gc_in_finalizer(const VM *vm) { return vm->heap.gc->finalizing; }

bool wf_gc_set_generational(VM *vm, bool generational) {
  bool former = vm->heap.gc->generational;
  vm->heap.gc->generational = generational;
  return former;
}
void wf_gc_set_limit(VM *vm, size_t bytes) {
  vm->heap.gc->limit = bytes;
  size_t reserve = bytes > SIZE_MAX / 2 ? 0 : bytes / RESERVE_SHARE;
  vm->heap.gc->reserve = reserve < RESERVE_MAX ? reserve : RESERVE_MAX;
  set_threshold(vm->heap.gc);
  schedule(vm->heap.gc);
}
int wf_gc_set_pause(VM *vm, int percent) {
  int former = vm->heap.gc->pause;
  vm->heap.gc->pause = percent;
  return former;
}
void wf_gc_set_major_multiplier(VM *vm, int percent) {
  vm->heap.gc->major_multiplier = percent;
}
int wf_gc_set_step_multiplier(VM *vm, int percent) {
  int former = vm->heap.gc->step_multiplier;
  vm->heap.gc->step_multiplier = percent;
  return former;
}

/* ---- life ---- */

bool wf_gc_open(VM *vm) {
  GC *gc = wf_alloc_zeroed(1, sizeof *gc);
  if (!gc)
    return false;
  gc->vm = vm;
  gc->pause = 200;
  gc->major_multiplier = 100;
  gc->effort = 100;
  gc->limit = SIZE_MAX;
  gc->step_multiplier = 100;
  gc->run_most = RUN_MAX;
  gc->step_end = now_ns();
  gc->mark_tick = TICK;
  gc->call = wf_call_finalizer;
  vm->heap = (Heap){.gc = gc};
  if (!wf_heap_open(gc) || !wf_mark_open(gc)) {
    wf_gc_close(vm);
    return false;
  }
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    gc->address_limit = limit.rlim_cur;
  set_threshold(gc);
  schedule(gc);
  wf_alloc_keep_reserve();
  return true;
}

void wf_gc_run_all_finalizers(Thread *L) {
  GC *gc = L->vm->heap.gc;
  if (gc->busy)
    return;
  if (phase_is_clearing(gc->phase)) {
    gc->busy = true;
    run_to_pause(gc);
    gc->busy = false;
  }
  gc->finalizing = false; /* a finalizer may close the VM */
  wf_finalize_doom_all(gc);
  while (finalize_is_due(gc)) {
    wf_finalize_call(L, FINALIZERS);
    if (gc->bytes > gc->peak)
      gc->peak = gc->bytes;
    if (gc->bytes >= gc->threshold && !gc->stopped)
      full_cycle(gc);
  }
}

void wf_gc_close(VM *vm) {
  GC *gc = vm->heap.gc;
  if (!gc)
    return;
  wf_stats_close(gc);
  wf_mark_close(gc);
  wf_weak_close(gc);
  wf_finalize_close(gc);
  wf_heap_close(gc);
  wf_alloc_free(gc);
  vm->heap = (Heap){0};
}
