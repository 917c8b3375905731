/* coroutine.c: threads. A resume or yield is a change of vm->thread: the
 * natives here move values between stacks and tell the interpreter how to go
 * on (frame.h). A thread not yet started looks like this:
 *
 *   | nil | BOTTOM word | main function |
 *                       ^ base          ^ top
 * and once started
 *   | nil | BOTTOM word | cont COROUTINE | function | word | args... */
#include "vm/exec/coroutine.h"
#include "vm/exec/native.h"
#include "vm/exec/protect.h"

enum { RESUME_DEPTH_MAX = 190 }; /* nested resumes, as lua5.4's C levels */

Thread *wf_coroutine_new(VM *vm) {
  Value *stack = gc_alloc_raw(vm, (STACK_MIN + STACK_SLACK) * sizeof(Value));
  Thread *co = gc_alloc(vm, sizeof *co);
  memset(co, 0, sizeof *co);
  co->type = OBJ_THREAD;
  co->vm = vm;
  co->status = THREAD_SUSPENDED;
  co->allow_hook = true;
  co->stack = stack;
  co->stack_slots = STACK_MIN + STACK_SLACK;
  co->stack_end = stack + co->stack_slots;
  co->stack_limit = co->stack_end - STACK_SLACK;
  for (Value *s = stack; s < co->stack_end; s++)
    *s = VALUE_NIL;
  stack[1] = FRAME_BOTTOM;
  co->base = co->top = stack + 2;
  co->error = VALUE_NIL;
  return co;
}

static bool is_started(const Thread *co) { return co->base != co->stack + 2; }

/* Makes room for n values and what goes with them; false when they are too
 * many. Errors: memory. GC: moves to's stack. */
static bool make_room(Thread *to, size_t n) {
  n += NATIVE_STACK;
  if (to->stack_end - to->top >= (ptrdiff_t)n)
    return true;
  if ((size_t)(to->top - to->stack) + n + STACK_SLACK > STACK_MAX)
    return false;
  wf_frame_grow(to, n);
  return true;
}

/* Copies n values from one thread's stack to the top of another's, which has
 * room. */
static void transfer(Thread *to, Thread *from, ptrdiff_t first, uint32_t n) {
  const Value *values = from->stack + first;
  for (uint32_t i = 0; i < n; i++)
    to->top[i] = values[i];
  to->top += n;
}

static Function *check_function(Thread *L) {
  wf_native_check_type(L, 1, TYPE_FUNCTION);
  return value_as_function(L->base[0]);
}

static Thread *create(Thread *L) {
  Function *f = check_function(L);
  Thread *co = wf_coroutine_new(L->vm);
  *co->top++ = value_from_function(f); /* NOBARRIER: N3 */
  gc_thread_touched(L->vm, co);
  gc_thread_left(L->vm, co);
  co->hook = L->hook;
  co->hook_mask = L->hook_mask;
  co->hook_base_count = co->hook_count = L->hook_base_count;
  return co;
}

int wf_coroutine_create(Thread *L) {
  native_push(L, value_from_thread(create(L)));
  return 1;
}

/* Why co cannot be resumed with n values, NULL when it can. */
static const char *resume_error(const Thread *L, Thread *co, size_t n) {
  if (co->status == THREAD_DEAD)
    return "cannot resume dead coroutine";
  if (co->status != THREAD_SUSPENDED)
    return "cannot resume non-suspended coroutine";
  if (L->depth >= RESUME_DEPTH_MAX)
    return "C stack overflow";
  if (!make_room(co, n + 3))
    return "too many arguments to resume";
  return NULL;
}

/* Switches from L to co, whose arguments are L's values from `first` up. */
static int enter(Thread *L, Thread *co, ptrdiff_t first, bool wrapped) {
  VM *vm = L->vm;
  uint32_t n = (uint32_t)(L->top - L->stack - first);
  bool started = is_started(co);
  if (!started) {
    Value *s = co->stack + 2;
    s[1] = s[0];
    s[0] = frame_cont(CONT_COROUTINE, 0, 3);
    s[2] = frame_word(wf_frame_leave_code, 0, FRAME_CONT);
    co->top = s + 3;
  }
  transfer(co, L, first, n);
  co->resumer = L;
  co->wrapped = wrapped;
  co->depth = (uint16_t)(L->depth + 1);
  gc_barrier_object(vm, co, L);
  L->status = THREAD_NORMAL;
  co->status = THREAD_RUNNING;
  frame_switch(vm, co);
  co->call_count = n;
  if (!started) {
    co->call_at = 3;
    return NATIVE_CALL;
  }
  return NATIVE_RETURN;
}

static Thread *check_thread(Thread *L, int i) {
  Value v = native_arg(L, i);
  if (!value_is_thread(v))
    wf_native_type_error(L, i, "thread");
  return value_as_thread(v);
}

int wf_coroutine_resume(Thread *L) {
  Thread *co = check_thread(L, 1);
  const char *why = resume_error(L, co, (size_t)(L->top - L->base - 1));
  if (UNLIKELY(why)) {
    native_push_bool(L, false);
    wf_native_push_cstr(L, why);
    return 2;
  }
  return enter(L, co, L->base + 1 - L->stack, false);
}

static int resume_wrapped(Thread *L) {
  Thread *co = value_as_thread(*native_upvalue(L, 0));
  const char *why = resume_error(L, co, (size_t)(L->top - L->base));
  if (UNLIKELY(why))
    wf_error_format(L, "%s", why);
  return enter(L, co, L->base - L->stack, true);
}

int wf_coroutine_wrap(Thread *L) {
  Thread *co = create(L);
  Function *f = wf_function_new_native(L->vm, resume_wrapped, 1, NULL);
  f->upvals[0].value = value_from_thread(co); /* NOBARRIER: N2 */
  native_push(L, value_from_function(f));
  return 1;
}

/* Leaves co: its resumer runs, with its native's stack emptied. */
static Thread *leave(Thread *co, ThreadStatus status) {
  Thread *to = co->resumer;
  co->resumer = NULL;
  co->status = (uint8_t)status;
  to->status = THREAD_RUNNING;
  to->top = to->base;
  frame_switch(co->vm, to);
  return to;
}

/* What resuming gives instead of more values than fit: their number. */
static uint32_t refuse_results(Thread *to, bool wrapped) {
  static const char text[] = "too many results to resume";
  if (wrapped)
    wf_error_format(to, "%s", text);
  native_push_bool(to, false);
  wf_native_push_cstr(to, text);
  return 2;
}

int wf_coroutine_yield(Thread *L) {
  if (UNLIKELY(L == L->vm->main))
    wf_error_runtime(L, "attempt to yield from outside a coroutine");
  if (UNLIKELY(L->nentries > 0 || !L->resumer)) /* or being closed */
    wf_error_runtime(L, "attempt to yield across a C-call boundary");
  bool wrapped = L->wrapped;
  ptrdiff_t first = L->base - L->stack;
  uint32_t n = (uint32_t)native_count(L);
  bool fits = make_room(L->resumer, n);
  Thread *to = leave(L, THREAD_SUSPENDED);
  L->top = L->base;
  if (UNLIKELY(!fits)) {
    to->call_count = refuse_results(to, wrapped);
    return NATIVE_RETURN;
  }
  if (!wrapped)
    native_push_bool(to, true);
  transfer(to, L, first, n);
  to->call_count = n + !wrapped;
  gc_thread_left(L->vm, L);
  return NATIVE_RETURN;
}

char *wf_coroutine_finish(Thread *co, Value *results, uint32_t n) {
  bool wrapped = co->wrapped;
  ptrdiff_t first = results - co->stack;
  bool fits = make_room(co->resumer, n);
  Thread *to = leave(co, THREAD_DEAD);
  co->base = co->top = co->stack + 2;
  frame_dropped(co);
  if (UNLIKELY(!fits)) {
    n = refuse_results(to, wrapped);
    return wf_frame_return(to, to->top - n, n);
  }
  if (!wrapped)
    native_push_bool(to, true);
  transfer(to, co, first, n);
  n += !wrapped;
  gc_thread_left(co->vm, co);
  return wf_frame_return(to, to->top - n, n);
}

char *wf_coroutine_fail(Thread *co) {
  Value error = co->error;
  bool wrapped = co->wrapped;
  Thread *to = leave(co, THREAD_DEAD);
  co->failed = true;
  if (!wrapped) {
    native_push_bool(to, false);
    native_push(to, error);
    return wf_frame_return(to, to->top - 2, 2);
  }
  /* a wrap function: close the coroutine and pass the error on, with the
     caller's position in front when it is a string */
  CallStatus status = CALL_ERROR;
  native_push(to, error);
  native_push(to, value_from_thread(co));
  frame_switch(co->vm, co);
  co->status = THREAD_RUNNING;
  ptrdiff_t base = co->base - co->stack;
  co->base = co->stack + 2;
  frame_dropped(co);
  co->nest = co->handler = 0;
  error = wf_protect_close_caught(co, 2, error, &status);
  co->base = co->stack + base;
  co->status = THREAD_DEAD;
  co->error = error;
  frame_switch(co->vm, to);
  if (value_is_string(error) &&
      error != value_from_string(co->vm->memory_message)) {
    to->top[-2] = error;
    String *where = wf_error_where(to, 1);
    error = wf_operate_concat(to, value_from_string(where), error);
  }
  to->top = to->base;
  wf_error_throw(to, error);
}

static const char *status_name(const Thread *L, const Thread *co) {
  if (co == L)
    return "running";
  switch (co->status) {
  case THREAD_SUSPENDED:
    return "suspended";
  case THREAD_DEAD:
    return "dead";
  default:
    return "normal";
  }
}

int wf_coroutine_status(Thread *L) {
  wf_native_push_cstr(L, status_name(L, check_thread(L, 1)));
  return 1;
}

int wf_coroutine_isyieldable(Thread *L) {
  const Thread *co = native_is_none(L, 1) ? L : check_thread(L, 1);
  native_push_bool(L, co != L->vm->main && co->nentries == 0);
  return 1;
}

int wf_coroutine_running(Thread *L) {
  native_push(L, value_from_thread(L));
  native_push_bool(L, L == L->vm->main);
  return 2;
}

int wf_coroutine_close(Thread *L) {
  Thread *co = check_thread(L, 1);
  if (co == L || (co->status != THREAD_SUSPENDED && co->status != THREAD_DEAD))
    wf_error_format(L, "cannot close a %s coroutine", status_name(L, co));
  VM *vm = L->vm;
  CallStatus status = co->failed ? CALL_ERROR : CALL_OK;
  Value error = co->failed ? co->error : VALUE_NIL;
  co->resumer = L;
  co->depth = (uint16_t)(L->depth + 1);
  L->status = THREAD_NORMAL;
  frame_switch(vm, co);
  co->status = THREAD_RUNNING;
  co->base = co->stack + 2;
  frame_dropped(co);
  co->pc = NULL;
  co->nest = co->handler = 0;
  error = wf_protect_close_caught(co, 2, error, &status);
  co->base = co->top = co->stack + 2;
  co->status = THREAD_DEAD;
  co->failed = false;
  co->error = VALUE_NIL;
  co->resumer = NULL;
  L->status = THREAD_RUNNING;
  frame_switch(vm, L);
  if (status == CALL_OK) {
    native_push_bool(L, true);
    return 1;
  }
  native_push_bool(L, false);
  native_push(L, error);
  return 2;
}
