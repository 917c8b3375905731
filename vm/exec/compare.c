/* compare.c: equality and order off the fast path. */
#include "vm/exec/arith.h"
#include "vm/exec/error.h"
#include "vm/exec/operate.h"
#include "vm/exec/slow.h"
#include "vm/value/convert.h"
#include "vm/value/string.h"
#include "vm/value/table.h"

/* 1, 0, or -1: operands need a metamethod. event: EVENT_LT or EVENT_LE. */
static int compare_plain(Event event, Value a, Value b) {
  if (value_is_number(a) && value_is_number(b))
    return event == EVENT_LT ? wf_convert_number_lt(a, b)
                             : wf_convert_number_le(a, b);
  if (value_is_string(a) && value_is_string(b)) {
    int order = wf_string_compare(value_as_string(a), value_as_string(b));
    return event == EVENT_LT ? order < 0 : order <= 0;
  }
  return -1;
}

/* The metamethod for a < b or a <= b. Without __le, a <= b is not (b < a), as
 * lua5.4 built with its 5.3 compatibility has it: *negated is set and the
 * operands must be exchanged. */
static Value compare_method(Thread *L, Event event, Value a, Value b,
                            bool *negated) {
  VM *vm = L->vm;
  *negated = false;
  Value method = wf_operate_metamethod(vm, a, event);
  if (value_is_nil(method))
    method = wf_operate_metamethod(vm, b, event);
  if (value_is_nil(method) && event == EVENT_LE) {
    *negated = true;
    method = wf_operate_metamethod(vm, b, EVENT_LT);
    if (value_is_nil(method))
      method = wf_operate_metamethod(vm, a, EVENT_LT);
  }
  if (value_is_nil(method))
    wf_error_compare(L, a, b);
  return method;
}

static char *branch(char *pc, uint32_t len, bool taken) {
  return taken ? pc + linked_head(pc)->c : pc + len;
}

static char *call_compare(Thread *L, char *pc, uint32_t len, bool sense,
                          Value method, Value a, Value b) {
  return wf_frame_call_event(L, method,
                             frame_cont(CONT_BRANCH, len << 1 | sense, 0),
                             pc + len, 2, a, b, VALUE_NIL);
}

char *wf_slow_less(VM *vm, char *pc, Value *base, Value l, Value r,
                   uint32_t info, bool sense) {
  Event event = SLOW_EVENT(info);
  int order = compare_plain(event, l, r);
  if (LIKELY(order >= 0))
    return branch(pc, SLOW_LEN(info), order == sense);
  Thread *L = slow_save(vm, pc, base);
  /* GT and GE were linked with their operands exchanged: nothing to undo,
     a > b is b < a for metamethods too */
  bool negated;
  Value method = compare_method(L, event, l, r, &negated);
  return call_compare(L, pc, SLOW_LEN(info), sense != negated, method,
                      negated ? r : l, negated ? l : r);
}

/* __eq of two tables or two userdata; nil when none applies. */
static Value equal_method(VM *vm, Value a, Value b) {
  bool tables = value_is_table(a) && value_is_table(b);
  if (!tables && !(value_is_userdata(a) && value_is_userdata(b)))
    return VALUE_NIL;
  Value method = wf_operate_metamethod(vm, a, EVENT_EQ);
  return value_is_nil(method) ? wf_operate_metamethod(vm, b, EVENT_EQ)
                              : method;
}

char *wf_slow_equal(VM *vm, char *pc, Value *base, Value l, Value r,
                    uint32_t len, bool sense) {
  if (wf_convert_raw_equal(l, r))
    return branch(pc, len, sense);
  Value method = equal_method(vm, l, r);
  if (value_is_nil(method))
    return branch(pc, len, !sense);
  Thread *L = slow_save(vm, pc, base);
  return call_compare(L, pc, len, sense, method, l, r);
}

bool wf_operate_equal(Thread *L, Value a, Value b) {
  if (wf_convert_raw_equal(a, b))
    return true;
  Value method = equal_method(L->vm, a, b);
  return !value_is_nil(method) &&
         !value_is_falsy(wf_operate_call_event(L, method, a, b));
}

static bool operate_compare(Thread *L, Event event, Value a, Value b) {
  int order = compare_plain(event, a, b);
  if (order >= 0)
    return order;
  bool negated;
  Value method = compare_method(L, event, a, b, &negated);
  Value v = negated ? wf_operate_call_event(L, method, b, a)
                    : wf_operate_call_event(L, method, a, b);
  return value_is_falsy(v) == negated;
}
bool wf_operate_less(Thread *L, Value a, Value b) {
  return operate_compare(L, EVENT_LT, a, b);
}
bool wf_operate_less_equal(Thread *L, Value a, Value b) {
  return operate_compare(L, EVENT_LE, a, b);
}
