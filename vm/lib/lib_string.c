/* lib_string.c: the string library but for patterns, format and pack, which
 * have files of their own (str_*.c), and the metatable of strings.
 *
 * Short results are made in a buffer on the C stack, long ones
 * are written in place into the new string: see StringMaker. */
#include "vm/lib/arg.h"
#include "vm/lib/str_dump.h"
#include "vm/lib/str_format.h"
#include "vm/lib/str_pack.h"
#include "vm/lib/str_pattern.h"
#include <ctype.h>
#include <limits.h>

/* ---- making strings ------------------------------------------------------ */

typedef struct StringMaker {
  char *bytes; /* write `len` bytes here */
  size_t len;
  String *s; /* long strings only */
  char small[STRING_SHORT_MAX];
} StringMaker;

static inline char *make_string(Thread *L, StringMaker *m, size_t len) {
  m->len = len;
  m->s = NULL;
  m->bytes = m->small;
  if (len > STRING_SHORT_MAX) {
    m->s = wf_native_new_long(L, len);
    m->bytes = m->s->bytes;
  }
  return m->bytes;
}

static inline void push_made(Thread *L, StringMaker *m) {
  push_string(L, m->s ? m->s
                      : wf_string_make(L->vm, native_site(L), m->small, m->len));
}

/* ---- positions ----------------------------------------------------------- */

/* Start of a range, at least 1; negative counts from the end. */
static inline uint64_t range_start(int64_t i, size_t len) {
  if (LIKELY(i > 0))
    return (uint64_t)i;
  if (i == 0 || i < -(int64_t)len)
    return 1;
  return len + (uint64_t)i + 1;
}

/* End of a range, at most len. */
static inline uint64_t range_end(int64_t i, size_t len) {
  if (i > (int64_t)len)
    return len;
  if (i >= 0)
    return (uint64_t)i;
  return i < -(int64_t)len ? 0 : len + (uint64_t)i + 1;
}

/* ---- bytes and ranges ---------------------------------------------------- */

static int string_len(Thread *L) {
  native_push_int(L, arg_string(L, 1)->len);
  return 1;
}

static int string_sub(Thread *L) {
  String *s = arg_string(L, 1);
  size_t len = s->len;
  uint64_t start = range_start(arg_int(L, 2), len);
  uint64_t end = range_end(arg_opt_int(L, 3, -1), len);
  if (start > end)
    push_string(L, L->vm->empty);
  else if (end - start + 1 == len)
    push_string(L, s);
  else
    wf_native_push_string(L, s->bytes + start - 1, end - start + 1);
  return 1;
}

static int string_byte(Thread *L) {
  String *s = arg_string(L, 1);
  int64_t i = arg_opt_int(L, 2, 1);
  uint64_t start = range_start(i, s->len);
  uint64_t end = range_end(arg_opt_int(L, 3, i), s->len);
  if (LIKELY(start == end)) {
    native_push(L, value_from_inline_int((uint8_t)s->bytes[start - 1]));
    return 1;
  }
  if (start > end)
    return 0;
  uint64_t n = end - start + 1;
  if (n >= INT_MAX)
    wf_error_format(L, "string slice too long");
  if (!native_fits(L, n))
    wf_error_format(L, "stack overflow (string slice too long)");
  wf_native_reserve(L, (int)n);
  for (uint64_t k = start - 1; k < end; k++)
    *L->top++ = value_from_inline_int((uint8_t)s->bytes[k]);
  return (int)n;
}

static int string_char(Thread *L) {
  int n = native_count(L);
  StringMaker m;
  char *out = make_string(L, &m, (size_t)n);
  for (int i = 1; i <= n; i++) {
    uint64_t c = (uint64_t)arg_int(L, i);
    arg_check(L, c <= 255, i, "value out of range");
    out[i - 1] = (char)c;
  }
  push_made(L, &m);
  return 1;
}

/* Most bytes that are written at once: Ctrl-C is looked at in between. */
enum { PIECE = 1 << 24 };

static inline void reverse_bytes(char *out, const char *bytes, size_t n) {
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    uint64_t word;
    memcpy(&word, bytes + n - 8 - i, 8);
    word = __builtin_bswap64(word);
    memcpy(out + i, &word, 8);
  }
  for (; i < n; i++)
    out[i] = bytes[n - 1 - i];
}

static int string_reverse(Thread *L) {
  String *s = arg_string(L, 1);
  StringMaker m;
  char *out = make_string(L, &m, s->len);
  size_t left = s->len;
  for (; UNLIKELY(left > PIECE); left -= PIECE, out += PIECE) {
    reverse_bytes(out, s->bytes + left - PIECE, PIECE);
    native_check_interrupt(L);
  }
  reverse_bytes(out, s->bytes, left);
  push_made(L, &m);
  return 1;
}

/* ---- letter case --------------------------------------------------------- */

#define EACH_BYTE(b) (0x0101010101010101u * (uint64_t)(b))

/* Flips bit 5 of the bytes of w in [first, last], both ASCII. */
static inline uint64_t flip_case(uint64_t w, int first, int last) {
  uint64_t low = w & EACH_BYTE(0x7f);
  uint64_t from = low + EACH_BYTE(0x80 - first); /* bit 7: >= first */
  uint64_t past = low + EACH_BYTE(0x7f - last);  /* bit 7: > last */
  return w ^ ((from & ~past & ~w & EACH_BYTE(0x80)) >> 2);
}

static inline void flip_word(char *out, const char *bytes, int first,
                             int last) {
  uint64_t word;
  memcpy(&word, bytes, 8);
  word = flip_case(word, first, last);
  memcpy(out, &word, 8);
}

/* True when the locale changes the case of ASCII letters alone. Remembered per
 * locale: see wf_str_pattern_locale_changed. */
static bool case_is_ascii(void) {
  static uint32_t known;
  static bool ascii;
  if (UNLIKELY(known != wf_str_pattern_locale_generation())) {
    known = wf_str_pattern_locale_generation();
    ascii = true;
    for (int c = 0; c < 256; c++)
      ascii &= toupper(c) == (c >= 'a' && c <= 'z' ? c - 32 : c) &&
               tolower(c) == (c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return ascii;
}

/* Copies n bytes with the letters of [first, last] in the other case; `convert`
 * is the C library's function for that. */
static inline void flip_bytes(char *out, const char *bytes, size_t n, int first,
                              int last, int (*convert)(int)) {
  if (UNLIKELY(!case_is_ascii())) {
    for (size_t i = 0; i < n; i++)
      out[i] = (char)convert((unsigned char)bytes[i]);
  } else if (n < 8) {
    for (size_t i = 0; i < n; i++)
      out[i] = (char)flip_case((unsigned char)bytes[i], first, last);
  } else {
    for (size_t i = 0; i + 8 < n; i += 8)
      flip_word(out + i, bytes + i, first, last);
    flip_word(out + n - 8, bytes + n - 8, first, last);
  }
}

/* Pushes argument 1 in the other case: flip_bytes. */
static int change_case(Thread *L, int first, int last, int (*convert)(int)) {
  String *s = arg_string(L, 1);
  StringMaker m;
  char *out = make_string(L, &m, s->len);
  size_t done = 0;
  for (; UNLIKELY(s->len - done > PIECE); done += PIECE) {
    flip_bytes(out + done, s->bytes + done, PIECE, first, last, convert);
    native_check_interrupt(L);
  }
  flip_bytes(out + done, s->bytes + done, s->len - done, first, last, convert);
  push_made(L, &m);
  return 1;
}

static int string_lower(Thread *L) { return change_case(L, 'A', 'Z', tolower); }

static int string_upper(Thread *L) { return change_case(L, 'a', 'z', toupper); }

/* ---- repetition ---------------------------------------------------------- */

/* Fills out[0..total) with copies of its first `unit` bytes. */
static void fill_with_copies(Thread *L, char *out, size_t unit, size_t total) {
  for (size_t done = unit; done < total;) {
    size_t n = total - done;
    if (n > PIECE)
      n = PIECE;
    if (unit == 1) {
      memset(out + done, out[0], n);
    } else {
      size_t at = done > PIECE ? done % unit : 0;
      if (n > done - at)
        n = done - at;
      memcpy(out + done, out + at, n);
    }
    done += n;
    native_check_interrupt(L);
  }
}

static int string_rep(Thread *L) {
  String *s = arg_string(L, 1);
  int64_t n = arg_int(L, 2);
  String *separator = wf_native_opt_string(L, 3, L->vm->empty);
  uint64_t unit = (uint64_t)s->len + separator->len;
  if (n <= 0 || unit == 0) {
    push_string(L, L->vm->empty);
    return 1;
  }
  if (unit > (uint64_t)INT_MAX / (uint64_t)n)
    wf_error_format(L, "resulting string too large");
  size_t total = unit * (uint64_t)n - separator->len;
  StringMaker m;
  char *out = make_string(L, &m, total);
  memcpy(out, s->bytes, s->len);
  if (n > 1) {
    memcpy(out + s->len, separator->bytes, separator->len);
    fill_with_copies(L, out, unit, total);
  }
  push_made(L, &m);
  return 1;
}

/* ---- arithmetic of strings ----------------------------------------------- */

static Value to_number(Thread *L, int i) {
  Value v = native_arg(L, i);
  if (value_is_string(v))
    return wf_convert_string_to_number(L->vm, value_as_string(v));
  return value_is_number(v) ? v : VALUE_NIL;
}

/* The metamethod of strings for an arithmetic event: numerals become numbers;
 * otherwise the other operand's metamethod decides. Called with one argument,
 * as in getmetatable("").__add(2), a number is both operands, as in lua5.4. */
static int string_arith(Thread *L, Event event) {
  Value a = to_number(L, 1), b = to_number(L, native_count(L) == 1 ? 1 : 2);
  if (!value_is_nil(a) && !value_is_nil(b)) {
    native_push(L, wf_operate_arith(L, event, event == EVENT_UNM ? b : a, b));
    return 1;
  }
  wf_native_set_count(L, 2);
  VM *vm = L->vm;
  Value x = L->base[0], y = L->base[1];
  Value method =
      value_is_string(y) ? VALUE_NIL : wf_operate_metamethod(vm, y, event);
  if (value_is_nil(method))
    wf_error_format(L, "attempt to %s a '%s' with a '%s'",
                    wf_state_event_names[event] + 2,
                    wf_state_type_names[wf_state_type_of(x)],
                    wf_state_type_names[wf_state_type_of(y)]);
  native_push(L, method);
  native_push(L, x);
  native_push(L, y);
  return wf_native_tail_call(L, 2, 1);
}

#define ARITH(name, event)                                                     \
  static int arith_##name(Thread *L) { return string_arith(L, event); }
ARITH(add, EVENT_ADD)
ARITH(sub, EVENT_SUB)
ARITH(mul, EVENT_MUL)
ARITH(mod, EVENT_MOD)
ARITH(pow, EVENT_POW)
ARITH(div, EVENT_DIV)
ARITH(idiv, EVENT_IDIV)
ARITH(unm, EVENT_UNM)
#undef ARITH

static void open_metatable(Thread *L, Table *lib) {
  static const NativeReg methods[] = {
      {"__add", arith_add}, {"__sub", arith_sub},   {"__mul", arith_mul},
      {"__mod", arith_mod}, {"__pow", arith_pow},   {"__div", arith_div},
      {"__unm", arith_unm}, {"__idiv", arith_idiv}, {NULL, NULL}};
  VM *vm = L->vm;
  Table *meta = push_table(L, 0, 9);
  wf_native_register(L, meta, methods);
  wf_native_set_field(L, meta, "__index", value_from_table(lib));
  vm->metatables[TYPE_STRING] = meta; /* NOBARRIER: N3 */
  meta->flags |= TABLE_IS_META;
  meta->flags |= TABLE_IS_META;
  native_pop(L);
}

/* The functions that use patterns share the cache of compiled ones. */
static void open_patterns(Thread *L, Table *lib) {
  static const NativeReg functions[] = {{"find", wf_str_pattern_find},
                                        {"gmatch", wf_str_pattern_gmatch},
                                        {"gsub", wf_str_pattern_gsub},
                                        {"match", wf_str_pattern_match},
                                        {NULL, NULL}};
  wf_str_pattern_push_cache(L);
  for (const NativeReg *reg = functions; reg->name; reg++) {
    Function *f = wf_function_new_native(L->vm, reg->fn, 1, reg->name);
    set_upvalue(L->vm, f, 0, L->top[-1]);
    f->flags = 1; /* hidden */
    wf_native_set_field(L, lib, reg->name, value_from_function(f));
  }
  native_pop(L);
}

void wf_lib_string_open(Thread *L) {
  static const NativeReg functions[] = {
      {"byte", string_byte},        {"char", string_char},
      {"dump", wf_str_dump_native}, {"format", wf_str_format_native},
      {"len", string_len},          {"lower", string_lower},
      {"pack", wf_str_pack_pack},   {"packsize", wf_str_pack_size},
      {"rep", string_rep},          {"reverse", string_reverse},
      {"sub", string_sub},          {"unpack", wf_str_pack_unpack},
      {"upper", string_upper},      {NULL, NULL}};
  Table *lib = wf_lib_open_new(L, "string", 17, functions);
  open_patterns(L, lib);
  open_metatable(L, lib);
  native_pop(L);
}
