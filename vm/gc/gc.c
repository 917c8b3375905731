/* gc.c: the cycle, and what the rest of the VM calls. When it proceeds and how
 * far is the matter of pace.c.
 *
 *   PAUSE -> MARK -> SEPARATE -> CLEAR_VALUES -> RESURRECT -> CLEAR_KEYS
 *         -> STRINGS -> (swap) -> SWEEP -> PAUSE
 *
 * Every phase proceeds in slices of bounded work; only starting a cycle
 * (roots), the final steps of MARK and RESURRECT (roots and stacks) and the
 * swap are indivisible. From the start to the swap stores are barriered; new
 * objects are white until the first of these final steps (from the start black
 * in a heap that grows, where most of them stay), black after it. From the end
 * of MARK to the swap unmarked objects are dead: no one can reach them but
 * through weak tables and the intern table, which ask. Nothing is reused before
 * the swap.
 */
#include "vm/gc/collector.h"
#include "vm/value/intern.h"
#include <string.h>

enum {
  WORK_PORTION = 2 << 10,           /* units between looks at the clock */
  RESERVE_MAX = 1 << 20,            /* beyond the limit of the heap, ... */
  RESERVE_SHARE = 16,               /* ... at most that part of it */
  STEP_LEAST = 4096,                /* bytes that a step counts for */
  STEP_US_MAX = 1000 * 1000 * 1000, /* the longest step one may ask for */
  PARTS_ASKED = 4,                  /* by a barrier, of those being scanned */
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

/* ---- the cycle ---- */

static void start_cycle(GC *gc) {
  CHECK(gc->phase == PHASE_PAUSE);
  wf_pace_start(gc);
  gc->phase = PHASE_MARK;
  gc->vm->barrier = 1;
  gc->finalizers.marked = gc->finalizers.called;
  gc->finalizers.marking = gc->finalizers.head;
  wf_heap_blacken(gc, CELL_RAW);
#ifndef WEFT_BARRIERS /* which wants white objects */
  if (wf_pace_is_growing(gc) && !gc->whole)
    wf_heap_blacken(gc, CELL_OBJECT);
#endif
  wf_mark_roots(gc);
}

static void finish_cycle(GC *gc) {
  gc->phase = PHASE_PAUSE;
  gc->cycles++;
  wf_pace_finish(gc);
}

/* Everything dead is out of sight: its memory may be reused. */
static void swap(GC *gc) {
  wf_pace_traced(gc);
  gc->black[CELL_OBJECT] = gc->black[CELL_RAW] = false;
  wf_mark_reset(gc);
  wf_weak_reset(gc);
  wf_heap_swap(gc);
  gc->vm->barrier = 0;
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
    if (intern_sweep(gc->vm, &gc->string_cursor, STRING_SLICE, &judge)) {
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
    case PHASE_MARK:
      wf_finalize_begin(gc);
      gc->phase = PHASE_SEPARATE;
      break;
    case PHASE_CLEAR_VALUES:
      gc->phase =
          resurrection_is_due(gc) ? PHASE_RESURRECT : PHASE_CLEAR_KEYS;
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
  uint64_t end = work > WORK_PORTION ? gc->clock() + ns : UINT64_MAX;
  do {
    size_t left = work - done;
    size_t portion = left < WORK_PORTION ? left : WORK_PORTION;
    Phase phase = gc->phase;
    gc->work = (ptrdiff_t)portion;
    advance(gc);
    size_t spent = portion - (size_t)gc->work; /* gc->work <= portion */
    done += spent;
    if (phase != PHASE_SWEEP)
      gc->pace.cycle_work += spent;
    if (phase == PHASE_MARK)
      gc->pace.marked_work += spent;
  } while (done < work && gc->phase != PHASE_PAUSE && gc->clock() < end);
  return done;
}

/* One slice: when sweeping, what `allocated` bytes pay for. */
static void run_slice(GC *gc, size_t allocated) {
  if (gc->phase == PHASE_PAUSE) {
    if (!wf_pace_may_start(gc)) {
      wf_heap_unmap(gc);
      return;
    }
    start_cycle(gc);
  }
  Slice slice = wf_pace_slice(gc, allocated);
  wf_pace_stepped(gc, work_until(gc, slice.work, slice.ns));
}

/* None is called when `ns` nanoseconds have passed. What they allocate pays for
 * sweeping like anything else. GC: runs Lua. */
static void call_finalizers(Thread *L, GC *gc, uint64_t ns) {
  if (gc->finalizing || phase_is_clearing(gc->phase) || !finalize_is_due(gc))
    return;
  uint64_t end = ns < UINT64_MAX ? gc->clock() + ns : UINT64_MAX;
  size_t before = allocated_bytes(gc);
  do
    wf_finalize_call(L, FINALIZERS);
  while (finalize_is_due(gc) && (end == UINT64_MAX || gc->clock() < end));
  wf_pace_owe(gc, allocated_bytes(gc) - before);
  wf_pace_schedule(gc);
}

static bool may_work(GC *gc) {
  if (((gc->stopped || gc->finalizing) && !gc->emergency) || gc->busy) {
    wf_pace_idle(gc);
    return false;
  }
  return true;
}

static void full_cycle(GC *gc) {
  gc->busy = true;
  wf_pace_look(gc);
  if (gc->phase == PHASE_MARK) { /* what died since it began would stay */
    gc->phase = PHASE_PAUSE;
    gc->vm->barrier = 0;
    gc->black[CELL_OBJECT] = gc->black[CELL_RAW] = false;
    wf_heap_clear_marks(gc);
    wf_mark_reset(gc);
    wf_weak_reset(gc);
  }
  run_to_pause(gc);
  wf_pace_worked(gc, 0);
  gc->whole = true;
  start_cycle(gc);
  run_to_pause(gc);
  wf_pace_worked(gc, 0);
  gc->whole = false;
  gc->emergency = false;
  gc->busy = false;
  wf_pace_schedule(gc);
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
  wf_pace_schedule(gc);
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
  if (!gc->emergency && !wf_pace_step_is_due(gc)) {
    wf_pace_schedule(gc);
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
    wf_pace_schedule(gc);
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
  wf_pace_schedule(gc);
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
  wf_pace_look(gc);
  if (gc->phase == PHASE_PAUSE)
    start_cycle(gc);
  wf_pace_worked(
      gc, work_until(gc, SIZE_MAX / 2,
                     us < STEP_US_MAX ? us * 1000 : STEP_US_MAX * 1000ull));
  gc->busy = false;
  wf_pace_schedule(gc);
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
  size_t bytes = kbytes <= 0                          ? STEP_LEAST
                 : kbytes > PTRDIFF_MAX / 1024 / 1000 ? PTRDIFF_MAX / 1000
                                                      : (size_t)kbytes * 1024;
  gc->busy = true;
  wf_pace_look(gc);
  if (gc->phase == PHASE_PAUSE)
    start_cycle(gc);
  gc->work = (ptrdiff_t)wf_pace_work_for(gc, bytes);
  advance(gc);
  wf_pace_worked(gc, 0);
  gc->busy = false;
  wf_pace_schedule(gc);
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
/* Whether a big part of t is still being scanned and has not come to `place`,
 * where something was stored: it will find that, if it is still there. */
static bool is_yet_to_scan(const GC *gc, const Table *t, PartKind kind,
                           const void *place) {
  uint32_t n = gc->part_count < PARTS_ASKED ? gc->part_count : PARTS_ASKED;
  size_t size = kind == PART_ARRAY ? sizeof(Value) : sizeof(Node);
  const void *base = kind == PART_ARRAY ? (const void *)t->arr : t->u.node;
  for (const Part *part = gc->part; n > 0; part++, n--)
    if (part->owner == (const Object *)(const void *)t && part->kind == kind)
      return part->base == base &&
             (size_t)((const char *)place - (const char *)base) <
                 part->count * size &&
             (const char *)place >= (const char *)base + part->position * size;
  return false;
}

/* What comes into a marked object while the collector traces stays for this
 * cycle, new as most of it is. It does not count as reachable: what it took the
 * place of does, or the program overwrites it soon, too, and its heap would
 * grow from cycle to cycle. */
void wf_gc_mark_value_of(VM *vm, const void *holder, Value v) {
  GC *gc = vm->heap.gc;
  if (!cell_is_marked(gc, holder))
    return;
  if (!cell_is_marked(gc, value_pointer(v)))
    gc->black_bytes += wf_gc_size_of(value_pointer(v));
  wf_mark_value(gc, v);
}
void wf_gc_mark_item(VM *vm, Table *t, const Value *item) {
  if (!is_yet_to_scan(vm->heap.gc, t, PART_ARRAY, item))
    wf_gc_mark_value_of(vm, t, *item);
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
  if (is_yet_to_scan(gc, t, PART_NODES, n))
    return;
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
  wf_pace_schedule(vm->heap.gc);
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
  wf_pace_set_threshold(vm->heap.gc);
  wf_pace_schedule(vm->heap.gc);
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
  gc->limit = SIZE_MAX;
  gc->step_multiplier = 100;
  wf_pace_open(gc);
  gc->call = wf_call_finalizer;
  vm->heap = (Heap){.gc = gc};
  if (!wf_heap_open(gc) || !wf_mark_open(gc)) {
    wf_gc_close(vm);
    return false;
  }
  wf_pace_set_threshold(gc);
  wf_pace_schedule(gc);
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
    if (gc->bytes >= gc->pace.threshold && !gc->stopped)
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
