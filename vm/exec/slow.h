/* slow.h: what handlers do when the fast path fails.
 *
 * Each takes the machine registers, saves them in the thread, and returns the
 * linked pc to go on at; vm->thread->base and vm->acc are then current.
 * Errors: any. GC: may collect and run Lua. */
#ifndef WEFT_SLOW_H
#define WEFT_SLOW_H

#include "vm/exec/frame.h"
#include "vm/gc/gc.h"
#include "vm/load/linked.h"

/* What to do with a result: event, destination, length of the instruction. */
#define SLOW_ACC 0x100u
#define SLOW_INFO(event, to_acc, len)                                          \
  ((uint32_t)(event) | ((to_acc) ? SLOW_ACC : 0u) | (uint32_t)(len) << 16)
#define SLOW_EVENT(info) ((Event)((info) & 0xFF))
#define SLOW_LEN(info) ((info) >> 16)

/* Saves the registers; everything in the frame is live. */
static inline Thread *slow_save(VM *vm, char *pc, Value *base) {
  Thread *L = vm->thread;
  L->base = base;
  L->pc = pc;
  L->top = base + frame_size(base);
  return L;
}

/* A safepoint behind an instruction that leaves nothing in the accumulator:
 * what it held before is dead. Where a loop may wait for an object to die, as
 * after every allocation lua5.4 collects at, L->top first goes down to what is
 * live: a dead slot of the frame may hold the object. */
static inline void slow_safepoint(Thread *L, VM *vm) {
  vm->acc = VALUE_NIL;
  gc_safepoint(L, vm);
}

/* Safepoints of instructions that do not know what in their frame is dead and
 * take all for live: behind a new boxed integer and behind a store. They leave
 * debts up to these to the next allocation in sight, which does know, and only
 * keep loops that do nothing else from running away. */
enum { BOX_DEBT = 4096, STORE_DEBT = 1 << 20 };
static inline bool slow_is_due(const VM *vm, ptrdiff_t debt) {
#ifdef WEFT_STRESS
  (void)vm, (void)debt;
  return true;
#else
  return UNLIKELY(vm->heap.debt > debt);
#endif
}
static inline void slow_store_safepoint(Thread *L, VM *vm) {
  if (slow_is_due(vm, STORE_DEBT))
    slow_safepoint(L, vm);
}

/* Delivers a value where `info` says and returns the next pc. */
char *wf_slow_deliver(Thread *L, char *pc, uint32_t info, Value v);
/* Calls method(a, b) and delivers its result. */
char *wf_slow_event(Thread *L, char *pc, uint32_t info, Value method, Value a,
                    Value b);

char *wf_slow_arith(VM *vm, char *pc, Value *base, Value l, Value r,
                    uint32_t info);
char *wf_slow_len(VM *vm, char *pc, Value *base, Value v, uint32_t info);
char *wf_slow_concat(VM *vm, char *pc, Value *base);
/* Goes on with the first `count` operands; the frame is saved. */
char *wf_slow_concat_rest(VM *vm, char *pc, Value *base, uint32_t count);
/* The compare-and-branch at pc; sense: branch when the comparison is this. */
char *wf_slow_less(VM *vm, char *pc, Value *base, Value l, Value r,
                   uint32_t info, bool sense);
char *wf_slow_equal(VM *vm, char *pc, Value *base, Value l, Value r,
                    uint32_t len, bool sense);

char *wf_slow_get_field(VM *vm, char *pc, Value *base, Value object,
                        uint32_t info);
char *wf_slow_get_global(VM *vm, char *pc, Value *base, uint32_t info);
char *wf_slow_set_field(VM *vm, char *pc, Value *base, Value object, Value v);
char *wf_slow_set_global(VM *vm, char *pc, Value *base, Value v);
char *wf_slow_get_index(VM *vm, char *pc, Value *base, Value object, Value key,
                        uint32_t info);
char *wf_slow_set_index(VM *vm, char *pc, Value *base, Value object, Value key,
                        Value v, uint32_t len);
char *wf_slow_method(VM *vm, char *pc, Value *base, Value object);
char *wf_slow_new_table(VM *vm, char *pc, Value *base);
char *wf_slow_init_index(VM *vm, char *pc, Value *base);
char *wf_slow_append(VM *vm, char *pc, Value *base);
char *wf_slow_append_spread(VM *vm, char *pc, Value *base);

char *wf_slow_set_upval(VM *vm, char *pc, Value *base, Value v, uint32_t len);
char *wf_slow_closure(VM *vm, char *pc, Value *base);
char *wf_slow_close(VM *vm, char *pc, Value *base);
char *wf_slow_to_close(VM *vm, char *pc, Value *base);

/* Calls: func is R(a); nargs as counted; wanted from the instruction. */
char *wf_slow_call(VM *vm, char *pc, Value *base, uint32_t nargs, int wanted);
char *wf_slow_call_spread(VM *vm, char *pc, Value *base);
char *wf_slow_tail_call(VM *vm, char *pc, Value *base, bool spread);
char *wf_slow_return(VM *vm, char *pc, Value *base, Value *results,
                     uint32_t n);
char *wf_slow_return_spread(VM *vm, char *pc, Value *base);
char *wf_slow_return_close(VM *vm, char *pc, Value *base, bool spread);
char *wf_slow_native_result(VM *vm, char *pc, int n);
char *wf_slow_shift_args(VM *vm, char *pc, Value *base);
char *wf_slow_vararg(VM *vm, char *pc, Value *base, bool open);
char *wf_slow_safepoint(VM *vm, char *pc, Value *base, Value acc);
char *wf_slow_interrupt(VM *vm, char *pc, Value *base, char *next);

char *wf_slow_for_prep(VM *vm, char *pc, Value *base);
char *wf_slow_for_loop(VM *vm, char *pc, Value *base);
char *wf_slow_for_in_prep(VM *vm, char *pc, Value *base);
char *wf_slow_for_in_call(VM *vm, char *pc, Value *base);
/* One step of the built-in iterators; the loop at pc (FOR_IN) goes on or not. */
char *wf_slow_for_in(VM *vm, char *pc, Value *base);

#endif
