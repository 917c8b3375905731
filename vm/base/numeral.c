/* numeral.c: a scanner decides what is a numeral, arithmetic or the C library
 * gives its value.
 *
 * The scanner accepts exactly Lua's grammar, so strtod never sees "inf",
 * "nan", or text it would read only in part. Most decimal floats in programs
 * have a significand below 2^53 and a power of ten up to 22: both are exact
 * doubles and one rounded operation gives the correctly rounded value without
 * strtod (Source: Clinger, "How to read floating point numbers accurately",
 * PLDI 1990). In the other direction, floats with an integral value below
 * 10^14 are written as integers plus ".0". */
#include "vm/base/numeral.h"
#include "vm/base/alloc.h"
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  /* Longest text with a '.' that is still read when the locale writes another
   * decimal point (as in Lua, which rewrites a bounded copy). */
  LOCALE_FIX_MAX = 200,
  LARGEST_EXACT_POWER = 22
};

/* What the scanner found; the text is s[start..end). */
typedef struct Scan {
  const char *start, *end; /* sign included, white space excluded */
  const char *digits;      /* after sign and "0x" */
  const char *point;       /* decimal point, or NULL */
  bool negative, hex, integral;
} Scan;

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static bool is_digit(char c) { return (unsigned char)(c - '0') < 10; }

/* Value of a hexadecimal digit, or -1. */
static int hex_value(char c) {
  if (is_digit(c))
    return c - '0';
  char lower = (char)(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

static char locale_point(void) {
  const struct lconv *lc = localeconv();
  return lc->decimal_point[0] ? lc->decimal_point[0] : '.';
}

static bool is_point(char c) { return c == '.' || c == locale_point(); }

static const char *skip_digits(const char *p, const char *end, bool hex) {
  if (hex)
    while (p < end && hex_value(*p) >= 0)
      p++;
  else
    while (p < end && is_digit(*p))
      p++;
  return p;
}

/* After the digits: an optional exponent. NULL when it has no digits. */
static const char *skip_exponent(const char *p, const char *end, bool hex) {
  if (p == end || (*p | 0x20) != (hex ? 'p' : 'e'))
    return p;
  p++;
  if (p < end && (*p == '+' || *p == '-'))
    p++;
  const char *digits = p;
  p = skip_digits(p, end, false);
  return p > digits ? p : NULL;
}

/* Fills *sc; false when s[0..len) is not one whole numeral. */
static bool scan(const char *s, size_t len, Scan *sc) {
  const char *p = s, *end = s + len;
  while (p < end && is_space(*p))
    p++;
  while (end > p && is_space(end[-1]))
    end--;
  sc->start = p;
  sc->end = end;
  sc->negative = p < end && *p == '-';
  if (p < end && (*p == '-' || *p == '+'))
    p++;
  sc->hex = end - p >= 2 && p[0] == '0' && (p[1] | 0x20) == 'x';
  if (sc->hex)
    p += 2;
  sc->digits = p;
  p = skip_digits(p, end, sc->hex);
  bool any = p > sc->digits;
  sc->integral = p == end;
  if (sc->integral)
    return any;
  sc->point = NULL;
  if (is_point(*p)) {
    sc->point = p;
    const char *fraction = p + 1;
    p = skip_digits(fraction, end, sc->hex);
    any |= p > fraction;
  }
  if (!any)
    return false;
  p = skip_exponent(p, end, sc->hex);
  return p == end;
}

/* The integer a scanned text without point and exponent stands for; false when
 * it is decimal and does not fit. */
static bool integer_value(const Scan *sc, int64_t *out) {
  uint64_t v = 0;
  if (sc->hex) {
    for (const char *p = sc->digits; p < sc->end; p++)
      v = v << 4 | (uint64_t)hex_value(*p);
  } else {
    uint64_t limit = (uint64_t)INT64_MAX + sc->negative;
    for (const char *p = sc->digits; p < sc->end; p++)
      if (__builtin_mul_overflow(v, (uint64_t)10, &v) ||
          __builtin_add_overflow(v, (uint64_t)(*p - '0'), &v) || v > limit)
        return false;
  }
  *out = (int64_t)(sc->negative ? 0 - v : v);
  return true;
}

/* A decimal text's value when one exact operation gives it. */
static bool exact_decimal(const Scan *sc, double *out) {
  static const double powers[LARGEST_EXACT_POWER + 1] = {
      1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  const uint64_t limit = (uint64_t)1 << 53;
  uint64_t v = 0;
  long exponent = 0;
  const char *p = sc->digits;
  for (; p < sc->end && (is_digit(*p) || p == sc->point); p++) {
    if (p == sc->point)
      continue;
    v = v * 10 + (uint64_t)(*p - '0');
    if (v > limit)
      return false;
    exponent -= sc->point && p > sc->point;
  }
  if (p < sc->end) {
    p++;
    bool down = *p == '-';
    if (*p == '-' || *p == '+')
      p++;
    long e = 0;
    for (; p < sc->end; p++) {
      e = e * 10 + (*p - '0');
      if (e > 10000)
        return false;
    }
    exponent += down ? -e : e;
  }
  if (exponent < -LARGEST_EXACT_POWER || exponent > LARGEST_EXACT_POWER)
    return false;
  double d = (double)v;
  d = exponent < 0 ? d / powers[-exponent] : d * powers[exponent];
  *out = sc->negative ? -d : d;
  return true;
}

/* A scanned text's value by strtod, which wants a NUL and the locale's point.
 * False when there is no memory for the copy. */
static bool library_value(const Scan *sc, double *out) {
  char local[LOCALE_FIX_MAX + 1];
  size_t len = (size_t)(sc->end - sc->start);
  char *copy = len < sizeof local ? local : wf_alloc_get(len + 1);
  if (!copy)
    return false;
  memcpy(copy, sc->start, len);
  copy[len] = '\0';
  if (sc->point)
    copy[sc->point - sc->start] = locale_point();
  *out = strtod(copy, NULL);
  if (copy != local)
    wf_alloc_free(copy);
  return true;
}

Numeral wf_numeral_parse(const char *s, size_t len) {
  Numeral n = {.kind = NUMERAL_NONE, .as.i = 0};
  Scan sc = {0};
  if (!scan(s, len, &sc))
    return n;
  if (sc.integral && integer_value(&sc, &n.as.i)) {
    n.kind = NUMERAL_INT;
    return n;
  }
  if (sc.point && len > LOCALE_FIX_MAX && *sc.point != locale_point())
    return n;
  if ((!sc.hex && exact_decimal(&sc, &n.as.d)) || library_value(&sc, &n.as.d))
    n.kind = NUMERAL_FLOAT;
  return n;
}

static size_t count_digits(uint64_t v) {
  static const uint64_t first_longer[20] = {0,
                                            10u,
                                            100u,
                                            1000u,
                                            10000u,
                                            100000u,
                                            1000000u,
                                            10000000u,
                                            100000000u,
                                            1000000000u,
                                            10000000000u,
                                            100000000000u,
                                            1000000000000u,
                                            10000000000000u,
                                            100000000000000u,
                                            1000000000000000u,
                                            10000000000000000u,
                                            100000000000000000u,
                                            1000000000000000000u,
                                            10000000000000000000u};
  /* bits * log10(2), which is exact or one too low */
  size_t low = (64u - (size_t)__builtin_clzll(v | 1)) * 1233 >> 12;
  return low + (v >= first_longer[low]);
}

size_t wf_numeral_from_int(int64_t i, char *out) {
  static const char pairs[201] =
      "00010203040506070809101112131415161718192021222324"
      "25262728293031323334353637383940414243444546474849"
      "50515253545556575859606162636465666768697071727374"
      "75767778798081828384858687888990919293949596979899";
  uint64_t v = i < 0 ? 0 - (uint64_t)i : (uint64_t)i;
  size_t len = (i < 0) + count_digits(v);
  out[0] = '-';
  char *p = out + len;
  *p = '\0';
  for (; v >= 100; v /= 100)
    memcpy(p -= 2, pairs + v % 100 * 2, 2);
  if (v >= 10)
    memcpy(p - 2, pairs + v * 2, 2);
  else
    p[-1] = (char)('0' + v);
  return len;
}

static size_t add_fraction(char *out, size_t len) {
  out[len++] = locale_point();
  out[len++] = '0';
  out[len] = '\0';
  return len;
}

size_t wf_numeral_from_float(double d, char *out) {
  if (fabs(d) < 1e14 && (double)(int64_t)d == d) {
    size_t sign = signbit(d) != 0;
    out[0] = '-';
    size_t len = wf_numeral_from_int((int64_t)fabs(d), out + sign);
    return add_fraction(out, sign + len);
  }
  if (d != d) { /* the lowest bit stands for the sign: vm/value/value.h */
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    d = copysign(d, bits & 1 ? 1.0 : -1.0);
  }
  size_t len = (size_t)snprintf(out, NUMERAL_MAX, "%.14g", d);
  if (out[strspn(out, "-0123456789")] == '\0')
    len = add_fraction(out, len);
  return len;
}
