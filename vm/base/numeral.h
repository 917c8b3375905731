/* numeral.h: text to numbers and back, by Lua's rules (manual 3.1, 3.4.3). */
#ifndef WEFT_NUMERAL_H
#define WEFT_NUMERAL_H

#include "vm/base/base.h"

typedef enum NumeralKind {
  NUMERAL_NONE,
  NUMERAL_INT,
  NUMERAL_FLOAT
} NumeralKind;
typedef struct Numeral {
  NumeralKind kind;
  union {
    int64_t i;
    double d;
  } as;
} Numeral;

/* Enough for any number wf_numeral_from_* writes, NUL included. */
enum { NUMERAL_MAX = 48 };

/* Reads a whole Lua numeral from `len` bytes: decimal or hexadecimal, integer
 * or float, surrounding white space and a sign allowed. Hexadecimal integers
 * wrap around modulo 2^64; decimal integers that do not fit become floats.
 * kind is NUMERAL_NONE when the text is no numeral ("inf", "nan", embedded
 * NUL, trailing garbage). Accepts both '.' and the locale's decimal point. */
Numeral wf_numeral_parse(const char *s, size_t len);
/* Decimal text of i / "%.14g" text of d (with ".0" added when it looks like an
 * integer; "inf", "-inf", "nan", "-nan" as the C library prints them).
 * Returns the length; out has NUMERAL_MAX bytes and is NUL-terminated. */
size_t wf_numeral_from_int(int64_t i, char *out);
size_t wf_numeral_from_float(double d, char *out);
/* True when d has an exact int64 value, stored in *out. */
static inline bool numeral_float_to_int(double d, int64_t *out) {
  if (d >= -9223372036854775808.0 && d < 9223372036854775808.0) {
    int64_t i = (int64_t)d;
    if ((double)i == d) {
      *out = i;
      return true;
    }
  }
  return false;
}

#endif
