/* call.c: C calls Lua. Each call is an Entry of the interpreter (interp.h). */
#include "vm/exec/call.h"
#include "vm/exec/arith.h"
#include "vm/exec/error.h"
#include "vm/exec/interp.h"
#include "vm/exec/native.h"
#include "vm/exec/protect.h"
#include "vm/gc/gc_hooks.h"

/* Calls and bytes kept back for message handlers when a limit was hit. */
enum { C_DEPTH_ERROR = 30, C_STACK_ERROR = 12 * 1024 };

static void check_c_stack(Thread *L) {
  VM *vm = L->vm;
  const char *here = __builtin_frame_address(0);
  const char *lowest = vm->c_stack_bottom;
  uint32_t most = C_DEPTH_MAX;
  if (UNLIKELY(vm->handlers)) {
    lowest -= C_STACK_ERROR;
    most += C_DEPTH_ERROR;
  }
  if (LIKELY(vm->c_depth < most && here >= lowest))
    return;
  if (vm->handlers)
    wf_error_in_handler(L);
  wf_error_runtime(L, "C stack overflow");
}

void wf_call_function(Thread *L, int nargs, int nresults) {
  VM *vm = L->vm;
  check_c_stack(L);
  if (UNLIKELY(L->stack_end - L->top < NATIVE_STACK))
    wf_frame_grow(L, NATIVE_STACK);
  /* [func][args] -> [cont][func][word][args] */
  Value *func = L->top - nargs - 1;
  for (int i = nargs; i > 0; i--)
    func[i + 2] = func[i];
  func[1] = func[0];
  func[0] = frame_cont(CONT_LEAVE, (uint64_t)(nresults + 1),
                       (uint64_t)(func + 3 - L->base));
  func[2] = frame_word(wf_frame_leave_code, 0, FRAME_CONT);
  L->top += 2;
  Value *saved_base = L->base;
  ptrdiff_t base = saved_base - L->stack;
  char *saved_pc = L->pc;
  Entry e;
  wf_interp_push(L, &e);
  Entry *entry = &e;
  if (_setjmp(entry->jump)) {
    char *pc = wf_protect_unwind(vm, entry);
    if (!pc) {
      wf_interp_pop(vm, entry);
      wf_interp_unwind(entry->thread);
    }
    wf_interp_execute(vm->thread, pc);
  } else {
    char *pc = wf_frame_enter(L, func + 1, (uint32_t)nargs);
    if (pc != wf_frame_leave_code || vm->thread != L)
      wf_interp_run(vm, pc);
  }
  wf_interp_pop(vm, entry);
  L->base = L->stack + base;
  L->pc = saved_pc;
}

CallStatus wf_call_protected_c(Thread *L, void (*fn)(Thread *L, void *ud),
                               void *ud, Value handler) {
  VM *vm = L->vm;
  uint32_t old_handler = L->handler;
  ptrdiff_t handler_at = L->top - L->stack;
  *L->top++ = handler;
  ptrdiff_t level = L->top - L->stack, base = L->base - L->stack;
  char *volatile pc = L->pc;
  bool allow_hook = L->allow_hook;
  L->handler = value_is_nil(handler) ? 0 : (uint32_t)handler_at;
  Entry e;
  wf_interp_push(L, &e);
  e.catches = true;
  CallStatus status = CALL_OK;
  if (_setjmp(e.jump) == 0) {
    fn(L, ud);
    wf_interp_pop(vm, &e);
    L->handler = old_handler;
    /* drop the handler slot below the results */
    Value *at = L->stack + handler_at;
    memmove(at, at + 1, (size_t)(L->top - at - 1) * sizeof(Value));
    L->top--;
    return CALL_OK;
  }
  char *next = wf_protect_unwind(vm, &e);
  CHECK(!next);
  (void)next;
  wf_interp_pop(vm, &e);
  Value error = L->error;
  status = error == value_from_string(vm->memory_message) ? CALL_MEMORY
           : error == value_from_string(vm->handler_message)
               ? CALL_HANDLER_ERROR
               : CALL_ERROR;
  L->base = L->stack + base;
  L->allow_hook = allow_hook;
  error = wf_protect_close_caught(L, level, error, &status);
  L->pc = pc;
  L->base = L->stack + base;
  L->handler = old_handler;
  L->error = VALUE_NIL;
  L->top = L->stack + handler_at;
  wf_frame_shrink(L);
  *L->top++ = error;
  return status;
}

typedef struct PlainCall {
  int nargs, nresults;
} PlainCall;
/* The function and its arguments were pushed below the handler slot. */
static void plain_call(Thread *L, void *ud) {
  const PlainCall *c = ud;
  /* [f][args][handler] -> f and args again above the handler */
  Value *f = L->top - c->nargs - 2;
  for (int i = 0; i <= c->nargs; i++)
    L->top[i] = f[i];
  L->top += c->nargs + 1;
  wf_call_function(L, c->nargs, c->nresults);
}

CallStatus wf_call_protected(Thread *L, int nargs, int nresults,
                             Value handler) {
  if (L->stack_end - L->top < nargs + 4)
    wf_frame_grow(L, (size_t)nargs + 4);
  PlainCall c = {nargs, nresults};
  ptrdiff_t f = L->top - L->stack - nargs - 1;
  CallStatus status = wf_call_protected_c(L, plain_call, &c, handler);
  /* results or error to where the function was */
  Value *to = L->stack + f, *from = to + nargs + 1;
  size_t n = (size_t)(L->top - from);
  memmove(to, from, n * sizeof(Value));
  L->top = to + n;
  return status;
}

Value wf_operate_call_event(Thread *L, Value method, Value a, Value b) {
  Value *s = L->top;
  s[0] = method;
  s[1] = a;
  s[2] = b;
  L->top += 3;
  wf_call_function(L, 2, 1);
  return *--L->top;
}

void wf_operate_call_set(Thread *L, Value method, Value a, Value b, Value c) {
  Value *s = L->top;
  s[0] = method;
  s[1] = a;
  s[2] = b;
  s[3] = c;
  L->top += 4;
  wf_call_function(L, 3, 0);
}

void wf_native_interrupted(Thread *L) {
  VM *vm = L->vm;
  vm->interrupt = 0;
  vm->pending = 0;
  frame_switch(vm, L);
  /* the caller's: lua5.4 raises this from a hook */
  wf_native_push_format(L, "%sinterrupted!", wf_error_where(L, 1)->bytes);
  wf_error_throw(L, L->top[-1]);
}

int wf_native_tail_call(Thread *L, int nargs, int nresults) {
  Value *func = L->top - nargs - 1;
  memmove(func + 3, func + 1, (size_t)nargs * sizeof(Value));
  func[1] = func[0];
  func[0] = frame_cont(CONT_NATIVE, (uint64_t)(nresults + 1),
                       (uint64_t)(func + 3 - L->base));
  func[2] = frame_word(wf_frame_leave_code, 0, FRAME_CONT);
  L->top += 2;
  L->call_at = (uint32_t)(func + 1 - L->stack);
  L->call_count = (uint32_t)nargs;
  return NATIVE_CALL;
}

String *wf_operate_tostring(Thread *L, Value v) {
  VM *vm = L->vm;
  Value method = wf_operate_metamethod(vm, v, EVENT_TOSTRING);
  if (!value_is_nil(method)) {
    Value text = wf_operate_call_event(L, method, v, VALUE_NIL);
    if (value_is_number(text))
      return wf_convert_number_to_string(vm, text);
    if (!value_is_string(text))
      wf_error_format(L, "'__tostring' must return a string");
    return value_as_string(text);
  }
  if (value_is_string(v))
    return value_as_string(v);
  if (value_is_number(v))
    return wf_convert_number_to_string(vm, v);
  if (value_is_nil(v))
    return wf_string_from_cstr(vm, "nil");
  if (value_is_bool(v))
    return wf_string_from_cstr(vm, v == VALUE_TRUE ? "true" : "false");
  const char *name = wf_state_type_names[wf_state_type_of(v)];
  Value kind = wf_operate_metamethod(vm, v, EVENT_NAME);
  if (value_is_string(kind))
    name = value_as_string(kind)->bytes;
  const void *p = value_is_light(v) ? value_as_light(v) : value_pointer(v);
  Buffer *b = wf_native_buffer(L);
  wf_buffer_format(b, "%s: %p", name, p);
  String *s = wf_string_new(vm, b->data, b->len);
  wf_native_buffer_drop(L, b);
  return s;
}

/* ---- for the collector --------------------------------------------------- */
static void refuse_finalizer(Thread *L, void *ud) {
  wf_error_finalizer(L, *(const Value *)ud);
}

static bool is_callable(VM *vm, Value v) {
  return value_is_function(v) ||
         !value_is_nil(wf_operate_metamethod(vm, v, EVENT_CALL));
}

void wf_call_finalizer(Thread *L, Value finalizer, Value object) {
  VM *vm = L->vm;
  ptrdiff_t top = L->top - L->stack;
  if (L->stack_end - L->top < NATIVE_STACK)
    wf_frame_grow(L, NATIVE_STACK);
  bool allow_hook = L->allow_hook;
  L->allow_hook = false;
  vm->unstoppable = true;
  if (__atomic_fetch_and(&vm->interrupt, ~VM_INTERRUPT_STOP, __ATOMIC_RELAXED) &
      VM_INTERRUPT_STOP)
    vm->stop_later = true;
  *L->top++ = vm->acc;
  *L->top++ = L->error;
  *L->top++ = finalizer;
  *L->top++ = object;
  CallStatus status =
      LIKELY(is_callable(vm, finalizer))
          ? wf_call_protected(L, 1, 0, VALUE_NIL)
          : wf_call_protected_c(L, refuse_finalizer, &finalizer, VALUE_NIL);
  L->allow_hook = allow_hook;
  vm->unstoppable = false;
  if (UNLIKELY(vm->stop_later)) {
    vm->stop_later = false;
    wf_frame_stop(vm);
  }
  if (status != CALL_OK && vm->warn) {
    Value v = L->top[-1];
    const char *text = value_is_string(v) ? value_as_string(v)->bytes
                                          : "error object is not a string";
    vm->warn(vm, "error in ", true);
    vm->warn(vm, "__gc", true);
    vm->warn(vm, " (", true);
    vm->warn(vm, text, true);
    vm->warn(vm, ")", false);
  }
  L->top = L->stack + top;
  vm->acc = L->top[0];
  L->error = L->top[1];
}
