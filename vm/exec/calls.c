/* calls.c: calls, returns, varargs, closures and loops off the fast path. */
#include "vm/exec/error.h"
#include "vm/exec/native.h"
#include "vm/exec/operate.h"
#include "vm/exec/protect.h"
#include "vm/exec/slow.h"
#include "vm/gc/gc.h"
#include "vm/value/convert.h"
#include "vm/value/function.h"
#include "vm/value/table.h"
#include <math.h>

/* ---- calls --------------------------------------------------------------- */
static unsigned kind_for(int wanted) {
  return wanted == 0 || wanted == 1 ? FRAME_LUA : FRAME_LUA_N;
}

char *wf_slow_call(VM *vm, char *pc, Value *base, uint32_t nargs, int wanted) {
  Thread *L = slow_save(vm, pc, base);
  uint32_t a = linked_head(pc)->a;
  Value *func = base + a;
  func[1] = frame_word(pc + LEN_CALL, a + 2, kind_for(wanted));
  return wf_frame_enter(L, func, nargs);
}

char *wf_slow_call_spread(VM *vm, char *pc, Value *base) {
  Thread *L = vm->thread;
  const LinkedHead *h = linked_head(pc);
  L->base = base;
  L->pc = pc;
  Value *func = base + h->a;
  func[1] = frame_word(pc + LEN_CALL_SPREAD, h->a + 2u, kind_for(h->c));
  return wf_frame_enter(L, func, (uint32_t)(L->top - func - 2));
}

char *wf_slow_shift_args(VM *vm, char *pc, Value *base) {
  const LinkedHead *h = linked_head(pc);
  Thread *L = vm->thread;
  Value *from = base + h->a + 1;
  size_t n = h->b;
  if (h->c) {
    n = (size_t)(L->top - from);
    L->top++;
  }
  memmove(from + 1, from, n * sizeof(Value));
  return pc + LEN_SHIFT_ARGS;
}

char *wf_slow_tail_call(VM *vm, char *pc, Value *base, bool spread) {
  Thread *L = vm->thread;
  const LinkedHead *h = linked_head(pc);
  const Value *func = base + h->a;
  uint32_t nargs = spread ? (uint32_t)(L->top - func - 2) : h->b;
  L->base = base;
  L->pc = pc;
  if (!value_is_function(*func) ||
      function_is_native(value_as_function(*func))) {
    /* an ordinary call; the return instruction follows */
    if (!spread)
      L->top = base + frame_size(base);
    base[h->a + 1] = frame_word(pc + LEN_TAIL_CALL, h->a + 2u, FRAME_LUA_N);
    return wf_frame_enter(L, base + h->a, nargs);
  }
  if (L->open_upvals)
    wf_function_close_upvals(L, base);
  Value *to = base;
  while (frame_kind(to[-1]) == FRAME_VARARG)
    to -= to[-1] >> 4;
  to[-2] = func[0];
  to[-1] |= FRAME_TAIL;
  memmove(to, func + 2, nargs * sizeof(Value));
  L->top = to + nargs;
  L->base = to;
  return wf_frame_enter(L, to - 2, nargs);
}

/* After the last native that a chunk calls nothing else looks at it. */
static NOINLINE char *interrupted_return(VM *vm, char *pc, Value *base,
                                         Value *results, uint32_t n) {
  Thread *L = slow_save(vm, pc, base);
  wf_frame_interrupt(L);
  return wf_frame_return(L, results, n);
}

char *wf_slow_return(VM *vm, char *pc, Value *base, Value *results,
                     uint32_t n) {
  Thread *L = vm->thread;
  if (UNLIKELY(vm->interrupt))
    return interrupted_return(vm, pc, base, results, n);
  L->base = base;
  L->pc = pc;
  return wf_frame_return(L, results, n);
}

char *wf_slow_return_spread(VM *vm, char *pc, Value *base) {
  Thread *L = vm->thread;
  Value *from = base + linked_head(pc)->a;
  return wf_slow_return(vm, pc, base, from, (uint32_t)(L->top - from));
}

static Value close_method(VM *vm, const Value *slot) {
  return wf_operate_metamethod(vm, *slot, EVENT_CLOSE);
}

/* Calls the closer of the newest slot; cont says how to go on. L->top is above
 * everything live. */
static char *call_closer(Thread *L, Value cont, char *ret_pc) {
  Value *slot = wf_protect_pop_tbc(L);
  Value method = close_method(L->vm, slot);
  return wf_frame_call_event(L, method, cont, ret_pc, 2, *slot, VALUE_NIL,
                             VALUE_NIL);
}

char *wf_slow_return_close(VM *vm, char *pc, Value *base, bool spread) {
  Thread *L = vm->thread;
  const LinkedHead *h = linked_head(pc);
  Value *from = base + h->a;
  L->base = base;
  L->pc = pc;
  if (UNLIKELY(protect_has_tbc(L, base))) {
    if (!spread)
      L->top = base + frame_size(base);
    return call_closer(
        L, frame_cont(spread ? CONT_RETRY_TOP : CONT_RETRY, LEN_RET_CLOSE, 0),
        pc + LEN_RET_CLOSE);
  }
  uint32_t n = spread ? (uint32_t)(L->top - from) : h->b;
  if (L->open_upvals)
    wf_function_close_upvals(L, base);
  return wf_slow_return(vm, pc, base, from, n);
}

char *wf_slow_native_result(VM *vm, char *pc, int n) {
  Thread *L = vm->thread;
  (void)pc;
  return wf_frame_native_result(L, n);
}

char *wf_slow_vararg(VM *vm, char *pc, Value *base, bool open) {
  Thread *L = vm->thread;
  const LinkedHead *h = linked_head(pc);
  uint32_t fixed = value_as_function(base[-2])->of.proto->nparams;
  uint32_t have = (uint32_t)(base[-1] >> 4) - 2;
  have = have > fixed ? have - fixed : 0;
  uint32_t n = open ? have : h->b;
  L->base = base;
  L->pc = pc;
  Value *to = base + h->a;
  if (open) {
    if (UNLIKELY(to + n > L->stack_limit)) {
      L->top = base + frame_size(base);
      wf_frame_grow(L, n);
      base = L->base;
      to = base + h->a;
    }
    L->top = to + n;
  }
  const Value *from = base - (base[-1] >> 4) + fixed;
  uint32_t copied = n < have ? n : have;
  memcpy(to, from, copied * sizeof(Value));
  for (uint32_t i = copied; i < n; i++)
    to[i] = VALUE_NIL;
  return pc + LEN_VARARG;
}

char *wf_slow_interrupt(VM *vm, char *pc, Value *base, char *next) {
  Thread *L = slow_save(vm, pc, base);
  if (vm->interrupt)
    wf_frame_interrupt(L);
  return next;
}

/* ---- closures, upvalues, scopes ------------------------------------------ */
char *wf_slow_closure(VM *vm, char *pc, Value *base) {
  const LinkedHead *h = linked_head(pc);
  Thread *L = slow_save(vm, pc, base);
  L->top = base + h->b;
  slow_safepoint(L, vm);
  base = L->base;
  const Function *self = value_as_function(base[-2]);
  Proto *p = self->of.proto->children[h->c];
  protect_repeatable(vm);
  Function *f = wf_function_new_lua(vm, p);
  for (uint32_t i = 0; i < p->nupvals; i++) {
    const ProtoUpval *u = &p->upvals[i];
    f->upvals[i].up = u->from_local
                          ? wf_function_find_upval(L, base + u->index)
                          : self->upvals[u->index].up;
    gc_barrier_object(vm, f, f->upvals[i].up);
  }
  protect_done(vm);
  base[h->a] = value_from_function(f);
  return pc + LEN_CLOSURE;
}

char *wf_slow_set_upval(VM *vm, char *pc, Value *base, Value v, uint32_t len) {
  const Function *self = value_as_function(base[-2]);
  wf_function_set_upval(vm, self->upvals[linked_head(pc)->b].up, v);
  return pc + len;
}

char *wf_slow_close(VM *vm, char *pc, Value *base) {
  Thread *L = vm->thread;
  Value *level = base + linked_head(pc)->a;
  if (UNLIKELY(protect_has_tbc(L, level))) {
    slow_save(vm, pc, base);
    return call_closer(L, frame_cont(CONT_RETRY, LEN_CLOSE, 0),
                       pc + LEN_CLOSE);
  }
  L->base = base;
  if (L->open_upvals)
    wf_function_close_upvals(L, level);
  return pc + LEN_CLOSE;
}

char *wf_slow_to_close(VM *vm, char *pc, Value *base) {
  Thread *L = slow_save(vm, pc, base);
  Value *slot = base + linked_head(pc)->a;
  if (!value_is_falsy(*slot))
    wf_protect_mark_tbc(L, slot);
  return pc + LEN_TO_CLOSE;
}

/* ---- numeric for --------------------------------------------------------- */
static Value for_number(Thread *L, Value v, const char *what) {
  if (value_is_string(v)) {
    Value n = wf_convert_string_to_number(L->vm, value_as_string(v));
    if (value_is_number(n))
      return n;
  }
  if (!value_is_number(v))
    wf_error_for(L, v, what);
  return v;
}

/* Limit of an integer loop as an integer; false when the loop does not run. */
static bool for_limit(int64_t init, Value limit, int64_t step, int64_t *out) {
  if (value_is_int(limit)) {
    *out = value_as_int(limit);
  } else {
    double d = value_as_float(limit);
    double whole = step > 0 ? floor(d) : ceil(d);
    if (!numeral_float_to_int(whole, out)) {
      if (d > 0) {
        if (step < 0)
          return false;
        *out = INT64_MAX;
      } else {
        if (step > 0)
          return false;
        *out = INT64_MIN;
      }
    }
  }
  return step > 0 ? init <= *out : init >= *out;
}

char *wf_slow_for_prep(VM *vm, char *pc, Value *base) {
  Thread *L = slow_save(vm, pc, base);
  Value *s = base + linked_head(pc)->a;
  Value init = s[0], limit = s[1], step = s[2];
  char *skip = pc + linked_head(pc)->c;
  if (value_is_int(init) && value_is_int(step)) {
    int64_t i = value_as_int(init), by = value_as_int(step), last;
    if (by == 0)
      wf_error_runtime(L, "'for' step is zero");
    limit = for_number(L, limit, "limit");
    if (!for_limit(i, limit, by, &last))
      return skip;
    uint64_t span = by > 0 ? (uint64_t)last - (uint64_t)i
                           : (uint64_t)i - (uint64_t)last;
    uint64_t stride = by > 0 ? (uint64_t)by : 0 - (uint64_t)by;
    span -= span % stride;
    last = (int64_t)(by > 0 ? (uint64_t)i + span : (uint64_t)i - span);
    s[0] = value_from_int(vm, last);
    s[1] = step;
    s[2] = init;
    return pc + LEN_FOR_PREP;
  }
  limit = for_number(L, limit, "limit");
  step = for_number(L, step, "step");
  init = for_number(L, init, "initial");
  double d = value_to_double(init), end = value_to_double(limit);
  double by = value_to_double(step);
  if (by == 0)
    wf_error_runtime(L, "'for' step is zero");
  if (by > 0 ? end < d : d < end) /* no reason to skip when one is NaN */
    return skip;
  s[0] = value_from_float(end);
  s[1] = value_from_float(by);
  s[2] = value_from_float(d);
  return pc + LEN_FOR_PREP;
}

/* Boxed integers, and a NaN limit or step. */
char *wf_slow_for_loop(VM *vm, char *pc, Value *base) {
  Thread *L = slow_save(vm, pc, base);
  Value *s = base + linked_head(pc)->a;
  if (value_is_int(s[0]) && value_is_int(s[1]) && value_is_int(s[2])) {
    int64_t last = value_as_int(s[0]), i = value_as_int(s[2]);
    if (i == last)
      return pc + LEN_FOR_LOOP;
    s[2] = value_from_int(
        vm, (int64_t)((uint64_t)i + (uint64_t)value_as_int(s[1])));
    if (slow_is_due(vm, BOX_DEBT))
      slow_safepoint(L, vm);
    if (UNLIKELY(vm->interrupt))
      return wf_slow_interrupt(vm, pc, L->base, pc + linked_head(pc)->c);
    return pc + linked_head(pc)->c;
  }
  return pc + LEN_FOR_LOOP;
}

/* ---- generic for ---------------------------------------------------------
 * slots: function, state, control, closing. When the function is next (or
 * ipairs' iterator) over a table and nothing is to be closed, the closing slot
 * holds the position (or true), and FOR_IN iterates without calls. */
char *wf_slow_for_in_prep(VM *vm, char *pc, Value *base) {
  Thread *L = slow_save(vm, pc, base);
  Value *s = base + linked_head(pc)->a;
  char *loop = pc + linked_head(pc)->c;
  if (!value_is_falsy(s[3])) {
    wf_protect_mark_tbc(L, s + 3);
    return loop;
  }
#if WEFT_IC
  /* hooks are to see the iterator's calls */
  if (value_is_function(s[0]) && value_is_table(s[1]) && !L->hook_mask) {
    const Function *f = value_as_function(s[0]);
    if (f == vm->next_function && value_is_nil(s[2]))
      s[3] = value_from_inline_int(0);
    else if (f == vm->ipairs_iterator && s[2] == value_from_inline_int(0) &&
             !value_as_table(s[1])->meta)
      s[3] = VALUE_TRUE;
  }
#endif
  return loop;
}

char *wf_slow_for_in(VM *vm, char *pc, Value *base) {
  Thread *L = slow_save(vm, pc, base);
  const LinkedHead *h = linked_head(pc);
  Value *s = base + h->a;
  char *done = pc + LEN_FOR_IN + LEN_FOR_IN_CALL + LEN_FOR_IN_CALLED;
  if (!value_is_table(s[1]))
    wf_error_type(L, s[1], "iterate over");
  Table *t = value_as_table(s[1]);
  if (s[3] == VALUE_TRUE) { /* ipairs */
    Value i = value_from_int(vm, value_as_int(s[2]) + 1);
    if (UNLIKELY(t->meta)) {
      /* it got a metatable meanwhile: __index may run Lua */
      s[3] = VALUE_NIL;
      return pc + LEN_FOR_IN;
    }
    Value v = wf_table_get(vm, t, i);
    if (value_is_nil(v)) {
      s[4] = VALUE_NIL;
      return done;
    }
    s[2] = s[4] = i;
    s[5] = v;
  } else {
    uint32_t cursor = (uint32_t)value_as_inline_int(s[3]);
    Value pair[2];
    if (!wf_table_next_at(vm, t, &cursor, pair)) {
      s[4] = VALUE_NIL;
      return done;
    }
    s[3] = value_from_inline_int(cursor);
    s[2] = s[4] = pair[0];
    s[5] = pair[1];
  }
  for (uint32_t i = 2; i < h->b; i++)
    s[4 + i] = VALUE_NIL;
  if (UNLIKELY(vm->interrupt))
    return wf_slow_interrupt(vm, pc, base, pc + h->c);
  return pc + h->c;
}

char *wf_slow_for_in_call(VM *vm, char *pc, Value *base) {
  Thread *L = slow_save(vm, pc, base);
  const LinkedHead *h = linked_head(pc);
  Value *s = base + h->a;
  s[4] = s[0];
  s[6] = s[1];
  s[7] = s[2];
  s[5] = frame_word(pc + LEN_FOR_IN_CALL, h->a + 6u, kind_for(h->c));
  return wf_frame_enter(L, s + 4, 2);
}
