/* protect.c: pcall, error unwinding and to-be-closed variables.
 *
 * pcall is a frame, not a setjmp:
 *
 *   | pcall | word | saved | cont PCALL | f | word | args...
 *   | xpcall| word | h | saved | cont PCALL | f | word | args...
 *                  ^ base of the pcall native
 *
 * saved: the handler in force before and the nesting depth (frame_saved).
 *
 * An error longjmps to the innermost Entry, which walks the frames down to
 * such a continuation, to the thread's bottom, or to its own boundary. Closers
 * then run one after the other, each in a frame just above its variable:
 *
 *   | variable | error | cont CLOSE_ERROR | closer | word | variable | error |
 */
#include "vm/exec/protect.h"
#include "vm/exec/coroutine.h"
#include "vm/exec/error.h"
#include "vm/exec/native.h"

/* ---- to-be-closed list --------------------------------------------------- */
void wf_protect_mark_tbc(Thread *L, Value *slot) {
  VM *vm = L->vm;
  if (value_is_nil(wf_operate_metamethod(vm, *slot, EVENT_CLOSE)))
    wf_error_close(L, slot);
  if (L->ntbc == L->tbc_capacity) {
    uint32_t capacity = L->tbc_capacity ? 2 * L->tbc_capacity : 8;
    uint32_t *list = gc_alloc_raw(vm, capacity * sizeof *list);
    if (L->ntbc)
      memcpy(list, L->tbc, L->ntbc * sizeof *list);
    L->tbc = list;
    L->tbc_capacity = capacity;
  }
  L->tbc[L->ntbc++] = (uint32_t)(slot - L->stack);
}

Value *wf_protect_pop_tbc(Thread *L) {
  Value *slot = L->stack + L->tbc[--L->ntbc];
  if (L->open_upvals)
    wf_function_close_upvals(L, slot);
  return slot;
}

void wf_protect_close(Thread *L, ptrdiff_t level, Value error) {
  while (protect_has_tbc(L, L->stack + level)) {
    Value *slot = wf_protect_pop_tbc(L);
    Value method = wf_operate_metamethod(L->vm, *slot, EVENT_CLOSE);
    if (L->top < slot + 1)
      L->top = slot + 1;
    ptrdiff_t top = L->top - L->stack;
    if (L->stack_end - L->top < NATIVE_STACK)
      wf_frame_grow(L, NATIVE_STACK);
    slot = NULL;
    Value *s = L->top;
    s[0] = error;
    s[1] = method;
    s[2] = L->stack[L->tbc[L->ntbc]];
    s[3] = error;
    L->top += 4;
    wf_call_function(L, 2, 0);
    L->top = L->stack + top;
  }
  wf_function_close_upvals(L, L->stack + level);
}

typedef struct CloseCall {
  ptrdiff_t level;
  Value error;
} CloseCall;
static void close_body(Thread *L, void *ud) {
  const CloseCall *c = ud;
  wf_protect_close(L, c->level, c->error);
}

Value wf_protect_close_caught(Thread *L, ptrdiff_t level, Value error,
                              CallStatus *status) {
  CloseCall c = {level, error};
  while (protect_has_tbc(L, L->stack + level)) {
    /* above every variable still to be closed */
    Value *above = L->stack + L->tbc[L->ntbc - 1] + 1;
    wf_function_close_upvals(L, above); /* the error goes into their slots */
    L->top = above;
    if (L->stack_end - L->top < NATIVE_STACK)
      wf_frame_grow(L, NATIVE_STACK);
    *L->top++ = c.error;
    /* the handler in force for the error is so for the closers' errors */
    Value handler = L->handler ? L->stack[L->handler] : VALUE_NIL;
    CallStatus s = wf_call_protected_c(L, close_body, &c, handler);
    if (s != CALL_OK) {
      *status = s;
      c.error = L->top[-1];
    }
  }
  wf_function_close_upvals(L, L->stack + level);
  return c.error;
}

/* ---- pcall --------------------------------------------------------------- */
/* f at `at`, its arguments above: makes room for the three words below and
 * the one above it. */
static int call_in_frame(Thread *L, int at, uint32_t handler) {
  Value *f = L->base + at;
  size_t nargs = (size_t)(L->top - f - 1);
  memmove(f + 4, f + 1, nargs * sizeof(Value));
  f[2] = f[0];
  wf_frame_nest(L);
  f[0] = frame_saved(L->handler, L->nest);
  f[1] = frame_cont(CONT_PCALL, 0, (uint64_t)(f + 4 - L->base));
  f[3] = frame_word(wf_frame_leave_code, 0, FRAME_CONT);
  L->top += 3;
  L->handler = handler;
  L->call_at = (uint32_t)(f + 2 - L->stack);
  L->call_count = (uint32_t)nargs;
  return NATIVE_CALL;
}

int wf_protect_pcall(Thread *L) {
  wf_native_check_any(L, 1);
  return call_in_frame(L, 0, 0);
}

int wf_protect_xpcall(Thread *L) {
  wf_native_check_type(L, 2, TYPE_FUNCTION);
  Value f = L->base[0];
  L->base[0] = L->base[1];
  L->base[1] = f;
  return call_in_frame(L, 1, (uint32_t)(L->base - L->stack));
}

static bool is_xpcall(const Value *base) {
  return value_is_function(base[-2]) &&
         value_as_function(base[-2])->entry.native == wf_protect_xpcall;
}

/* What filled the memory must not live on in slots of dropped frames, which
 * count as the caller's as soon as its own frame reaches over them. */
static COLDFN void forget_above(Thread *L) {
  for (Value *v = L->top; v < L->stack_end; v++)
    *v = VALUE_NIL; /* NOBARRIER: N1 */
}

char *wf_protect_close_next(Thread *L, Value error) {
  VM *vm = L->vm;
  Value *base = L->base;
  L->pc = NULL;
  L->nest = frame_saved_nest(base[is_xpcall(base) ? 1 : 0]);
  if (protect_has_tbc(L, base)) {
    Value *slot = wf_protect_pop_tbc(L);
    Value method = wf_operate_metamethod(vm, *slot, EVENT_CLOSE);
    L->top = slot + 1;
    *L->top++ = error;
    return wf_frame_call_event(L, method, frame_cont(CONT_CLOSE_ERROR, 0, 0),
                               wf_frame_leave_code, 2, *slot, error,
                               VALUE_NIL);
  }
  wf_function_close_upvals(L, base);
  wf_frame_shrink(L);
  base = L->base;
  frame_restore(L, base[is_xpcall(base) ? 1 : 0]);
  L->error = VALUE_NIL;
  base[0] = VALUE_FALSE;
  base[1] = error;
  L->top = base + 2;
  wf_frame_shrink(L);
  if (UNLIKELY(error == value_from_string(vm->memory_message)))
    forget_above(L);
  if (UNLIKELY(vm->heap.debt > 0)) /* for loops that do nothing but fail */
    wf_gc_try_step(L);
  return wf_frame_return(L, L->base, 2);
}

/* Whether the frame at base is one that catches errors. */
static bool is_catching(const Value *base) {
  if (frame_kind(base[-1]) != FRAME_CONT)
    return false;
  ContKind kind = frame_cont_kind(base[-3]);
  return kind == CONT_PCALL || kind == CONT_CLOSE_ERROR;
}

static char *catch_error(Thread *L, Value *base) {
  L->base = frame_below(base);
  frame_dropped(L);
  return wf_protect_close_next(L, L->error);
}

/* Runs the instruction, or the native, whose frame is L's from its start. */
static char *run_again(Thread *L) {
  const Function *f = value_as_function(L->base[-2]);
  L->error = VALUE_NIL;
  return function_is_native(f) ? wf_frame_native_result(L, f->entry.native(L))
                               : L->pc;
}

char *wf_protect_unwind(VM *vm, Entry *e) {
  Thread *L = vm->thread;
  vm->c_depth = e->c_depth;
  wf_native_unwind_buffers(vm, e->buffer_depth);
  vm->handlers = e->handlers;
  if (UNLIKELY(vm->repeatable)) {
    vm->repeatable = false;
    vm->repeated = !vm->repeated &&
                   L->error == value_from_string(vm->memory_message) &&
                   wf_gc_make_room(L);
    if (vm->repeated)
      return run_again(L);
  }
  for (;;) {
    Value *base = L->base, *entering = L->stack + L->entering + 2;
    bool was_entering = L->entering != 0;
    L->entering = 0;
    if (was_entering && is_catching(entering))
      return catch_error(L, entering);
    while (L != e->thread || base != L->stack + e->base) {
      unsigned kind = frame_kind(base[-1]);
      if (kind == FRAME_BOTTOM ||
          (kind == FRAME_CONT && frame_cont_kind(base[-3]) == CONT_COROUTINE))
        break;
      if (is_catching(base))
        return catch_error(L, base);
      base = frame_below(base);
    }
    if (L == e->thread && base == L->stack + e->base) {
      L->base = base;
      frame_dropped(L);
      L->handler = e->handler;
      L->nest = e->nest;
      L->entering = e->entering;
      return NULL;
    }
    char *pc = wf_coroutine_fail(L);
    if (pc)
      return pc;
    L = vm->thread;
  }
}
