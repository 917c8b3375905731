/* operate.h: Lua's operations with metamethods, for C code.
 *
 * All may run Lua (so may collect, move the stack and throw); a yield inside
 * is an error. The interpreter's own paths do not use these: they push
 * metamethod frames instead (slow.h). */
#ifndef WEFT_OPERATE_H
#define WEFT_OPERATE_H

#include "vm/value/state.h"

Value wf_operate_get(Thread *L, Value object, Value key);
void wf_operate_set(Thread *L, Value object, Value key, Value v);
/* Convenience for string keys. */
Value wf_operate_get_field(Thread *L, Value object, const char *key);
bool wf_operate_equal(Thread *L, Value a, Value b);
bool wf_operate_less(Thread *L, Value a, Value b);
bool wf_operate_less_equal(Thread *L, Value a, Value b);
/* #v; wf_operate_length_int raises "object length is not an integer". */
Value wf_operate_length(Thread *L, Value v);
int64_t wf_operate_length_int(Thread *L, Value v);
/* event: EVENT_ADD .. EVENT_BNOT (b ignored by unary ones). */
Value wf_operate_arith(Thread *L, Event event, Value a, Value b);
Value wf_operate_concat(Thread *L, Value a, Value b);
/* tostring(): __tostring, __name, "%p". Errors: "'__tostring' must return a
 * string". */
String *wf_operate_tostring(Thread *L, Value v);
/* Metamethod of any value, nil when absent. Runs nothing. */
Value wf_operate_metamethod(VM *vm, Value v, Event event);
/* Raw integer arithmetic as Lua's // and %; divisor not 0. */
int64_t wf_operate_int_floor_div(int64_t a, int64_t b);
int64_t wf_operate_int_mod(int64_t a, int64_t b);
double wf_operate_float_mod(double a, double b);
int64_t wf_operate_shift_left(int64_t a, int64_t n); /* n < 0: right */

#endif
