/* lib_utf8.c: the utf8 library. Decoding itself is base/utf8.c. */
#include "vm/base/utf8.h"
#include "vm/lib/arg.h"
#include <limits.h>

#define MAX_CODE 0x7FFFFFFFu
#define INVALID "invalid UTF-8 code"

static bool is_continuation(char c) { return ((uint8_t)c & 0xC0) == 0x80; }

/* Negative positions count from the end; 0 when that lies before the start. */
static int64_t position(int64_t i, size_t len) {
  if (i >= 0)
    return i;
  return 0 - (uint64_t)i > len ? 0 : (int64_t)len + i + 1;
}

static int utf8_len(Thread *L) {
  String *s = arg_string(L, 1);
  int64_t i = position(arg_opt_int(L, 2, 1), s->len) - 1;
  int64_t last = position(arg_opt_int(L, 3, -1), s->len) - 1;
  bool lax = arg_truth(L, 4);
  arg_check(L, i >= 0 && i <= (int64_t)s->len, 2,
            "initial position out of bounds");
  arg_check(L, last < (int64_t)s->len, 3, "final position out of bounds");
  int64_t n = 0;
  for (; i <= last; n++) {
    native_check_interrupt(L);
    uint32_t code;
    size_t size = wf_utf8_decode(s->bytes + i, s->len - (size_t)i, &code, !lax);
    if (size == 0) {
      native_push(L, VALUE_NIL);
      native_push_int(L, i + 1);
      return 2;
    }
    i += (int64_t)size;
  }
  native_push_int(L, n);
  return 1;
}

static int utf8_codepoint(Thread *L) {
  String *s = arg_string(L, 1);
  int64_t first = position(arg_opt_int(L, 2, 1), s->len);
  int64_t last = position(arg_opt_int(L, 3, first), s->len);
  bool lax = arg_truth(L, 4);
  arg_check(L, first >= 1, 2, "out of bounds");
  arg_check(L, last <= (int64_t)s->len, 3, "out of bounds");
  if (first > last)
    return 0;
  if (last - first >= INT_MAX)
    wf_error_format(L, "string slice too long");
  if (!native_fits(L, (uint64_t)(last - first + 1)))
    wf_error_format(L, "stack overflow (string slice too long)");
  wf_native_reserve(L, (int)(last - first + 1));
  const char *p = s->bytes + first - 1, *end = s->bytes + last;
  const char *limit = s->bytes + s->len;
  int n = 0;
  for (; p < end; n++) {
    uint32_t code;
    size_t size = wf_utf8_decode(p, (size_t)(limit - p), &code, !lax);
    if (size == 0)
      wf_error_format(L, INVALID);
    native_push_int(L, code);
    p += size;
  }
  return n;
}

static int utf8_char(Thread *L) {
  int n = native_count(L);
  char small[UTF8_MAX];
  if (LIKELY(n == 1)) {
    uint64_t code = (uint64_t)arg_int(L, 1);
    arg_check(L, code <= MAX_CODE, 1, "value out of range");
    wf_native_push_string(L, small, wf_utf8_encode((uint32_t)code, small));
    return 1;
  }
  Buffer *b = wf_native_buffer(L);
  for (int i = 1; i <= n; i++) {
    uint64_t code = (uint64_t)arg_int(L, i);
    arg_check(L, code <= MAX_CODE, i, "value out of range");
    put_bytes(b, small, wf_utf8_encode((uint32_t)code, small));
  }
  wf_native_buffer_push(L, b);
  return 1;
}

static int utf8_offset(Thread *L) {
  String *s = arg_string(L, 1);
  int64_t n = arg_int(L, 2), len = s->len;
  int64_t i = position(arg_opt_int(L, 3, n >= 0 ? 1 : len + 1), s->len) - 1;
  arg_check(L, i >= 0 && i <= len, 3, "position out of bounds");
  const char *p = s->bytes; /* p[len] is a NUL: no continuation byte */
  if (n == 0) {
    while (i > 0 && is_continuation(p[i]))
      i--;
  } else {
    if (is_continuation(p[i]))
      wf_error_format(L, "initial position is a continuation byte");
    for (; n < 0 && i > 0; n++) {
      native_check_interrupt(L);
      do
        i--;
      while (i > 0 && is_continuation(p[i]));
    }
    for (n -= n > 0; n > 0 && i < len; n--) {
      native_check_interrupt(L);
      do
        i++;
      while (is_continuation(p[i]));
    }
  }
  if (n == 0)
    native_push_int(L, i + 1);
  else
    native_push(L, VALUE_NIL);
  return 1;
}

/* Iterator of utf8.codes: the control value is the last position returned, so
 * the next character begins behind the continuation bytes after it. */
static int next_code(Thread *L, bool strict) {
  String *s = arg_string(L, 1);
  int64_t control = 0;
  wf_convert_to_int(L->vm, native_arg(L, 2), true, &control);
  uint64_t i = (uint64_t)control;
  if (i < s->len)
    while (is_continuation(s->bytes[i]))
      i++;
  if (i >= s->len)
    return 0;
  uint32_t code;
  size_t size = wf_utf8_decode(s->bytes + i, s->len - i, &code, strict);
  if (size == 0 || is_continuation(s->bytes[i + size]))
    wf_error_format(L, INVALID);
  native_push_int(L, (int64_t)i + 1);
  native_push_int(L, code);
  return 2;
}

static int next_code_strict(Thread *L) { return next_code(L, true); }
static int next_code_lax(Thread *L) { return next_code(L, false); }

static int utf8_codes(Thread *L) {
  String *s = arg_string(L, 1);
  bool lax = arg_truth(L, 2);
  arg_check(L, !is_continuation(s->bytes[0]), 1, INVALID);
  push_native(L, lax ? next_code_lax : next_code_strict, 0, NULL);
  push_string(L, s);
  native_push_int(L, 0);
  return 3;
}

void wf_lib_utf8_open(Thread *L) {
  static const NativeReg functions[] = {
      {"char", utf8_char}, {"codepoint", utf8_codepoint}, {"codes", utf8_codes},
      {"len", utf8_len},   {"offset", utf8_offset},       {NULL, NULL}};
  static const char pattern[] = "[\0-\x7F\xC2-\xFD][\x80-\xBF]*";
  Table *lib = wf_lib_open_new(L, "utf8", 6, functions);
  String *s = wf_string_new(L->vm, pattern, sizeof pattern - 1);
  wf_native_set_field(L, lib, "charpattern", value_from_string(s));
  native_pop(L);
}
