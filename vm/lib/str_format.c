/* str_format.c: string.format.
 *
 * A conversion is read into a Spec that keeps its own text, because Lua checks
 * it in two steps with different messages: its length and letter when it is
 * read, its flags, width and precision after the argument was checked. The
 * everyday forms (%d %s %5d %02x %.2f ...) are written here without printf;
 * everything else goes to the C library with the checked text.
 *
 * %.Nf is exact: the binary fraction times 10^N fits 128 bits for the values
 * accepted, so one integer division rounds it half to even as glibc does. */
#include "vm/lib/str_format.h"
#include "vm/lib/arg.h"
#include <ctype.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>

enum {
  SPEC_MAX = 22,    /* '%' and letter excluded: longer is an error */
  ITEM_MAX = 120,   /* any item but %f: width and precision are below 100 */
  ITEM_F_MAX = 430, /* %f of the largest double with precision 99 */
  LONG_STRING = 100 /* %s without precision copies from this length on */
};

#define FLAGS_FLOAT "-+ #0"
#define FLAGS_HEX "-#0"
#define FLAGS_INT "-+ 0"
#define FLAGS_UNSIGNED "-0"
#define FLAGS_CHAR "-"

typedef struct Spec {
  char text[SPEC_MAX + 8]; /* "%-5.2" + letter; room for "ll" */
  size_t len;
  char letter;
} Spec;

/* Reads the conversion behind the '%' before p; the position behind it. */
static const char *read_spec(Thread *L, const char *p, Spec *spec) {
  size_t n = strspn(p, FLAGS_FLOAT "123456789.");
  if (n + 1 >= SPEC_MAX)
    wf_error_format(L, "invalid format (too long)");
  spec->text[0] = '%';
  memcpy(spec->text + 1, p, n + 1);
  spec->text[n + 2] = '\0';
  spec->len = n + 2;
  spec->letter = p[n];
  return p + n + 1;
}

/* The parts of a checked spec. */
typedef struct Layout {
  bool left, zero, other; /* '-', '0', any other flag */
  int width, precision;   /* precision -1: none given */
} Layout;

static const char *two_digits(const char *p, int *value) {
  for (int i = 0; i < 2 && isdigit((unsigned char)*p); i++)
    *value = *value * 10 + (*p++ - '0');
  return p;
}

static Layout check_spec(Thread *L, const Spec *spec, const char *flags,
                         bool precision) {
  Layout out = {.precision = -1};
  const char *p = spec->text + 1;
  for (; *p && strchr(flags, *p); p++) {
    out.left |= *p == '-';
    out.zero |= *p == '0';
    out.other |= *p != '-' && *p != '0';
  }
  if (*p != '0') {
    p = two_digits(p, &out.width);
    if (*p == '.' && precision) {
      out.precision = 0;
      p = two_digits(p + 1, &out.precision);
    }
  }
  if (!isalpha((unsigned char)*p))
    wf_error_format(L, "invalid conversion specification: '%s'", spec->text);
  return out;
}

/* Makes the letter of spec `letter`, with modifier ("ll") before it. */
static void set_letter(Spec *spec, const char *modifier, char letter) {
  size_t n = strlen(modifier);
  memcpy(spec->text + spec->len - 1, modifier, n);
  spec->text[spec->len - 1 + n] = letter;
  spec->text[spec->len + n] = '\0';
}

/* ---- output -------------------------------------------------------------- */

static char *reserve(Thread *L, Buffer *b, size_t n) {
  if (UNLIKELY(!wf_buffer_reserve(b, n)))
    wf_error_memory(L->vm);
  return b->data + b->len;
}

static void put_fill(Thread *L, Buffer *b, char c, int n) {
  if (n > 0) {
    memset(reserve(L, b, (size_t)n), c, (size_t)n);
    b->len += (size_t)n;
  }
}

/* sign (may be "") and digits, padded as the layout says. */
static void put_padded(Thread *L, Buffer *b, Layout layout, const char *sign,
                       const char *digits, size_t n) {
  int sign_len = *sign != '\0';
  int fill = layout.width - (int)n - sign_len;
  if (!layout.left && !layout.zero)
    put_fill(L, b, ' ', fill);
  if (sign_len)
    put_byte(b, *sign);
  if (!layout.left && layout.zero)
    put_fill(L, b, '0', fill);
  put_bytes(b, digits, n);
  if (layout.left)
    put_fill(L, b, ' ', fill);
}

/* The C library's formatting; the text was checked, so the format is one of
 * the fixed set of conversions and its item fits. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#define DEFINE_PRINT(name, type)                                               \
  static void name(Thread *L, Buffer *b, const Spec *spec, size_t max,         \
                   type value) {                                               \
    int n = snprintf(reserve(L, b, max), max, spec->text, value);              \
    if (n > 0)                                                                 \
      b->len += (size_t)n;                                                     \
  }
DEFINE_PRINT(print_int, long long)
DEFINE_PRINT(print_char, int)
DEFINE_PRINT(print_any_double, double)
DEFINE_PRINT(print_string, const char *)
DEFINE_PRINT(print_pointer, const void *)
#undef DEFINE_PRINT
#pragma GCC diagnostic pop

static void print_double(Thread *L, Buffer *b, const Spec *spec, size_t max,
                         double d) {
  print_any_double(L, b, spec, max, value_foreign_float(d));
}

/* ---- integers ------------------------------------------------------------ */

static void format_int(Thread *L, Buffer *b, Spec *spec, const char *flags,
                       int arg) {
  int64_t i = arg_int(L, arg);
  if (spec->len == 2 && spec->letter == 'd') {
    b->len += wf_numeral_from_int(i, reserve(L, b, NUMERAL_MAX));
    return;
  }
  Layout layout = check_spec(L, spec, flags, true);
  char digits[NUMERAL_MAX], *at = digits + sizeof digits;
  if (layout.precision >= 0 || layout.other || spec->letter == 'o') {
    set_letter(spec, "ll", spec->letter);
    print_int(L, b, spec, ITEM_MAX, (long long)i);
    return;
  }
  const char *sign = "";
  uint64_t u = (uint64_t)i;
  if (spec->letter == 'x' || spec->letter == 'X') {
    const char *hex =
        spec->letter == 'x' ? "0123456789abcdef" : "0123456789ABCDEF";
    do {
      *--at = hex[u & 15];
    } while (u >>= 4);
  } else {
    if (spec->letter != 'u' && i < 0) {
      sign = "-";
      u = 0 - u;
    }
    do {
      *--at = (char)('0' + u % 10);
    } while (u /= 10);
  }
  put_padded(L, b, layout, sign, at, (size_t)(digits + sizeof digits - at));
}

/* ---- floats -------------------------------------------------------------- */

typedef unsigned __int128 Wide;

static char *write_digits(char *end, uint64_t u, int least) {
  for (; u != 0 || least > 0; u /= 10, least--)
    *--end = (char)('0' + u % 10);
  return end;
}

/* %.Nf of d without its sign, ending before `end`; NULL when d is out of the
 * range this is exact for. */
static char *fixed_digits(double d, int precision, char *end) {
  static const uint64_t powers[] = {1u,
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
                                    1000000000000000u};
  d = fabs(d);
  if (!(d < 0x1p53) || precision < 0 || precision >= (int)ARRAY_LEN(powers))
    return NULL;
  uint64_t whole = (uint64_t)d, scale = powers[precision];
  double rest = d - (double)whole; /* exact, in [0, 1) */
  int exponent;
  uint64_t mantissa = (uint64_t)(frexp(rest, &exponent) * 0x1p53);
  int shift = 53 - exponent; /* rest = mantissa / 2^shift */
  if (shift > 120)
    return NULL;
  Wide product = (Wide)mantissa * scale, half = (Wide)1 << (shift - 1);
  uint64_t fraction = (uint64_t)(product >> shift);
  Wide remainder = product - ((Wide)fraction << shift);
  uint64_t last = precision > 0 ? fraction : whole;
  if (remainder > half || (remainder == half && (last & 1)))
    fraction++;
  if (fraction >= scale) {
    fraction -= scale;
    whole++;
  }
  if (precision > 0) {
    end = write_digits(end, fraction, precision);
    *--end = '.';
  }
  return write_digits(end, whole, 1);
}

static char locale_point(void) {
  const char *p = localeconv()->decimal_point;
  return p[0] ? p[0] : '.';
}

static void format_float(Thread *L, Buffer *b, Spec *spec, int arg) {
  Value v = native_arg(L, arg);
  double d = value_is_inline_int(v) ? (double)value_as_inline_int(v)
                                    : arg_float(L, arg);
  Layout layout = check_spec(L, spec, FLAGS_FLOAT, true);
  if (spec->letter == 'f' && !layout.other && locale_point() == '.') {
    char digits[48], *end = digits + sizeof digits;
    int precision = layout.precision < 0 ? 6 : layout.precision;
    char *at = fixed_digits(d, precision, end);
    if (at) {
      put_padded(L, b, layout, signbit(d) ? "-" : "", at, (size_t)(end - at));
      return;
    }
  }
  if (spec->letter == 'g' && layout.precision == 14 && layout.width == 0 &&
      !layout.left && !layout.zero && !layout.other) {
    b->len += float_text(d, reserve(L, b, NUMERAL_MAX));
    return;
  }
  print_double(L, b, spec, spec->letter == 'f' ? ITEM_F_MAX : ITEM_MAX, d);
}

static void format_hex_float(Thread *L, Buffer *b, const Spec *spec, int arg) {
  check_spec(L, spec, FLAGS_FLOAT, true);
  print_double(L, b, spec, ITEM_MAX + 20, wf_native_check_float(L, arg));
}

/* ---- everything else ----------------------------------------------------- */

static void format_char(Thread *L, Buffer *b, const Spec *spec, int arg) {
  check_spec(L, spec, FLAGS_CHAR, false);
  print_char(L, b, spec, ITEM_MAX, (int)arg_int(L, arg));
}

/* Equal short strings are one object for a program, though some are loose, and
 * for as long as it has one of them: what they share is the hash. */
static const void *short_identity(VM *vm, String *s) {
  return (const void *)(uintptr_t)(string_hash(vm, s) >> 17 | 8);
}

static void format_pointer(Thread *L, Buffer *b, Spec *spec, int arg) {
  Value v = native_arg(L, arg);
  const void *p = NULL;
  if (value_is_light(v))
    p = value_as_light(v);
  else if (value_is_string(v) && value_as_string(v)->len <= STRING_SHORT_MAX)
    p = short_identity(L->vm, value_as_string(v));
  else if (value_is_collectable(v) && !value_is_box(v))
    p = value_pointer(v);
  check_spec(L, spec, FLAGS_CHAR, false);
  if (p) {
    print_pointer(L, b, spec, ITEM_MAX, p);
  } else {
    set_letter(spec, "", 's');
    print_string(L, b, spec, ITEM_MAX, "(null)");
  }
}

/* GC: may run Lua (__tostring). */
static void format_string(Thread *L, Buffer *b, const Spec *spec, int arg) {
  Value v = native_arg(L, arg);
  String *s =
      value_is_string(v) ? value_as_string(v) : wf_operate_tostring(L, v);
  if (spec->len == 2) {
    put_string(b, s);
    return;
  }
  arg_check(L, !memchr(s->bytes, '\0', s->len), arg, "string contains zeros");
  Layout layout = check_spec(L, spec, FLAGS_CHAR, true);
  if (layout.precision < 0 && s->len >= LONG_STRING) {
    put_string(b, s);
    return;
  }
  size_t n = s->len;
  if (layout.precision >= 0 && (size_t)layout.precision < n)
    n = (size_t)layout.precision;
  put_padded(L, b, layout, "", s->bytes, n);
}

static void quote_string(Buffer *b, const String *s) {
  put_byte(b, '"');
  for (size_t i = 0; i < s->len; i++) {
    unsigned char c = (unsigned char)s->bytes[i];
    if (c == '"' || c == '\\' || c == '\n') {
      put_byte(b, '\\');
      put_byte(b, c);
    } else if (iscntrl(c)) {
      bool digit_follows = isdigit((unsigned char)s->bytes[i + 1]);
      wf_buffer_format(b, digit_follows ? "\\%03d" : "\\%d", (int)c);
    } else {
      put_byte(b, c);
    }
  }
  put_byte(b, '"');
}

static void quote_float(Buffer *b, double d) {
  if (isinf(d)) {
    wf_buffer_string(b, d < 0 ? "-1e9999" : "1e9999");
  } else if (isnan(d)) {
    wf_buffer_string(b, "(0/0)");
  } else {
    size_t start = b->len;
    wf_buffer_format(b, "%a", d);
    char *point = b->failed || b->len == start
                      ? NULL
                      : memchr(b->data + start, locale_point(), b->len - start);
    if (point)
      *point = '.';
  }
}

static void format_quoted(Thread *L, Buffer *b, const Spec *spec, int arg) {
  if (spec->len != 2)
    wf_error_format(L, "specifier '%%q' cannot have modifiers");
  Value v = native_arg(L, arg);
  if (value_is_string(v)) {
    quote_string(b, value_as_string(v));
  } else if (value_is_float(v)) {
    quote_float(b, value_as_float(v));
  } else if (value_is_int(v)) {
    int64_t i = value_as_int(v);
    if (i == INT64_MIN)
      wf_buffer_format(b, "0x%llx", (unsigned long long)i);
    else
      wf_buffer_format(b, "%lld", (long long)i);
  } else if (value_is_nil(v) || value_is_bool(v)) {
    wf_buffer_string(b, value_is_nil(v)   ? "nil"
                        : v == VALUE_TRUE ? "true"
                                          : "false");
  } else {
    wf_native_arg_error(L, arg, "value has no literal form");
  }
}

static void format_item(Thread *L, Buffer *b, Spec *spec, int arg) {
  switch (spec->letter) {
  case 'd':
  case 'i':
    format_int(L, b, spec, FLAGS_INT, arg);
    break;
  case 'u':
    format_int(L, b, spec, FLAGS_UNSIGNED, arg);
    break;
  case 'o':
  case 'x':
  case 'X':
    format_int(L, b, spec, FLAGS_HEX, arg);
    break;
  case 'f':
  case 'e':
  case 'E':
  case 'g':
  case 'G':
    format_float(L, b, spec, arg);
    break;
  case 'a':
  case 'A':
    format_hex_float(L, b, spec, arg);
    break;
  case 'c':
    format_char(L, b, spec, arg);
    break;
  case 'p':
    format_pointer(L, b, spec, arg);
    break;
  case 'q':
    format_quoted(L, b, spec, arg);
    break;
  case 's':
    format_string(L, b, spec, arg);
    break;
  default:
    wf_error_format(L, "invalid conversion '%s' to 'format'", spec->text);
  }
}

int wf_str_format_native(Thread *L) {
  String *format = arg_string(L, 1);
  int count = native_count(L), arg = 1;
  const char *p = format->bytes, *end = p + format->len, *mark;
  Buffer *b = wf_native_buffer(L);
  while ((mark = memchr(p, '%', (size_t)(end - p)))) {
    put_bytes(b, p, (size_t)(mark - p));
    p = mark + 1;
    if (*p == '%') {
      put_byte(b, *p++);
      continue;
    }
    if (++arg > count)
      wf_native_arg_error(L, arg, "no value");
    Spec spec;
    p = read_spec(L, p, &spec);
    format_item(L, b, &spec, arg);
  }
  put_bytes(b, p, (size_t)(end - p));
  wf_native_buffer_push(L, b);
  return 1;
}
