/* gc.h: the collector's contract: the invariant, the barriers, safepoints.
 *
 * Incremental tri-color mark and sweep. White: live bit set, mark bit clear.
 * Gray: marked, on the work list. Black: marked, not on the work list.
 *
 * INVARIANT (while vm->barrier is set): no black object points to a white one.
 * New objects are white at first, so that what dies young dies in this cycle;
 * when the gray list has been empty once they are black until the end of the
 * cycle, so that marking ends; in a heap that grows, or when marking is late or
 * finds much more than was known (pace.c), they are so from then or from the
 * start. Parts and boxes are black all the time. Every
 * store of a value into a heap object (table slot, array, node key or value,
 * metatable, closed upvalue, userdata value, closure, prototype), initialising
 * stores included, is followed by gc_barrier(vm, object, stored value): a
 * forward (Dijkstra) barrier that greys the stored value if the object is
 * marked. A part of a big table that its scan has not come to counts as gray:
 * gc_barrier_item and gc_barrier_entry leave it alone, so a value that moves
 * from there to a part that was scanned needs gc_barrier, in spite of N4 below.
 * Stacks have no barrier: the final step rescans what may have changed
 * of them, which leaves out what lies below the frames that have run (`watch`
 * in value/state.h). What is stored into such a place, through an open upvalue
 * or by the debug library, or where no object holds it, is followed by
 * gc_barrier_open or gc_barrier_root.
 *
 * A barrier may be left out only with a comment `NOBARRIER: reason`:
 *   N1 the stored value is not collectable (constant nil, boolean, number)
 *   N2 both were allocated after the last safepoint and the stored one is not
 *      a long string (so they are alike: large strings are white to the end of
 *      tracing), or the stored cell is a part that was (it is black)
 *   N3 the container is a thread's stack (see gc_thread_touched) or a VM root
 *      that the final step rescans
 *   N4 the value is moved inside the same object (rehash, array growth)
 *
 * SAFEPOINTS: allocation never collects. The collector runs only inside
 * gc_safepoint(L) and wf_gc_full(L): there every live object must be reachable
 * from a root: stacks below L->top, registry, globals, vm->acc, open entries.
 * So C code needs no roots except across a call that may run Lua (suffix _mm,
 * wf_call_*) or an explicit safepoint. Finalizers run at safepoints only.
 *
 * Allocation failure raises "not enough memory" (wf_error_memory). Small cells
 * have a reserve, so that first comes a safepoint, which collects, and raises
 * the error if that is in vain. Who asks for a large cell tries, calls
 * wf_gc_make_room where that is a safepoint, and tries again. */
#ifndef WEFT_GC_H
#define WEFT_GC_H

#include "vm/value/state.h"

void wf_gc_thread_touched(VM *vm, Thread *t);
void wf_gc_thread_left(VM *vm, Thread *t);

/* A cell of `size` bytes, uninitialised, aligned to 8; to 16 when the size is a
 * multiple of 16.
 * The caller initialises it completely before the next safepoint.
 * Errors: memory (throws). GC: does not collect. */
static ALWAYS_INLINE void *gc_alloc(VM *vm, size_t size);
/* A raw cell (no header) that lives as long as its owner marks it with
 * gc_mark_cell; used for arrays, nodes, stacks, code. Same rules. */
static ALWAYS_INLINE void *gc_alloc_raw(VM *vm, size_t size);
/* As gc_alloc_raw but NULL instead of an error. */
void *wf_gc_try_alloc(VM *vm, size_t size);
/* The same, all bytes 0; large ones are pages that no one has touched. */
void *wf_gc_try_alloc_zeroed(VM *vm, size_t size);
/* The bytes a cell of `size` really has: an array may use all of them. */
size_t wf_gc_cell_size(size_t size);
/* The same of a raw cell. */
size_t wf_gc_size_of(const void *cell);
/* A raw cell of `size` bytes with the first old_size bytes of `cell`, which is
 * gone; large cells are moved by remapping pages, not by copying, in place
 * when they can. NULL: memory is exhausted and `cell` is as it was. */
void *wf_gc_try_resize(VM *vm, void *cell, size_t old_size, size_t size);
/* Gives a raw cell back at once when that is cheap (large cells); a hint: the
 * caller has dropped the only reference. */
void wf_gc_release(VM *vm, void *cell, size_t size);
/* The boxed integer i, which need not fit inline. */
Value wf_gc_box(VM *vm, int64_t i);
static inline Value value_from_int(VM *vm, int64_t i) {
  return LIKELY(int_fits_inline(i)) ? value_from_inline_int(i)
                                    : wf_gc_box(vm, i);
}

/* Mark v (collectable) or any object with a header; when `holder`, a cell, is
 * marked. */
void wf_gc_mark_value(VM *vm, Value v);
void wf_gc_mark_object(VM *vm, Object *o);
void wf_gc_mark_value_of(VM *vm, const void *holder, Value v);
void wf_gc_mark_object_of(VM *vm, const void *holder, Object *o);
/* The same for an item of t's array part, unless it is yet to be scanned; ...
 */
void wf_gc_mark_item(VM *vm, Table *t, const Value *item);
/* ... for the key of a node without a value, and for a node. Of a weak
 * table they mark what it holds strongly. */
void wf_gc_mark_key_of(VM *vm, Table *t, Value key);
void wf_gc_mark_entry(VM *vm, Table *t, Node *n);
/* v is in the slot of open upvalue u: the slot is scanned again, or v marked.
 */
void wf_gc_mark_open(VM *vm, UpVal *u, Value v);

#ifdef WEFT_BARRIERS
/* The barriers build: true for the barrier that is to be left out, so that one
 * sees the check find it (WEFT_BARRIERS_OMIT). */
bool wf_gc_omits_barrier(VM *vm, const void *holder, const void *stored);
#define GC_OMITS_BARRIER(vm, holder, stored)                                   \
  UNLIKELY(wf_gc_omits_barrier(vm, holder, stored))
#else
#define GC_OMITS_BARRIER(vm, holder, stored) false
#endif

static inline void gc_barrier(VM *vm, const void *holder, Value v) {
  if (UNLIKELY(vm->barrier) && value_is_collectable(v) &&
      !GC_OMITS_BARRIER(vm, holder, value_pointer(v)))
    wf_gc_mark_value_of(vm, holder, v);
}
/* The same for an item of a table's array part, which has its value. */
static inline void gc_barrier_item(VM *vm, Table *t, const Value *item) {
  if (UNLIKELY(vm->barrier) && value_is_collectable(*item) &&
      !GC_OMITS_BARRIER(vm, t, value_pointer(*item)))
    wf_gc_mark_item(vm, t, item);
}
/* The same for an object that is no value, or NULL. */
static inline void gc_barrier_object(VM *vm, const void *holder, void *o) {
  if (UNLIKELY(vm->barrier) && o && !GC_OMITS_BARRIER(vm, holder, o))
    wf_gc_mark_object_of(vm, holder, (Object *)o);
}
/* The same for nodes of a table: a new key, which gets its value before the
 * next safepoint, and an entry that is complete. */
static inline void gc_barrier_key(VM *vm, Table *t, Value key) {
  if (UNLIKELY(vm->barrier) && value_is_collectable(key) &&
      !GC_OMITS_BARRIER(vm, t, value_pointer(key)))
    wf_gc_mark_key_of(vm, t, key);
}
static inline void gc_barrier_entry(VM *vm, Table *t, Node *n) {
  if (UNLIKELY(vm->barrier) && n->val != VALUE_NIL &&
      !(value_is_collectable(n->val) &&
        GC_OMITS_BARRIER(vm, t, value_pointer(n->val))))
    wf_gc_mark_entry(vm, t, n);
}
static inline void gc_barrier_root(VM *vm, Value v) {
  if (UNLIKELY(vm->barrier) && value_is_collectable(v))
    wf_gc_mark_value(vm, v);
}

/* The same for a store through an open upvalue. */
static inline void gc_barrier_open(VM *vm, UpVal *u, Value v) {
  if (UNLIKELY(vm->barrier) && value_is_collectable(v))
    wf_gc_mark_open(vm, u, v);
}

/* Stacks have no barrier, so the final step must know which ones changed: to be
 * called when a thread has been created and whenever it becomes the running
 * one (resume), or when its stack is written while it does not run. */
static inline void gc_thread_touched(VM *vm, Thread *t) {
  if (UNLIKELY(vm->barrier))
    wf_gc_thread_touched(vm, t);
}

/* t has been suspended or has ended: its stack, if small, is rescanned now,
 * while the processor's caches hold it, instead of later. A hint. */
static inline void gc_thread_left(VM *vm, Thread *t) {
  if (UNLIKELY(vm->barrier))
    wf_gc_thread_left(vm, t);
}

/* One step: collects for a bounded time, runs some finalizers.
 * Errors: memory, when it was found to be used up. GC: collects, may run Lua
 * (finalizers), so may move L's stack. */
void wf_gc_step(Thread *L);
/* The same; false instead of the error. */
bool wf_gc_try_step(Thread *L);
/* After an allocation was refused: a whole cycle at once. False when that
 * cannot help. GC: collects, but runs no finalizers: moves nothing. */
bool wf_gc_make_room(Thread *L);
/* Memory apart from the heap was refused: the next safepoint collects. */
void wf_gc_note_refusal(VM *vm);
static ALWAYS_INLINE void gc_safepoint(Thread *L, VM *vm) {
#if defined WEFT_STRESS || defined WEFT_BARRIERS
  (void)vm;
  wf_gc_step(L);
#else
  if (UNLIKELY(vm->heap.debt > 0))
    wf_gc_step(L);
#endif
}
/* A whole cycle from scratch. GC: as wf_gc_step. */
void wf_gc_full(Thread *L, bool run_finalizers);

/* Creates the collector; false when memory is exhausted. */
bool wf_gc_open(VM *vm);
/* Runs every finalizer (when `finalize`), then frees the whole heap. */
void wf_gc_run_all_finalizers(Thread *L);
void wf_gc_close(VM *vm);

/* An object just got a metatable with __gc: remember it (once). */
void wf_gc_register_finalizer(VM *vm, Object *o);
/* To be called before a table with TABLE_WEAK_* flags gets another metatable:
 * what it no longer hides must be alive. */
void wf_gc_weakness_changes(VM *vm, Table *t);
/* True when reading weak table t must treat v as absent (v is dead in this
 * cycle). Only weak tables ask. */
bool wf_gc_is_dead(VM *vm, Value v);
/* The intern table found an unmarked string during clearing: keep it. */
void wf_gc_revive_string(VM *vm, String *s);

/* collectgarbage: see lib_base.c. Units: bytes. */
size_t wf_gc_count_bytes(const VM *vm);
void wf_gc_stop(VM *vm);
void wf_gc_restart(VM *vm);
bool wf_gc_is_running(const VM *vm);
/* True inside a step of the collector. For signal handlers. */
bool wf_gc_is_busy(const VM *vm);
/* True inside a finalizer, where collectgarbage does nothing. */
bool wf_gc_in_finalizer(const VM *vm);
/* Steps as if `kbytes` had been allocated (0: one basic step); true when a
 * cycle was finished. */
bool wf_gc_step_kbytes(Thread *L, int64_t kbytes);
/* Begins a cycle, or goes on with it, for about `us` microseconds; true when
 * the cycle was finished. */
bool wf_gc_step_time(Thread *L, uint64_t us);
/* Switches mode, returns the former: true generational. Both collect whole
 * cycles; in generational mode the major multiplier, not the pause, says by
 * how many percent the heap may grow from one to the next. */
bool wf_gc_set_generational(VM *vm, bool generational);
void wf_gc_set_major_multiplier(VM *vm, int percent);
/* The heap may hold `bytes` from now on (SIZE_MAX: any number): an allocation
 * beyond that fails as if memory were exhausted. Between cycles. */
void wf_gc_set_limit(VM *vm, size_t bytes);
int wf_gc_set_pause(VM *vm, int percent); /* returns the former value */
int wf_gc_set_step_multiplier(VM *vm, int percent);

/* Walks the whole heap and asserts the invariant; debug builds and tests.
 * Prints what is wrong and aborts. */
void wf_gc_check(VM *vm);
/* While marking: true when no black object refers to a white one. Otherwise
 * says in text[size] which does; what was allocated since the last safepoint
 * must be initialised. Stacks are not looked at. */
bool wf_gc_check_barriers(VM *vm, char *text, size_t size);

#include "vm/gc/gc_inline.h"

#endif
