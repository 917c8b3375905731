/* convert.h: conversions between numbers and strings, by Lua's rules. */
#ifndef WEFT_CONVERT_H
#define WEFT_CONVERT_H

#include "vm/base/numeral.h"
#include "vm/value/state.h"

/* Number value of a string's numeral; nil when it is none. */
Value wf_convert_string_to_number(VM *vm, const String *s);
/* Number (or numeral string, when `strings`) to int64 if it has an exact one.
 */
bool wf_convert_to_int(VM *vm, Value v, bool strings, int64_t *out);
bool wf_convert_to_float(VM *vm, Value v, bool strings, double *out);
/* Text of a number as tostring gives it. v must be a number. The first writes
 * NUMERAL_MAX bytes at most, a NUL included, and returns the length. */
size_t wf_convert_number_to_text(Value v, char *out);
String *wf_convert_number_to_string(VM *vm, Value v);
/* Raw equality (no metamethods), as rawequal. */
bool wf_convert_raw_equal(Value a, Value b);
/* Numeric order without metamethods; both must be numbers. Exact between
 * integers and floats; false for NaN. */
bool wf_convert_number_lt(Value a, Value b);
bool wf_convert_number_le(Value a, Value b);

#endif
