/* arith.h: arithmetic on any values. */
#ifndef WEFT_ARITH_H
#define WEFT_ARITH_H

#include "vm/value/state.h"

/* a op b for numbers (for bitwise events: numbers with integer values); false
 * when the operands are others. Unary events ignore b, which must equal a.
 * Errors: division by zero, memory. */
bool wf_arith_numbers(Thread *L, Event event, Value a, Value b, Value *out);
/* The metamethod of a, else of b. Errors: "attempt to perform arithmetic on". */
Value wf_arith_method(Thread *L, Event event, Value a, Value b);
/* method(a, b, c) from C, results dropped. GC: runs Lua. */
void wf_operate_call_set(Thread *L, Value method, Value a, Value b, Value c);
/* method(a, b) from C: its first result. GC: runs Lua. */
Value wf_operate_call_event(Thread *L, Value method, Value a, Value b);

#endif
