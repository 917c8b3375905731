/* arith.c: arithmetic off the fast path: mixed operands, overflow into boxes,
 * strings' and other metamethods; and the same for C code (operate.h). */
#include "vm/exec/arith.h"
#include "vm/exec/error.h"
#include "vm/exec/operate.h"
#include "vm/exec/slow.h"
#include "vm/gc/gc.h"
#include "vm/value/convert.h"
#include <math.h>

int64_t wf_operate_int_floor_div(int64_t a, int64_t b) {
  if (b == -1)
    return (int64_t)(0 - (uint64_t)a);
  int64_t q = a / b;
  return (a ^ b) < 0 && q * b != a ? q - 1 : q;
}

int64_t wf_operate_int_mod(int64_t a, int64_t b) {
  if (b == -1)
    return 0;
  int64_t r = a % b;
  return r != 0 && (r ^ b) < 0 ? r + b : r;
}

double wf_operate_float_mod(double a, double b) {
  double r = fmod(a, b);
  if (r != 0 && (r < 0) != (b < 0))
    r += b;
  return r;
}

int64_t wf_operate_shift_left(int64_t a, int64_t n) {
  if (n <= -64 || n >= 64)
    return 0;
  return n >= 0 ? (int64_t)((uint64_t)a << n) : (int64_t)((uint64_t)a >> -n);
}

static int64_t int_arith(Thread *L, Event event, int64_t a, int64_t b) {
  switch (event) {
  case EVENT_ADD:
    return (int64_t)((uint64_t)a + (uint64_t)b);
  case EVENT_SUB:
    return (int64_t)((uint64_t)a - (uint64_t)b);
  case EVENT_MUL:
    return (int64_t)((uint64_t)a * (uint64_t)b);
  case EVENT_IDIV:
    if (b == 0)
      wf_error_runtime(L, "attempt to divide by zero");
    return wf_operate_int_floor_div(a, b);
  case EVENT_MOD:
    if (b == 0)
      wf_error_runtime(L, "attempt to perform 'n%%0'");
    return wf_operate_int_mod(a, b);
  case EVENT_UNM:
    return (int64_t)(0 - (uint64_t)a);
  case EVENT_BAND:
    return a & b;
  case EVENT_BOR:
    return a | b;
  case EVENT_BXOR:
    return a ^ b;
  case EVENT_SHL:
    return wf_operate_shift_left(a, b);
  case EVENT_SHR:
    return wf_operate_shift_left(a, b == INT64_MIN ? INT64_MAX : -b);
  case EVENT_BNOT:
    return ~a;
  default:
    UNREACHABLE();
  }
}

static double float_arith(Event event, double a, double b) {
  switch (event) {
  case EVENT_ADD:
    return a + b;
  case EVENT_SUB:
    return a - b;
  case EVENT_MUL:
    return a * b;
  case EVENT_DIV:
    return a / b;
  case EVENT_POW:
    return b == 2 ? a * a : pow(a, b);
  case EVENT_IDIV:
    return floor(a / b);
  case EVENT_MOD:
    return wf_operate_float_mod(a, b);
  case EVENT_UNM:
    return a == a ? -a : value_as_float(value_from_float(a) ^ 1);
  default:
    UNREACHABLE();
  }
}

static bool is_bitwise(Event event) {
  return (event >= EVENT_BAND && event <= EVENT_SHR) || event == EVENT_BNOT;
}

bool wf_arith_numbers(Thread *L, Event event, Value a, Value b, Value *out) {
  if (is_bitwise(event)) {
    int64_t i, j;
    if (!wf_convert_to_int(L->vm, a, false, &i) ||
        !wf_convert_to_int(L->vm, b, false, &j))
      return false;
    *out = value_from_int(L->vm, int_arith(L, event, i, j));
    return true;
  }
  if (!value_is_number(a) || !value_is_number(b))
    return false;
  if (event != EVENT_DIV && event != EVENT_POW && value_is_int(a) &&
      value_is_int(b))
    *out = value_from_int(
        L->vm, int_arith(L, event, value_as_int(a), value_as_int(b)));
  else
    *out = value_from_float(
        float_arith(event, value_to_double(a), value_to_double(b)));
  return true;
}

Value wf_arith_method(Thread *L, Event event, Value a, Value b) {
  Value method = wf_operate_metamethod(L->vm, a, event);
  if (value_is_nil(method))
    method = wf_operate_metamethod(L->vm, b, event);
  if (value_is_nil(method))
    wf_error_arith(L, event, a, b);
  return method;
}

char *wf_slow_deliver(Thread *L, char *pc, uint32_t info, Value v) {
  if (info & SLOW_ACC)
    L->vm->acc = v;
  else
    L->base[linked_head(pc)->a] = v;
  return pc + SLOW_LEN(info);
}

char *wf_slow_event(Thread *L, char *pc, uint32_t info, Value method, Value a,
                    Value b) {
  Value cont = info & SLOW_ACC
                   ? frame_cont(CONT_ACC, 0, 0)
                   : frame_cont(CONT_STORE, linked_head(pc)->a, 0);
  return wf_frame_call_event(L, method, cont, pc + SLOW_LEN(info), 2, a, b,
                             VALUE_NIL);
}

/* As int_arith for the events that cannot fail. */
static ALWAYS_INLINE int64_t plain_int_arith(Event event, int64_t a,
                                             int64_t b) {
  switch (event) {
  case EVENT_ADD:
    return (int64_t)((uint64_t)a + (uint64_t)b);
  case EVENT_SUB:
    return (int64_t)((uint64_t)a - (uint64_t)b);
  case EVENT_MUL:
    return (int64_t)((uint64_t)a * (uint64_t)b);
  case EVENT_BAND:
    return a & b;
  case EVENT_BOR:
    return a | b;
  case EVENT_BXOR:
    return a ^ b;
  case EVENT_SHL:
    return (uint64_t)b < 64 ? (int64_t)((uint64_t)a << b)
                            : wf_operate_shift_left(a, b);
  case EVENT_SHR:
    return (uint64_t)b < 64
               ? (int64_t)((uint64_t)a >> b)
               : wf_operate_shift_left(a, b == INT64_MIN ? INT64_MAX : -b);
  case EVENT_UNM:
    return (int64_t)(0 - (uint64_t)a);
  default: /* EVENT_BNOT */
    return ~a;
  }
}

/* i as a value; nil when a box would take more than the fast allocation. */
static ALWAYS_INLINE Value box_result(VM *vm, int64_t i) {
  if (int_fits_inline(i))
    return value_from_inline_int(i);
  int64_t *cell = gc_alloc_box(vm);
  if (UNLIKELY(!cell))
    return VALUE_NIL;
  *cell = i;
  return value_make(TAG_BOX, cell);
}

char *wf_slow_arith(VM *vm, char *pc, Value *base, Value l, Value r,
                    uint32_t info) {
  Event event = SLOW_EVENT(info);
  Value v;
  /* everyday mixtures first: nothing here collects or throws */
  if (LIKELY(!is_bitwise(event) && value_is_number(l) && value_is_number(r) &&
             (value_is_float(l) || value_is_float(r)))) {
    v = value_from_float(
        float_arith(event, value_to_double(l), value_to_double(r)));
    if (info & SLOW_ACC)
      vm->acc = v;
    else
      base[linked_head(pc)->a] = v;
    return pc + SLOW_LEN(info);
  }
  /* integers that need or give boxes */
  if (LIKELY(value_is_int(l) && value_is_int(r) && event != EVENT_DIV &&
             event != EVENT_POW && event != EVENT_MOD &&
             event != EVENT_IDIV && vm->heap.debt <= BOX_DEBT)) {
    v = box_result(vm, plain_int_arith(event, value_as_int(l),
                                       value_as_int(r)));
    if (LIKELY(v != VALUE_NIL)) {
      if (info & SLOW_ACC)
        vm->acc = v;
      else
        base[linked_head(pc)->a] = v;
      return pc + SLOW_LEN(info);
    }
  }
  Thread *L = slow_save(vm, pc, base);
  if (LIKELY(wf_arith_numbers(L, event, l, r, &v))) {
    char *next = wf_slow_deliver(L, pc, info, v);
    if (slow_is_due(vm, BOX_DEBT)) {
      if (!(info & SLOW_ACC))
        vm->acc = VALUE_NIL;
      gc_safepoint(L, vm);
    }
    return next;
  }
  return wf_slow_event(L, pc, info, wf_arith_method(L, event, l, r), l, r);
}

Value wf_operate_arith(Thread *L, Event event, Value a, Value b) {
  Value v;
  if (event == EVENT_UNM || event == EVENT_BNOT)
    b = a;
  if (wf_arith_numbers(L, event, a, b, &v))
    return v;
  return wf_operate_call_event(L, wf_arith_method(L, event, a, b), a, b);
}
