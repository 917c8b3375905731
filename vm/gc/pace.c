/* pace.c: when a cycle begins, and how much of the time the collector takes.
 *
 * While it marks the collector takes a fixed share of the program's time,
 * however fast that allocates. What is allocated meanwhile follows from it, is
 * measured, and decides when the next marking begins: so early that the heap's
 * peak stays below twice the reachable bytes. Only when it would not the share
 * grows. A marking so short that the program still has most of any 10 ms is
 * done in one burst of steps with little of the program in between; so is any
 * marking for a program that makes garbage faster than the usual share could
 * keep below the goal. Sweeping is paid for by what is allocated.
 *
 * All of this knows time from gc->clock and gc->cpu_clock alone: a test may
 * turn them.
 */
#include "vm/gc/collector.h"
#include <sys/resource.h>
#include <time.h>

enum {
  TICK = 4096,              /* bytes allocated between steps of a cycle */
  MARK_TICK_MIN = 1 << 10,  /* while marking less when these come too rarely, */
  MARK_TICK_MAX = 64 << 10, /* more when they come too often */
  SWEEP_TICK = 16 << 10,    /* the same while sweeping or unmapping */
  IDLE_TICK = 1 << 20,      /* the same while the collector may not work */
  WORK_MAX = 48 << 10,      /* units of one step: some 50 us at most */
  SLICE_NS = 25 * 1000,     /* no portion begins later in a step */
  /* After so many bytes of garbage at once no portion begins later than that:
   * they took the program longer, and few steps come. */
  LARGE_STEP = 256 << 10,
  LARGE_NS = 75 * 1000,
  LATE_NS = 250 * 1000,   /* the same when the heap is far beyond its goal */
  STOLEN_NS = 400 * 1000, /* what a step lasts longer, others had the CPU */
  FLOOR = 2 << 20,        /* room for garbage at least, ... */
  /* ... less where most of the heap is short strings: garbage among them fills
   * the intern table, which should stay in the processor's cache, ... */
  FLOOR_STRINGS = 1 << 20,
  STRING_SHARE = 64,
  HEADROOM = 256 << 10,  /* ... and what is left where marking overshot that */
  TINY_HEAP = 512 << 10, /* with less reachable steps are never put off */
  ALLOWED_PERCENT = 29,  /* of the program's time, times stepmul / 100 */
  ALLOWED_MIN = 5,
  ALLOWED_MAX = 90,
  ALLOWED_NS = 250 * 1000,   /* most that it can save up */
  ALLOWED_LEAST = 20 * 1000, /* with less it does not begin */
  BURST_PERCENT = 300, /* the same for a marking that is soon over: that took
                          no longer last time than ... */
  BURST_NS = 2600 * 1000,
  FAST_PERCENT = 55,     /* of its room that a program fills while the collector
                            marks: fast, ... */
  FAST_STILL = 30,       /* ... until it is less than this; ... */
  FAST_RATE = 800,       /* ... bytes per us: with less it does other things as
                            well, ... */
  FAST_RATE_STILL = 500, /* ... or no longer allocates so fast */
  RATE_MAX = 8 * FAST_RATE, /* is believed at most, ... */
  RATE_NS = 200 * 1000,     /* ... measured over so long at least */
  WINDOW_NS = 2650 * 1000,  /* most of any 10 ms, unless it is late */
  LATE_BYTES = 2 << 20,     /* may be allocated beyond the goal, ... */
  LATE_BASE = 8 << 20, /* ... then each percent of that and the reachable */
  LATE_FACTOR = 4,     /* bytes takes this much more of the time, ... */
  GROWN_FACTOR = 2,    /* times what was known, and that base, is marked,
                          and new objects are black */
  LATE_MOST = (100 - ALLOWED_PERCENT) / LATE_FACTOR, /* ... up to here */
  GROWING = 75,        /* percent of what comes that is reachable later:
                          new objects are black from the start */
  PAUSE_MAX = 1 << 16, /* percent: larger ones are never reached */
  PEAK_PERCENT = 90,   /* of what the pause allows: the goal */
  START_PERCENT = 66,  /* of the room: what is left of it when marking begins is
                          enough for what is not foreseen */
  START_FAST = 50,     /* the same for a program that is fast: its markings are
                          short, and the more of them the less memory it takes */
  PEAK_MARGIN = 8,     /* percent of the reachable bytes */
  EFFORT_MIN = 60,     /* percent */
  EFFORT_MAX = 300,
  STEP_PERCENT_MAX = 4096
};

/* ---- clock ---- */

static uint64_t monotonic_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t); /* no system call, unlike CPU time */
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* What the collector took of the last 10 ms, kept by the millisecond. */
static void forget_former(Pace *p, uint64_t now) {
  uint64_t ms = now / 1000000;
  if (ms - p->recent_ms > RECENT)
    p->recent_ms = ms - RECENT;
  while (p->recent_ms < ms) {
    uint32_t *slot = &p->recent[++p->recent_ms % RECENT];
    p->recent_sum -= *slot;
    *slot = 0;
  }
}
static uint64_t recently(Pace *p, uint64_t now) {
  forget_former(p, now);
  return p->recent_sum;
}
static void note_recent(Pace *p, uint64_t now, uint64_t ns) {
  forget_former(p, now);
  p->recent[p->recent_ms % RECENT] += (uint32_t)ns;
  p->recent_sum += (uint32_t)ns;
}

/* ---- what is known of the program ---- */

/* Cells apart that are so large that no pace helps. */
static size_t paced_bytes(const GC *gc) {
  return allocated_bytes(gc) - gc->unpaced;
}
static size_t paced_since(const GC *gc, size_t before) {
  size_t paced = paced_bytes(gc); /* less when a cell was cut */
  return paced > before ? paced - before : 0;
}

/* Who asked for a slower collector gets no bursts. */
static bool is_eager(const GC *gc) { return gc->step_multiplier >= 100; }

/* A short marking is better done quickly: less dies, and is kept, meanwhile. */
static bool fits_burst(const GC *gc) {
  return is_eager(gc) && gc->pace.burst_ns <= BURST_NS;
}

static unsigned usual_percent(const GC *gc) {
  size_t multiplier = gc->step_multiplier > 0 ? (size_t)gc->step_multiplier : 0;
  size_t percent = multiplier * ALLOWED_PERCENT / 100;
  return percent < ALLOWED_MIN   ? ALLOWED_MIN
         : percent > ALLOWED_MAX ? ALLOWED_MAX
                                 : (unsigned)percent;
}

/* How far the heap may grow beyond `live` reachable bytes. */
static size_t room_for(const GC *gc, size_t live) {
  int wanted = gc->generational ? gc->major_multiplier : gc->pause - 100;
  size_t percent = wanted > 0 ? (size_t)wanted : 0;
  if (percent > PAUSE_MAX)
    percent = PAUSE_MAX;
  size_t room = live / 100 * percent / 100 * PEAK_PERCENT;
  size_t strings = gc->vm->string_count;
  size_t floor = strings * STRING_SHARE > live ? FLOOR_STRINGS : FLOOR;
  return room > floor ? room : floor;
}

/* Most of what came lately is reachable. */
bool wf_pace_is_growing(const GC *gc) { return gc->pace.survival >= GROWING; }

/* Whether what the program allocates while the collector marks `live` bytes,
 * for `ns` in all, in the usual share of the time, fills most of the room. */
static bool is_fast(const GC *gc, uint64_t ns, size_t live) {
  const Pace *p = &gc->pace;
  if (!is_eager(gc) || p->rate < (p->fast ? FAST_RATE_STILL : FAST_RATE))
    return false;
  size_t meanwhile = ns / 1000 * p->rate / usual_percent(gc) * 100;
  size_t percent = p->fast ? FAST_STILL : FAST_PERCENT;
  return meanwhile > room_for(gc, live) / 100 * percent;
}

/* How fast the program allocated from one start to the next, by its own time:
 * on a busy machine it would seem to be a slow one. That it became slower is
 * believed at once. */
static void note_rate(GC *gc) {
  Pace *p = &gc->pace;
  uint64_t now = gc->cpu_clock(), ns = now - p->rate_since;
  ns = ns > p->spent ? ns - p->spent : 0;
  if (ns < RATE_NS)
    return;
  size_t rate = paced_since(gc, p->rate_before) / (ns / 1000);
  if (rate > RATE_MAX)
    rate = RATE_MAX;
  p->rate = rate < p->rate || !p->rate ? rate : (p->rate + rate) / 2;
  p->rate_before = paced_bytes(gc);
  p->rate_since = now;
  p->spent = 0;
}

/* ---- when a cycle begins ---- */

/* What the heap may grow to, and when marking begins: early enough for what is
 * usually allocated meanwhile. In a heap that grows part of what comes before
 * is reachable, so that twice of it is more. */
static void set_goal(GC *gc) {
  Pace *p = &gc->pace;
  size_t live = gc->traced, room = room_for(gc, live);
  size_t meanwhile = live / 100 * PEAK_MARGIN;
  if (p->fast)
    meanwhile += p->burst_ns / 1000 * p->rate / BURST_PERCENT * 100;
  else if (!fits_burst(gc))
    meanwhile += live / 100 * p->meanwhile_percent;
  size_t most = room / 100 * (p->fast ? START_FAST : START_PERCENT);
  size_t least = room / 16;
  size_t before = room > meanwhile ? room - meanwhile : 0;
  before = before > most ? most : before < least ? least : before;
  p->threshold = live + before;
  p->goal = live + room - room / 16 + before / 100 * p->survival + LATE_BYTES;
  p->unpaced_before = gc->unpaced;
}

void wf_pace_set_threshold(GC *gc) {
  Pace *p = &gc->pace;
  set_goal(gc);
  /* Under a limit of the process collect early rather than run into it. */
  size_t limit = p->address_limit / 8 * 5;
  if (gc->limit / 8 * 5 < limit || !limit)
    limit = gc->limit / 8 * 5;
  if (p->threshold > limit)
    p->threshold = limit;
  if (p->goal > limit / 4 * 5)
    p->goal = limit / 4 * 5;
  if (p->threshold < gc->bytes + HEADROOM)
    p->threshold = gc->bytes + HEADROOM;
  /* Near its own limit a whole collection comes before a refusal: when most of
   * the room was used since the last one, or half of the reserve. */
  size_t room = gc->limit > gc->traced ? gc->limit - gc->traced : 0;
  size_t late = gc->traced + (room ? gc->reserve / 2 : 0);
  gc->alarm = gc->limit == SIZE_MAX         ? SIZE_MAX
              : gc->limit - room / 4 > late ? gc->limit - room / 4
                                            : late;
}

/* A program that allocates so fast is served better by less memory than by
 * most of every 10 ms. */
static bool is_pressed(const GC *gc) {
  return gc->pace.fast || gc->bytes + LATE_BYTES > gc->pace.goal;
}

/* Whether a marking as long as the last one may follow at once. */
static bool may_burst(GC *gc, uint64_t now) {
  Pace *p = &gc->pace;
  return is_pressed(gc) || recently(p, now) + p->burst_ns <= WINDOW_NS;
}

bool wf_pace_may_start(GC *gc) {
  return gc->bytes >= gc->pace.threshold &&
         (!fits_burst(gc) || may_burst(gc, gc->clock()));
}

void wf_pace_start(GC *gc) {
  Pace *p = &gc->pace;
  p->looked = gc->clock();
  note_rate(gc);
  size_t large = gc->unpaced; /* less when one was cut */
  large = large > p->unpaced_before ? large - p->unpaced_before : 0;
  p->known = gc->traced + large;
  p->planned = p->known + p->known / 8;
  size_t goal = p->goal + large;
  p->foreseen = goal > gc->bytes ? goal - gc->bytes : 0;
  p->fast = !fits_burst(gc) && is_fast(gc, p->burst_ns, p->known);
  p->burst =
      p->fast || gc->whole || (fits_burst(gc) && may_burst(gc, p->looked));
  p->trace_ns = 0;
  p->cycle_work = p->marked_work = 0;
  gc->black_bytes = gc->large_claimed = 0;
  size_t allocated = allocated_bytes(gc);
  p->new_bytes =
      allocated > p->allocated_before ? allocated - p->allocated_before : 0;
  p->allocated_before = allocated;
  p->paced_before = paced_bytes(gc);
}

/* Work on what was known to be reachable, without what came and was stored
 * into marked objects meanwhile. */
static size_t marked_of_known(const GC *gc) {
  const Pace *p = &gc->pace;
  size_t newer = gc->black_bytes / 100 * (100 - p->survival);
  return p->marked_work > newer ? p->marked_work - newer : 0;
}

/* What the next marking will take, done in a burst. What was none also marked
 * what came meanwhile. */
static void set_burst_ns(GC *gc) {
  Pace *p = &gc->pace;
  p->burst_ns = p->trace_ns;
  if (p->burst)
    return;
  uint64_t most = p->burst_ns / 4 * 3;
  p->burst_ns = p->burst_ns / (p->marked_work / 1024 + 1) *
                (marked_of_known(gc) / 1024 + 1);
  if (p->burst_ns > most)
    p->burst_ns = most;
}

void wf_pace_traced(GC *gc) {
  Pace *p = &gc->pace;
  uint64_t took = gc->clock() - p->looked;
  p->trace_ns += took > STOLEN_NS && !gc->whole ? STOLEN_NS : took;
  set_burst_ns(gc);
  p->meanwhile = paced_since(gc, p->paced_before);
  p->allocated_at_swap = allocated_bytes(gc);
  gc->run_most = RUN_MAX;
}

/* The reachable bytes: of what came too late to be judged as large a part as
 * of what came in the two cycles before turned out to be reachable later.
 * All of it, and the heap of a program that soon drops it would grow from cycle
 * to cycle; nothing, and a heap that grows would be collected too often. */
static void set_traced(GC *gc) {
  Pace *p = &gc->pace;
  size_t newer = gc->black_bytes + allocated_bytes(gc) - p->allocated_at_swap;
  size_t judged = gc->bytes > newer ? gc->bytes - newer : 0;
  size_t grown = judged > p->judged ? judged - p->judged : 0;
  size_t percent = grown / (p->new_bytes / 100 + 1);
  unsigned newest = percent < 100 ? (unsigned)percent : 100;
  if (!gc->whole) {
    p->survival = (newest + p->newest) / 2;
    p->newest = newest;
  }
  p->judged = judged;
  gc->traced = gc->bytes - (gc->bytes - judged) / 100 * (100 - p->survival);
}

void wf_pace_finish(GC *gc) {
  Pace *p = &gc->pace;
  set_traced(gc);
  if (!gc->whole && gc->traced > 0) {
    size_t percent = p->cycle_work / (gc->traced / 100 + 1);
    p->effort = percent < EFFORT_MIN   ? EFFORT_MIN
                : percent > EFFORT_MAX ? EFFORT_MAX
                                       : percent;
  }
  if (gc->traced > gc->traced_most)
    gc->traced_most = gc->traced;
  if (!gc->whole && !p->fast) { /* less is believed slowly */
    size_t percent = p->meanwhile / (gc->traced / 100 + 1);
    size_t former = p->meanwhile_percent;
    p->meanwhile_percent =
        percent > former ? percent : (former * 3 + percent) / 4;
  }
  p->credit = 0;
  p->fast = !fits_burst(gc) && is_fast(gc, p->burst_ns, gc->traced);
  wf_pace_set_threshold(gc);
}

/* ---- how much work, and when ---- */

static void set_tick(GC *gc, size_t bytes) {
  gc->tick = (ptrdiff_t)(bytes < PTRDIFF_MAX / 2 ? bytes : PTRDIFF_MAX / 2);
  gc->vm->heap.debt = -gc->tick;
}

void wf_pace_idle(GC *gc) { set_tick(gc, IDLE_TICK); }

void wf_pace_schedule(GC *gc) {
  const Pace *p = &gc->pace;
  if (UNLIKELY(gc->emergency)) /* wanted meanwhile */
    gc->vm->heap.debt = EMERGENCY_DEBT;
  else if (gc->phase == PHASE_SWEEP)
    set_tick(gc, SWEEP_TICK);
  else if (gc->phase != PHASE_PAUSE)
    set_tick(gc, finalize_is_due(gc) ? TICK : p->mark_tick);
  else if (heap_may_unmap(gc) && gc->bytes + SWEEP_TICK < p->threshold)
    set_tick(gc, SWEEP_TICK);
  else if (finalize_is_due(gc) || gc->bytes + TICK >= p->threshold)
    set_tick(gc, TICK);
  else
    set_tick(gc, p->threshold - gc->bytes);
}

/* 2.4 units a byte, times what a reachable byte cost in the last cycle (weak
 * and intern tables cost more than what they hold, strings less).
 * Sweeping keeps pace with allocation, 16 blocks of 64 KB for 8 KB of it: soon
 * after marking the count of bytes is that of the reachable ones again. */
size_t wf_pace_work_for(const GC *gc, size_t bytes) {
  size_t percent = gc->step_multiplier > 25 ? (size_t)gc->step_multiplier : 25;
  if (bytes > SIZE_MAX >> 24) /* a terabyte */
    return SIZE_MAX / 2;
  if (percent > STEP_PERCENT_MAX)
    percent = STEP_PERCENT_MAX;
  if (gc->phase == PHASE_SWEEP)
    return bytes * percent / 100;
  return bytes * gc->pace.effort / 100 * 12 / 5 * percent / 100;
}

void wf_pace_owe(GC *gc, size_t bytes) {
  if (gc->phase == PHASE_SWEEP)
    gc->pace.credit += wf_pace_work_for(gc, bytes);
}

/* The program shall have most of any 10 ms. What the collector may take of the
 * time since its last step comes to an allowance, which is small enough that
 * it cannot be saved up for a burst. */
static uint64_t allowance(GC *gc, unsigned percent) {
  Pace *p = &gc->pace;
  uint64_t now = gc->clock();
  bool late = percent == 100 || (p->burst && is_pressed(gc));
  if (!late && recently(p, now) >= WINDOW_NS)
    percent = 0;
  uint64_t earned = (now - p->looked) / 100 * percent;
  p->allowed += earned < ALLOWED_NS ? (int64_t)earned : ALLOWED_NS;
  if (p->allowed > ALLOWED_NS)
    p->allowed = ALLOWED_NS;
  p->looked = now;
  return p->allowed > 0 ? (uint64_t)p->allowed : 0;
}

/* Percent of the program's time: more when as much has been allocated as was
 * to be while marking, soon as much as it takes. A heap that turns out to have
 * grown since the last cycle may hold more. */
static unsigned allowed_percent(const GC *gc) {
  const Pace *p = &gc->pace;
  if (gc->phase == PHASE_SWEEP)
    return usual_percent(gc);
  size_t paced = paced_since(gc, p->paced_before), foreseen = p->foreseen;
  size_t marked = marked_of_known(gc);
  if (marked > p->known)
    foreseen += (marked - p->known) * 2;
  paced = paced / 100 * (100 - p->survival); /* more of the rest may come */
  size_t late = paced > foreseen ? paced - foreseen : 0;
  size_t percent = late / ((gc->traced + LATE_BASE) / 100);
  if (p->burst)
    return percent < LATE_MOST ? BURST_PERCENT : 100;
  percent = usual_percent(gc) + percent * LATE_FACTOR;
  return percent < 100 ? (unsigned)percent : 100;
}

/* New ones are no more work. */
static void blacken_objects(GC *gc) {
  if (!gc->black[CELL_OBJECT])
    wf_heap_blacken(gc, CELL_OBJECT);
}

bool wf_pace_step_is_due(GC *gc) {
  if (gc->phase == PHASE_PAUSE)
    return true;
  Pace *p = &gc->pace;
  unsigned percent = allowed_percent(gc);
  uint64_t allowed = allowance(gc, percent);
  bool due = allowed >= ALLOWED_LEAST || percent == 100 ||
             gc->traced < TINY_HEAP; /* marked in no time */
  if (percent == 100) {
    if (p->mark_tick > TICK)
      p->mark_tick = TICK;
    if (gc->phase == PHASE_MARK)
      blacken_objects(gc);
  }
  if (!due && p->mark_tick < MARK_TICK_MAX)
    p->mark_tick *= 2;
  else if (allowed > 2 * ALLOWED_LEAST && p->mark_tick > MARK_TICK_MIN)
    p->mark_tick /= 2;
  if (gc->phase != PHASE_SWEEP)
    gc->run_most = p->mark_tick < RUN_MAX ? (uint32_t)p->mark_tick : RUN_MAX;
  return due;
}

Slice wf_pace_slice(GC *gc, size_t allocated) {
  Pace *p = &gc->pace;
  Slice slice = {WORK_MAX, SLICE_NS};
  if (gc->phase == PHASE_SWEEP) {
    wf_pace_owe(gc, allocated);
    if (p->credit < slice.work)
      slice.work = p->credit;
  } else if (gc->large_claimed >= LARGE_STEP) {
    int64_t most = gc->bytes > p->goal + p->goal / 8 ? LATE_NS : LARGE_NS;
    slice.work *= (size_t)(most / SLICE_NS);
    slice.ns = p->allowed < SLICE_NS ? SLICE_NS
               : p->allowed < most   ? (uint64_t)p->allowed
                                     : (uint64_t)most;
  }
  gc->large_claimed = 0;
  return slice;
}

/* A burst takes too long, or more is reachable than was known: which pace is
 * right is asked again, and once more when there is an eighth more. */
static void replan(GC *gc) {
  Pace *p = &gc->pace;
  size_t marked = marked_of_known(gc);
  bool too_long = p->burst && p->trace_ns > BURST_NS;
  if (p->fast || (marked <= p->planned && !too_long))
    return;
  if (gc->phase == PHASE_MARK) {
    size_t most = marked > p->known ? marked : p->known;
    uint64_t ns = p->trace_ns / (marked / 1024 + 1) * (most / 1024 + 1);
    p->planned = most + most / 8;
    p->fast = is_fast(gc, p->burst ? ns : ns / 4 * 3, most);
  }
  p->burst = p->fast || (p->burst && !too_long);
}

void wf_pace_look(GC *gc) {
  gc->pace.looked = gc->clock();
  gc->pace.cpu_looked = gc->cpu_clock();
}

/* `done` units were worked since the last look; the ns it took, `most` at most:
 * what is more, others had the CPU. */
static uint64_t account(GC *gc, size_t done, uint64_t most) {
  Pace *p = &gc->pace;
  p->credit -= done < p->credit ? done : p->credit;
  uint64_t now = gc->clock(), took = now - p->looked;
  if (took > most)
    took = most;
  p->looked = now;
  if (phase_is_tracing(gc->phase))
    p->trace_ns += took;
  return took;
}

void wf_pace_worked(GC *gc, size_t done) {
  Pace *p = &gc->pace;
  uint64_t now = gc->cpu_clock();
  account(gc, done, UINT64_MAX);
  p->spent += now - p->cpu_looked;
  p->cpu_looked = now;
}

void wf_pace_stepped(GC *gc, size_t done) {
  Pace *p = &gc->pace;
  uint64_t took = account(gc, done, STOLEN_NS);
  p->spent += took; /* seldom much more than of the thread's time */
  note_recent(p, p->looked, took);
  p->allowed -= (int64_t)took;
  if (p->allowed < -ALLOWED_NS)
    p->allowed = -ALLOWED_NS;
  if (phase_is_tracing(gc->phase))
    replan(gc);
  if (gc->phase == PHASE_MARK &&
      p->marked_work > p->known * GROWN_FACTOR + LATE_BASE)
    blacken_objects(gc);
}

/* ---- life ---- */

void wf_pace_open(GC *gc) {
  Pace *p = &gc->pace;
  gc->clock = monotonic_ns;
  gc->cpu_clock = wf_stats_clock;
  p->looked = gc->clock();
  p->rate_since = gc->cpu_clock();
  p->effort = 100;
  p->mark_tick = TICK;
  gc->run_most = RUN_MAX;
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
    p->address_limit = limit.rlim_cur;
}
