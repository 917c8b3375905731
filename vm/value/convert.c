/* convert.c: conversions and comparisons of numbers.
 *
 * An integer and a float are compared by their mathematical values. Integers
 * below 2^53 convert to double exactly; beyond that the float is rounded to
 * an integer in the direction that keeps the answer. */
#include "vm/value/convert.h"
#include "vm/gc/gc.h"
#include "vm/value/string.h"
#include <math.h>

static Value numeral_value(VM *vm, Numeral n) {
  switch (n.kind) {
  case NUMERAL_INT:
    return value_from_int(vm, n.as.i);
  case NUMERAL_FLOAT:
    return value_from_float(n.as.d);
  default:
    return VALUE_NIL;
  }
}

Value wf_convert_string_to_number(VM *vm, const String *s) {
  return numeral_value(vm, wf_numeral_parse(s->bytes, s->len));
}

bool wf_convert_to_int(VM *vm, Value v, bool strings, int64_t *out) {
  (void)vm;
  if (value_is_int(v)) {
    *out = value_as_int(v);
    return true;
  }
  if (value_is_float(v))
    return numeral_float_to_int(value_as_float(v), out);
  if (!strings || !value_is_string(v))
    return false;
  const String *s = value_as_string(v);
  Numeral n = wf_numeral_parse(s->bytes, s->len);
  if (n.kind == NUMERAL_FLOAT)
    return numeral_float_to_int(n.as.d, out);
  *out = n.as.i;
  return n.kind == NUMERAL_INT;
}

bool wf_convert_to_float(VM *vm, Value v, bool strings, double *out) {
  (void)vm;
  if (value_is_number(v)) {
    *out = value_to_double(v);
    return true;
  }
  if (!strings || !value_is_string(v))
    return false;
  const String *s = value_as_string(v);
  Numeral n = wf_numeral_parse(s->bytes, s->len);
  *out = n.kind == NUMERAL_INT ? (double)n.as.i : n.as.d;
  return n.kind != NUMERAL_NONE;
}

size_t wf_convert_number_to_text(Value v, char *out) {
  return value_is_float(v) ? wf_numeral_from_float(value_as_float(v), out)
                           : wf_numeral_from_int(value_as_int(v), out);
}

String *wf_convert_number_to_string(VM *vm, Value v) {
  char text[NUMERAL_MAX];
  return wf_string_new(vm, text, wf_convert_number_to_text(v, text));
}

bool wf_convert_raw_equal(Value a, Value b) {
  if (a == b)
    return !value_is_nan(a);
  if (value_is_float(a) && value_is_float(b))
    return value_as_float(a) == value_as_float(b); /* 0.0 == -0.0 */
  if (value_is_number(a) && value_is_number(b)) {
    if (value_is_int(a) && value_is_int(b))
      return value_as_int(a) == value_as_int(b);
    int64_t i;
    return value_is_float(a) ? numeral_float_to_int(value_as_float(a), &i) &&
                                   i == value_as_int(b)
                             : numeral_float_to_int(value_as_float(b), &i) &&
                                   i == value_as_int(a);
  }
  if (value_is_string(a) && value_is_string(b))
    return string_equal(value_as_string(a), value_as_string(b));
  return false;
}

/* i < d. d >= 2^63 and NaN are decided by the range tests. */
static bool int_lt_float(int64_t i, double d) {
  if (d >= 9223372036854775808.0)
    return true;
  return d > -9223372036854775808.0 && i < (int64_t)ceil(d);
}
static bool int_le_float(int64_t i, double d) {
  if (d >= 9223372036854775808.0)
    return true;
  return d >= -9223372036854775808.0 && i <= (int64_t)floor(d);
}
static bool float_lt_int(double d, int64_t i) {
  if (d < -9223372036854775808.0)
    return true;
  return d < 9223372036854775808.0 && (int64_t)floor(d) < i;
}
static bool float_le_int(double d, int64_t i) {
  if (d < -9223372036854775808.0)
    return true;
  return d < 9223372036854775808.0 && (int64_t)ceil(d) <= i;
}

bool wf_convert_number_lt(Value a, Value b) {
  if (value_is_float(a))
    return value_is_float(b) ? value_as_float(a) < value_as_float(b)
                             : float_lt_int(value_as_float(a), value_as_int(b));
  return value_is_float(b) ? int_lt_float(value_as_int(a), value_as_float(b))
                           : value_as_int(a) < value_as_int(b);
}

bool wf_convert_number_le(Value a, Value b) {
  if (value_is_float(a))
    return value_is_float(b) ? value_as_float(a) <= value_as_float(b)
                             : float_le_int(value_as_float(a), value_as_int(b));
  return value_is_float(b) ? int_le_float(value_as_int(a), value_as_float(b))
                           : value_as_int(a) <= value_as_int(b);
}
