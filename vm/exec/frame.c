/* frame.c: entering and leaving frames outside the fast paths. The one place
 * that knows every kind of return word (frame.h). */
#include "vm/exec/frame.h"
#include "vm/exec/coroutine.h"
#include "vm/exec/error.h"
#include "vm/exec/interp.h"
#include "vm/exec/native.h"
#include "vm/exec/operate.h"
#include "vm/exec/protect.h"
#include "vm/exec/slow.h"
#include "vm/gc/gc.h"
#include "vm/load/link.h"

/* Slots that come into use, stack_end to it, at a time. */
enum { STACK_PIECE = 4096 };

/* stack_end goes up, so that `wanted` slots are in use at least. */
static void extend_stack(Thread *L, size_t wanted) {
  if (wanted <= (size_t)(L->stack_end - L->stack))
    return;
  Value *from = L->top > L->stack_end ? L->top : L->stack_end;
  size_t slots = wanted + STACK_PIECE;
  L->stack_end = L->stack + (slots < L->stack_slots ? slots : L->stack_slots);
  L->stack_limit = L->stack_end - STACK_SLACK;
  for (Value *v = from; v < L->stack_end; v++)
    *v = VALUE_NIL;
  if (L->vm->thread == L)
    frame_switch(L->vm, L);
}

/* L's stack moves to the cell `stack` of `slots`, of which `wanted` at least are
 * in use; the old cell is given back. */
static void move_stack(Thread *L, Value *stack, size_t wanted, size_t slots) {
  Value *old = L->stack;
  size_t old_slots = L->stack_slots;
  ptrdiff_t shift = (char *)stack - (char *)L->stack;
  const Value *end = L->top > L->stack_end ? L->top : L->stack_end;
#define MOVED(p) ((void *)((char *)(p) + shift))
  memcpy(stack, old, (size_t)(end - old) * sizeof(Value));
  for (UpVal *u = L->open_upvals; u; u = u->u.open.next)
    u->v = MOVED(u->v);
  L->base = MOVED(L->base);
  L->top = MOVED(L->top);
  if (L->hook_frame)
    L->hook_frame = MOVED(L->hook_frame);
  L->stack_end = MOVED(L->stack_end);
  L->stack_limit = MOVED(L->stack_limit);
#undef MOVED
  L->stack = stack;
  L->stack_slots = (uint32_t)slots;
  if (L->vm->thread == L)
    frame_switch(L->vm, L);
  extend_stack(L, wanted);
  wf_gc_release(L->vm, old, old_slots * sizeof(Value));
}

#ifdef WEFT_STRESS
/* Moving all of a big stack at each call would take for ever. */
static bool is_moved_for_stress(size_t slots) {
  enum { SMALL = 4096, ONCE_IN = 1024 };
  static unsigned calls;
  return slots <= SMALL || ++calls % ONCE_IN == 0;
}
#else
static bool is_moved_for_stress(size_t slots) {
  (void)slots;
  return false;
}
#endif

void wf_frame_grow(Thread *L, size_t need) {
  size_t used = (size_t)(L->top - L->stack);
  size_t have = L->stack_slots;
  size_t wanted = used + need + STACK_SLACK;
  if (wanted <= have && !is_moved_for_stress(have)) {
    extend_stack(L, wanted);
    return;
  }
  size_t slots = have;
  if (wanted > slots)
    slots = 2 * have > wanted ? 2 * have : wanted;
  if (slots > STACK_MAX) {
    enum { ERROR_ROOM = 8192 };
    if (wanted > STACK_MAX) {
      if (have > STACK_MAX) { /* overflow while handling an overflow */
        if (wanted <= have) {
          extend_stack(L, wanted);
          return;
        }
        wf_error_in_handler(L);
      }
      L->vm->handler_overflow = true;
      slots = STACK_MAX + ERROR_ROOM;
      move_stack(L, gc_alloc_raw(L->vm, slots * sizeof(Value)),
                 used + STACK_SLACK, slots);
      wf_error_runtime(L, "stack overflow");
    }
    slots = STACK_MAX;
  }
  Value *stack = wf_gc_try_alloc(L->vm, slots * sizeof(Value));
  if (UNLIKELY(!stack)) { /* where a call is made all is below L->top */
    if (!L->entering || !wf_gc_make_room(L))
      wf_error_memory(L->vm);
    stack = gc_alloc_raw(L->vm, slots * sizeof(Value));
  }
  move_stack(L, stack, wanted, slots);
}

void wf_frame_nest(Thread *L) {
  enum { HANDLER_NEST = 1000 };
  if (LIKELY(++L->nest <= NEST_MAX))
    return;
  L->vm->handler_overflow = true;
  if (!L->vm->handlers)
    wf_error_runtime(L, "C stack overflow");
  if (L->nest > NEST_MAX + HANDLER_NEST)
    wf_error_in_handler(L);
}

void wf_frame_shrink(Thread *L) {
  if (LIKELY(L->stack_slots <= STACK_MAX) ||
      L->top > L->stack + STACK_MAX - 2 * STACK_SLACK)
    return;
  L->stack_slots = STACK_MAX;
  if (L->stack_end <= L->stack + STACK_MAX)
    return;
  L->stack_end = L->stack + STACK_MAX;
  L->stack_limit = L->stack_end - STACK_SLACK;
  if (L->vm->thread == L)
    frame_switch(L->vm, L);
}

/* Room for `slots` above L->top, the guaranteed slack included. */
static inline void ensure(Thread *L, size_t slots) {
  if (UNLIKELY((size_t)(L->stack_limit - L->top) < slots ||
               L->top > L->stack_limit))
    wf_frame_grow(L, slots);
}

/* The same for the frame of the function at L->call_at: an error then is one
 * of that call, which is caught where the call's errors are. */
static inline void ensure_entering(Thread *L, size_t slots) {
  L->entering = L->call_at;
  ensure(L, slots);
  L->entering = 0;
}

/* A vararg function: moves function and fixed parameters above the extra
 * arguments (frame.h, FRAME_VARARG). */
static Value *shift_varargs(Thread *L, Value *base, uint32_t nargs,
                            const Proto *p) {
  Value *to = base + nargs + 2;
  to[-2] = base[-2];
  to[-1] = frame_vararg_word(nargs + 2);
  uint32_t fixed = p->nparams < nargs ? p->nparams : nargs;
  for (uint32_t i = 0; i < fixed; i++) {
    to[i] = base[i];
    base[i] = VALUE_NIL;
  }
  for (uint32_t i = fixed; i < p->nparams; i++)
    to[i] = VALUE_NIL;
  L->base = to;
  return to;
}

static char *enter_lua(Thread *L, Value *func, uint32_t nargs) {
  Function *f = value_as_function(func[0]);
  Proto *p = f->of.proto;
  if (UNLIKELY(!p->code)) {
    L->entering = L->call_at;
    L->vm->linking = true;
    wf_link_proto(L, p);
    L->vm->linking = false;
    L->entering = 0;
  }
  if (f->nparams == ENTRY_UNLINKED)
    wf_link_closure(f);
  ptrdiff_t at = func - L->stack;
  L->top = func + 2 + nargs;
#ifdef WEFT_STRESS
  L->entering = L->call_at;
  wf_frame_grow(L, f->frame_size + p->nparams + 2u);
  L->entering = 0;
#else
  ensure_entering(L, f->frame_size + p->nparams + 2u);
#endif
  Value *base = L->stack + at + 2;
  if (p->flags & MOD_VARARG) {
    base = shift_varargs(L, base, nargs, p);
  } else {
    for (uint32_t i = nargs; i < p->nparams; i++)
      base[i] = VALUE_NIL;
    L->base = base;
  }
  L->pc = p->code;
  L->top = base + f->frame_size;
  if (UNLIKELY(L->vm->interrupt))
    return wf_slow_interrupt(L->vm, p->code, base, p->code);
  return p->code;
}

/* Inserts the __call metamethod below a callee that is no function. */
static uint32_t insert_call_method(Thread *L, Value *func, uint32_t nargs) {
  Value method = wf_operate_metamethod(L->vm, func[0], EVENT_CALL);
  if (value_is_nil(method)) {
    L->entering = L->call_at;
    wf_error_call(L, func[0]);
  }
  memmove(func + 3, func + 2, nargs * sizeof(Value));
  func[2] = func[0];
  func[0] = method;
  return nargs + 1;
}

/* Enters a linked Lua function when nothing is in the way, else NULL. */
static ALWAYS_INLINE char *enter_linked(Thread *L, Value *func,
                                        uint32_t nargs) {
#ifdef WEFT_STRESS
  return NULL;
#endif
  VM *vm = L->vm;
  if (UNLIKELY(!value_is_function(func[0]) || vm->interrupt))
    return NULL;
  Function *f = value_as_function(func[0]);
  Value *base = func + 2;
  uint32_t params = f->nparams;
  if (params < ENTRY_VARARG) {
    if (UNLIKELY(base + f->frame_size > vm->stack_limit))
      return NULL;
    for (uint32_t i = nargs; i < params; i++)
      base[i] = VALUE_NIL;
  } else if (params == ENTRY_VARARG) {
    const Proto *p = f->of.proto;
    if (UNLIKELY(base + nargs + 2 + f->frame_size + p->nparams >
                 vm->stack_limit))
      return NULL;
    base = shift_varargs(L, base, nargs, p);
  } else {
    return NULL;
  }
  L->base = base;
  L->pc = f->entry.code;
  L->top = base + f->frame_size;
  return f->entry.code;
}

char *wf_frame_enter(Thread *L, Value *func, uint32_t nargs) {
  char *linked = enter_linked(L, func, nargs);
  if (LIKELY(linked != NULL))
    return linked;
  for (;;) {
    uint32_t links = 0;
    L->call_at = (uint32_t)(func - L->stack);
    while (UNLIKELY(!value_is_function(func[0]))) {
      if (++links > CALL_CHAIN_MAX) {
        L->entering = L->call_at;
        wf_error_runtime(L, "'__call' chain too long; possible loop");
      }
      if (func + 3 + nargs > L->top)
        L->top = func + 2 + nargs;
      ensure_entering(L, 4);
      func = L->stack + L->call_at;
      nargs = insert_call_method(L, func, nargs);
    }
    Function *f = value_as_function(func[0]);
    if (!function_is_native(f))
      return enter_lua(L, func, nargs);
    L->top = func + 2 + nargs;
    ensure_entering(L, NATIVE_STACK + 4);
    func = L->stack + L->call_at;
    L->base = func + 2;
    L->pc = NULL;
    L->vm->acc = VALUE_NIL;
    if (UNLIKELY(L->vm->interrupt))
      wf_frame_interrupt(L);
    if (UNLIKELY(L->hook_mask))
      wf_hooked_native_call(L);
    int n = f->entry.native(L);
    L = L->vm->thread;
    if (n != NATIVE_CALL)
      return wf_frame_native_result(L, n);
    func = L->stack + L->call_at;
    nargs = L->call_count;
  }
}

char *wf_frame_native_result(Thread *L, int n) {
  switch (n) {
  case NATIVE_CALL:
    return wf_frame_enter(L, L->stack + L->call_at, L->call_count);
  case NATIVE_RETURN:
    n = (int)L->call_count;
    break;
  case NATIVE_HOOKS: {
    char *pc = wf_frame_return(L, L->top, 0);
    if (pc != wf_frame_leave_code)
      L->vm->resume_pc = pc;
    return wf_frame_leave_code;
  }
  default:
    /* results and arguments are below L->top: all live */
    if (UNLIKELY(L->vm->heap.debt > 0)) {
      ptrdiff_t top = L->top - L->stack;
      wf_gc_step(L);
      L->top = L->stack + top;
    }
    break;
  }
  return wf_frame_return(L, L->top - n, (uint32_t)n);
}

void wf_frame_stop(VM *vm) {
  if (vm->unstoppable) {
    vm->stop_later = true;
    return;
  }
  __atomic_fetch_or(&vm->interrupt, VM_INTERRUPT_STOP, __ATOMIC_RELAXED);
  vm->pending = 1;
  __atomic_store_n(&vm->stack_limit, NULL, __ATOMIC_RELAXED);
}

void wf_frame_interrupt(Thread *L) {
  VM *vm = L->vm;
  int what = __atomic_exchange_n(&vm->interrupt, 0, __ATOMIC_RELAXED);
  vm->pending = 0;
  frame_switch(vm, L);
  if (what & VM_INTERRUPT_SAMPLE && vm->sample)
    vm->sample(L);
  if (what & VM_INTERRUPT_STOP)
    wf_native_interrupted(L);
}

/* Copies n results to `to`, cut or nil-filled to `wanted` (or all: -1). */
static Value *place_results(Value *to, const Value *results, uint32_t n,
                            int wanted) {
  uint32_t count = wanted < 0 ? n : (uint32_t)wanted;
  uint32_t have = n < count ? n : count;
  for (uint32_t i = 0; i < have; i++)
    to[i] = results[i];
  for (uint32_t i = have; i < count; i++)
    to[i] = VALUE_NIL;
  return to + count;
}

static char *continue_frame(Thread *L, Value *results, uint32_t n);

/* ---- the collector's watch ---- */

uint32_t wf_frame_watch(Thread *t, Value *base, uint32_t skip) {
  while (base - t->stack > 2) {
    Value *root = base;
    while (frame_kind(root[-1]) == FRAME_VARARG)
      root -= root[-1] >> 4;
    if (value_is_function(root[-2]) &&
        !function_is_native(value_as_function(root[-2])) && skip-- == 0) {
      root[-1] |= FRAME_WATCHED;
      return (uint32_t)(root - t->stack - 2);
    }
    base = frame_below(root);
  }
  return 0;
}

/* The frame at `base` runs from now on. */
static void lower_watch(Thread *L, Value *base) {
  enum { HOP = 32 }; /* Lua frames: the slow path for one return in so many */
  L->watch = L->vm->barrier ? wf_frame_watch(L, base, HOP) : 0;
}

void wf_frame_drop(Thread *L) {
  if (L->base - L->stack - 2 <= L->watch)
    lower_watch(L, L->base);
}

/* The watched frame at base is being returned from. */
static COLDFN void leave_watched(Thread *L, Value *base) {
  base[-1] &= ~(Value)FRAME_WATCHED;
  if (base - L->stack - 2 <= L->watch)
    lower_watch(L, frame_below(base));
}

char *wf_frame_return(Thread *L, Value *results, uint32_t n) {
  if (UNLIKELY(L->hook_mask) &&
      function_is_native(value_as_function(L->base[-2]))) {
    ptrdiff_t at = results - L->stack;
    L->top = results + n;
    wf_hooked_native_return(L, n);
    results = L->stack + at;
  }
  Value *base = L->base;
  Value w = base[-1];
  while ((w & FRAME_KIND) == FRAME_VARARG) {
    base -= w >> 4;
    w = base[-1];
  }
  L->base = base;
again:
  switch (w & FRAME_KIND) {
  case FRAME_LUA: {
    Value v = n > 0 ? results[0] : VALUE_NIL;
    base[-2] = v;
    L->vm->acc = v;
    L->base = base - (w >> 48);
    return frame_pc(w);
  }
  case FRAME_LUA_N: {
    char *pc = frame_pc(w);
    int wanted = linked_head(pc - sizeof(LinkedHead))->c;
    Value *end = place_results(base - 2, results, n, wanted);
    if (wanted < 0)
      L->top = end;
    L->base = base - (w >> 48);
    return pc;
  }
  case FRAME_CONT:
    return continue_frame(L, results, n);
  default:
    CHECK(frame_is_watched(w));
    leave_watched(L, base);
    w = base[-1];
    goto again;
  }
}

static void save_frame(Thread *L, char *pc) {
  L->pc = pc;
  if (value_is_function(L->base[-2]) &&
      !function_is_native(value_as_function(L->base[-2])))
    L->top = L->base + frame_size(L->base);
}

/* Frames made by wf_frame_call_event. */
static bool is_nested(ContKind kind) {
  return kind <= CONT_RETRY_TOP || kind == CONT_CLOSE_ERROR;
}

static char *continue_frame(Thread *L, Value *results, uint32_t n) {
  Value *base = L->base;
  VM *vm = L->vm;
  char *pc = frame_pc(base[-1]);
  Value cont = base[-3];
  Value first = n > 0 ? results[0] : VALUE_NIL;
  uint32_t extra = frame_cont_extra(cont);
  L->base = base - frame_cont_delta(cont);
  L->nest -= is_nested(frame_cont_kind(cont));
  switch (frame_cont_kind(cont)) {
  case CONT_STORE:
    L->base[extra] = first;
    return pc;
  case CONT_ACC:
    vm->acc = first;
    return pc;
  case CONT_DROP:
    return pc;
  case CONT_BRANCH: {
    bool taken = value_is_falsy(first) != (extra & 1);
    char *at = pc - (extra >> 1);
    return taken ? at + linked_head(at)->c : pc;
  }
  case CONT_CONCAT: {
    char *at = pc - LEN_CONCAT;
    L->base[linked_head(at)->a + extra] = first;
    save_frame(L, at);
    return wf_slow_concat_rest(vm, at, L->base, extra + 1);
  }
  case CONT_RETRY:
    return pc - extra;
  case CONT_RETRY_TOP:
    L->top = base - 3;
    return pc - extra;
  case CONT_LEAVE: {
    int wanted = (int)extra - 1;
    L->top = place_results(base - 3, results, n, wanted);
    return wf_frame_leave_code;
  }
  case CONT_NATIVE: {
    int wanted = (int)extra - 1;
    Value *end = place_results(base - 3, results, n, wanted);
    return wf_frame_return(L, base - 3, (uint32_t)(end - (base - 3)));
  }
  case CONT_PCALL:
    frame_restore(L, base[-4]);
    memmove(base - 2, results, n * sizeof(Value));
    base[-3] = VALUE_TRUE;
    return wf_frame_return(L, base - 3, n + 1);
  case CONT_CLOSE_ERROR:
    return wf_protect_close_next(L, base[-4]);
  case CONT_COROUTINE:
    return wf_coroutine_finish(L, results, n);
  }
  UNREACHABLE();
}

char *wf_frame_call_event(Thread *L, Value method, Value cont, char *ret_pc,
                          uint32_t nargs, Value a, Value b, Value c) {
  wf_frame_nest(L);
  ensure(L, 8);
  Value *at = L->top;
  at[0] = cont | (uint64_t)(at + 3 - L->base);
  at[1] = method;
  at[2] = frame_word(ret_pc, 0, FRAME_CONT);
  at[3] = a;
  at[4] = b;
  at[5] = c;
  L->top = at + 3 + nargs;
  return wf_frame_enter(L, at + 1, nargs);
}
