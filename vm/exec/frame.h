/* frame.h: how activations are chained on the value stack.
 *
 *   ... | cont? | func | return word | arg0 arg1 ...
 *                                    ^ base
 *
 * Return word (base[-1]); the low four bits say what it is, linked code being
 * 16-byte aligned:
 *
 *   63       48 47                    4 3 2..0
 *   +---------+-----------------------+-+----+
 *   |  delta  |  return pc            |T|kind|      T: entered by a tail call
 *   +---------+-----------------------+-+----+
 *
 *   FRAME_LUA     caller wants at most one result: it lands in base[-2] and
 *                 the accumulator; caller's base is base - delta
 *   FRAME_LUA_N   wants the count in field c of the call before the return pc
 *   FRAME_CONT    entered by the VM itself: the word below func (base[-3]) is
 *                 a continuation word and says how to go on
 *   FRAME_VARARG  word is (delta << 4 | kind): a copy of function and fixed
 *                 parameters, made above the extra arguments; the real return
 *                 word is delta slots below
 *   FRAME_BOTTOM  first frame of a thread
 *
 * FRAME_WATCHED may be added to the word of a Lua function, but to none of the
 * last two kinds: the return then takes the slow path, which tells the
 * collector (Thread.watch in value/state.h).
 *
 * Continuation word: 55..48 ContKind, 47..32 extra, 31..0 delta. All these
 * words are small doubles to the collector. */
#ifndef WEFT_FRAME_H
#define WEFT_FRAME_H

#include "vm/gc/gc.h"

enum {
  FRAME_LUA = 0,
  FRAME_LUA_N = 1,
  FRAME_CONT = 2,
  FRAME_VARARG = 3,
  FRAME_WATCHED = 4,
  FRAME_BOTTOM = 7,
  FRAME_KIND = 7, /* of a word that is not watched */
  FRAME_TAIL = 8,
  FRAME_LOW = 15
};

typedef enum ContKind {
  CONT_STORE = 1,  /* result to slot `extra`, then return pc */
  CONT_ACC,        /* result to the accumulator */
  CONT_DROP,       /* no result wanted */
  CONT_BRANCH,     /* take the branch of the instruction before the return pc
                      if the result's truth equals extra's bit 0; its length
                      is extra >> 1 */
  CONT_CONCAT,     /* result is the concatenation of the topmost two */
  CONT_RETRY,      /* run the instruction before the return pc again; its
                      length is extra */
  CONT_RETRY_TOP,  /* the same, and restore L->top to the continuation word */
  CONT_LEAVE,      /* leave the interpreter: C called */
  CONT_NATIVE,     /* results, at most extra - 1 (0: all), become those of the
                      native below */
  CONT_PCALL,      /* pcall or xpcall: true and the results; catches errors */
  CONT_CLOSE_ERROR,/* a __close method ran because of an error: see protect.c */
  CONT_COROUTINE   /* a coroutine's main function */
} ContKind;

#define FRAME_PC_MASK 0x0000FFFFFFFFFFF0ull
static inline Value frame_word(const char *pc, uint64_t delta, unsigned kind) {
  return (uint64_t)(uintptr_t)pc | delta << 48 | kind;
}
static inline Value frame_vararg_word(uint64_t delta) {
  return delta << 4 | FRAME_VARARG;
}
static inline unsigned frame_kind(Value w) {
  unsigned kind = w & FRAME_KIND;
  return kind == FRAME_BOTTOM ? kind : kind & ~(unsigned)FRAME_WATCHED;
}
static inline bool frame_is_watched(Value w) {
  return (w & FRAME_WATCHED) && (w & FRAME_KIND) != FRAME_BOTTOM;
}
static inline char *frame_pc(Value w) {
  return (char *)(uintptr_t)(w & FRAME_PC_MASK);
}
static inline Value frame_cont(ContKind kind, uint64_t extra, uint64_t delta) {
  return (uint64_t)kind << 48 | extra << 32 | delta;
}
/* What pcall saves: looks like a small double, too. */
static inline Value frame_saved(uint32_t handler, uint32_t nest) {
  return (uint64_t)nest << 32 | handler;
}
static inline uint32_t frame_saved_nest(Value saved) {
  return (uint32_t)(saved >> 32);
}
/* Goes back to what was saved, one level of nesting up. */
static inline void frame_restore(Thread *L, Value saved) {
  L->handler = (uint32_t)saved;
  L->nest = frame_saved_nest(saved) - 1;
}
static inline ContKind frame_cont_kind(Value w) {
  return (ContKind)(w >> 48 & 0xFF);
}
static inline uint32_t frame_cont_extra(Value w) { return w >> 32 & 0xFFFF; }
static inline uint32_t frame_cont_delta(Value w) { return (uint32_t)w; }

/* Base of the frame below the one at base (whose kind is not BOTTOM). For
 * FRAME_VARARG that is the same activation's lower part. */
static inline Value *frame_below(Value *base) {
  Value w = base[-1];
  switch (frame_kind(w)) {
  case FRAME_CONT:
    return base - frame_cont_delta(base[-3]);
  case FRAME_VARARG:
    return base - (w >> 4);
  default:
    return base - (w >> 48);
  }
}

/* Special results of natives. */
enum {
  NATIVE_CALL = -1,  /* call the function at L->call_at with L->call_count
                        arguments; its return word is already written */
  NATIVE_RETURN = -2,/* vm->thread changed: its running native returns the
                        vm->thread->call_count topmost values */
  NATIVE_HOOKS = -3  /* hooks were switched on or off: returns nothing */
};

/* Calls func[0] with nargs arguments at func[2]... after func[1] has been set
 * to the return word: adjusts arguments and stack, runs natives, resolves
 * __call. Returns the linked pc at which to go on, with vm->thread and its
 * base set. Errors: any. GC: runs natives. */
char *wf_frame_enter(Thread *L, Value *func, uint32_t nargs);
/* Returns n results from the frame at L->base: follows its return word.
 * Result as wf_frame_enter. */
char *wf_frame_return(Thread *L, Value *results, uint32_t n);
/* Goes on after native code of the frame at L->base gave n (>= 0 or special). */
char *wf_frame_native_result(Thread *L, int n);
/* Grows L's stack so that `slots` fit above L->top. Errors: "stack overflow".
 * GC: moves the stack, does not collect. */
void wf_frame_grow(Thread *L, size_t slots);
/* Counts a metamethod or pcall about to run. Errors: "C stack overflow". */
void wf_frame_nest(Thread *L);
/* L->base went down in another way than by a return: frames above it are gone,
 * or their contents no longer belong to them. */
void wf_frame_drop(Thread *L);
static inline void frame_dropped(Thread *L) {
  if (UNLIKELY(L->watch != 0))
    wf_frame_drop(L);
}
/* After an overflow was caught: back to the ordinary largest size. */
void wf_frame_shrink(Thread *L);
/* Ctrl-C: raises "interrupted!" soon, when a finalizer runs after its end. For
 * signal handlers. */
void wf_frame_stop(VM *vm);
/* Does what vm->interrupt asks for. Errors: "interrupted!" */
void wf_frame_interrupt(Thread *L);
/* Sets vm->thread and the limits that follow it. */
static inline void frame_switch(VM *vm, Thread *to) {
  vm->thread = to;
  vm->stack_limit = vm->pending ? NULL : to->stack_limit;
  gc_thread_touched(vm, to);
}
/* Pushes a continuation frame for `event method` above the current Lua frame
 * (or native's top) and enters it: [cont][func][rw][args...]. ret_pc is where
 * the continuation goes on. L->base/pc/top must be saved. */
char *wf_frame_call_event(Thread *L, Value method, Value cont_kind_extra,
                          char *ret_pc, uint32_t nargs, Value a, Value b,
                          Value c);
/* Address of the code that leaves the interpreter. */
extern char *wf_frame_leave_code;

/* Current function's frame size (Lua functions). */
static inline uint32_t frame_size(const Value *base) {
  return value_as_function(base[-2])->frame_size;
}

#endif
