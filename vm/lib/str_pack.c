/* str_pack.c: string.pack, unpack and packsize: one reader of format strings,
 * three users.
 *
 * The reader yields one Field per option: what it is, its size, and the
 * padding that alignment wants before it at the current offset. Integers are
 * assembled byte by byte, so sizes 1 to 16 and both byte orders are one loop;
 * bytes past the eighth are sign extension. */
#include "vm/lib/str_pack.h"
#include "vm/lib/arg.h"
#include <limits.h>

enum {
  INT_SIZE_MAX = 16,
  NATIVE_ALIGN = 8,
  RESULT_MAX = INT_MAX /* largest packsize and option size */
};

typedef enum PackKind {
  PACK_INT,
  PACK_UNSIGNED,
  PACK_FLOAT,
  PACK_DOUBLE,
  PACK_CHARS,  /* fixed-size string */
  PACK_STRING, /* length prefix of `size` bytes */
  PACK_ZERO,   /* zero-terminated */
  PACK_PAD,    /* one byte */
  PACK_ALIGN,  /* X */
  PACK_NOTHING /* space and the settings */
} PackKind;

typedef struct Reader {
  Thread *L;
  const char *p; /* NUL-terminated */
  bool little;
  int max_align;
} Reader;

typedef struct Field {
  PackKind kind;
  int size, padding;
} Field;

static void reader_init(Reader *r, Thread *L, const String *format) {
  const uint16_t one = 1;
  r->L = L;
  r->p = format->bytes;
  r->little = *(const uint8_t *)&one == 1;
  r->max_align = 1;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static int read_number(Reader *r, int absent) {
  if (!is_digit(*r->p))
    return absent;
  int n = 0;
  do {
    n = n * 10 + (*r->p++ - '0');
  } while (is_digit(*r->p) && n <= (RESULT_MAX - 9) / 10);
  return n;
}

static int read_int_size(Reader *r, int absent) {
  int n = read_number(r, absent);
  if (n > INT_SIZE_MAX || n <= 0)
    wf_error_format(r->L, "integral size (%d) out of limits [1,%d]", n,
                    INT_SIZE_MAX);
  return n;
}

static Field option(PackKind kind, int size) {
  return (Field){.kind = kind, .size = size};
}

static Field read_option(Reader *r) {
  char c = *r->p++;
  switch (c) {
  case 'b':
    return option(PACK_INT, 1);
  case 'B':
    return option(PACK_UNSIGNED, 1);
  case 'h':
    return option(PACK_INT, sizeof(short));
  case 'H':
    return option(PACK_UNSIGNED, sizeof(short));
  case 'i':
    return option(PACK_INT, read_int_size(r, sizeof(int)));
  case 'I':
    return option(PACK_UNSIGNED, read_int_size(r, sizeof(int)));
  case 'l':
    return option(PACK_INT, sizeof(long));
  case 'L':
    return option(PACK_UNSIGNED, sizeof(long));
  case 'j':
    return option(PACK_INT, sizeof(int64_t));
  case 'J':
    return option(PACK_UNSIGNED, sizeof(int64_t));
  case 'T':
    return option(PACK_UNSIGNED, sizeof(size_t));
  case 'f':
    return option(PACK_FLOAT, sizeof(float));
  case 'd':
  case 'n':
    return option(PACK_DOUBLE, sizeof(double));
  case 's':
    return option(PACK_STRING, read_int_size(r, sizeof(size_t)));
  case 'c': {
    int n = read_number(r, -1);
    if (n == -1)
      wf_error_format(r->L, "missing size for format option 'c'");
    return option(PACK_CHARS, n);
  }
  case 'z':
    return option(PACK_ZERO, 0);
  case 'x':
    return option(PACK_PAD, 1);
  case 'X':
    return option(PACK_ALIGN, 0);
  case ' ':
    break;
  case '<':
    r->little = true;
    break;
  case '>':
    r->little = false;
    break;
  case '=':
    r->little = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__;
    break;
  case '!':
    r->max_align = read_int_size(r, NATIVE_ALIGN);
    break;
  default:
    wf_error_format(r->L, "invalid format option '%c'", c);
  }
  return option(PACK_NOTHING, 0);
}

/* The next field when `offset` bytes lie before it. */
static Field read_field(Reader *r, size_t offset) {
  Field f = read_option(r);
  int align = f.size;
  if (f.kind == PACK_ALIGN) {
    Field next = option(PACK_CHARS, 0);
    if (*r->p)
      next = read_option(r);
    align = next.size;
    if (next.kind == PACK_CHARS || align == 0)
      wf_native_arg_error(r->L, 1, "invalid next option for option 'X'");
  }
  if (align <= 1 || f.kind == PACK_CHARS)
    return f;
  if (align > r->max_align)
    align = r->max_align;
  if (align & (align - 1))
    wf_native_arg_error(r->L, 1, "format asks for alignment not power of 2");
  f.padding =
      (int)((size_t)align - (offset & (size_t)(align - 1))) & (align - 1);
  return f;
}

/* ---- packing ------------------------------------------------------------- */

static char *reserve(Thread *L, Buffer *b, size_t n) {
  if (UNLIKELY(!wf_buffer_reserve(b, n)))
    wf_error_memory(L->vm);
  return b->data + b->len;
}

static void put_zeros(Thread *L, Buffer *b, size_t n) {
  if (n > 0)
    memset(reserve(L, b, n), 0, n);
  b->len += n;
}

static void put_int(Thread *L, Buffer *b, uint64_t u, bool little, int size,
                    bool negative) {
  char *out = reserve(L, b, INT_SIZE_MAX);
  for (int i = 0; i < size; i++) {
    int byte = i < 8 ? (int)(u >> (8 * i) & 0xff) : negative ? 0xff : 0;
    out[little ? i : size - 1 - i] = (char)byte;
  }
  b->len += (size_t)size;
}

static void pack_int(Reader *r, Buffer *b, Field f, int arg) {
  int64_t i = arg_int(r->L, arg);
  if (f.size < 8) {
    int64_t limit = (int64_t)1 << (f.size * 8 - 1);
    if (f.kind == PACK_INT)
      arg_check(r->L, -limit <= i && i < limit, arg, "integer overflow");
    else
      arg_check(r->L, (uint64_t)i < (uint64_t)limit * 2, arg,
                "unsigned overflow");
  }
  put_int(r->L, b, (uint64_t)i, r->little, f.size, f.kind == PACK_INT && i < 0);
}

static void pack_float(Reader *r, Buffer *b, Field f, int arg) {
  double d = value_foreign_float(wf_native_check_float(r->L, arg));
  uint64_t bits = 0;
  if (f.kind == PACK_FLOAT) {
    float single = (float)d;
    uint32_t word;
    memcpy(&word, &single, sizeof word);
    bits = word;
  } else {
    memcpy(&bits, &d, sizeof bits);
  }
  put_int(r->L, b, bits, r->little, f.size, false);
}

/* Strings of any kind; returns how many bytes were added beyond f.size. */
static size_t pack_string(Reader *r, Buffer *b, Field f, int arg) {
  Thread *L = r->L;
  String *s = arg_string(L, arg);
  switch (f.kind) {
  case PACK_CHARS:
    arg_check(L, s->len <= (size_t)f.size, arg,
              "string longer than given size");
    put_string(b, s);
    put_zeros(L, b, (size_t)f.size - s->len);
    return 0;
  case PACK_STRING:
    arg_check(L, f.size >= 8 || s->len < (uint64_t)1 << (f.size * 8), arg,
              "string length does not fit in given size");
    put_int(L, b, s->len, r->little, f.size, false);
    put_string(b, s);
    return s->len;
  default:
    arg_check(L, !memchr(s->bytes, '\0', s->len), arg, "string contains zeros");
    put_bytes(b, s->bytes, (size_t)s->len + 1);
    return (size_t)s->len + 1;
  }
}

int wf_str_pack_pack(Thread *L) {
  Reader r;
  reader_init(&r, L, arg_string(L, 1));
  native_push(L, VALUE_NIL); /* what a missing argument is, in messages too */
  Buffer *b = wf_native_buffer(L);
  size_t total = 0;
  int arg = 1;
  while (*r.p) {
    Field f = read_field(&r, total);
    total += (size_t)f.padding + (size_t)f.size;
    put_zeros(L, b, (size_t)f.padding);
    switch (f.kind) {
    case PACK_INT:
    case PACK_UNSIGNED:
      pack_int(&r, b, f, ++arg);
      break;
    case PACK_FLOAT:
    case PACK_DOUBLE:
      pack_float(&r, b, f, ++arg);
      break;
    case PACK_CHARS:
    case PACK_STRING:
    case PACK_ZERO:
      total += pack_string(&r, b, f, ++arg);
      break;
    case PACK_PAD:
      put_byte(b, 0);
      break;
    case PACK_ALIGN:
    case PACK_NOTHING:
      break;
    }
  }
  wf_native_buffer_push(L, b);
  return 1;
}

int wf_str_pack_size(Thread *L) {
  Reader r;
  reader_init(&r, L, arg_string(L, 1));
  size_t total = 0;
  while (*r.p) {
    Field f = read_field(&r, total);
    arg_check(L, f.kind != PACK_STRING && f.kind != PACK_ZERO, 1,
              "variable-length format");
    size_t size = (size_t)f.padding + (size_t)f.size;
    arg_check(L, total <= RESULT_MAX - size, 1, "format result too large");
    total += size;
  }
  native_push_int(L, (int64_t)total);
  return 1;
}

/* ---- unpacking ----------------------------------------------------------- */

static uint64_t get_int(Thread *L, const char *p, bool little, int size,
                        bool is_signed) {
  uint64_t u = 0;
  for (int i = 0; i < size && i < 8; i++)
    u |= (uint64_t)(uint8_t)p[little ? i : size - 1 - i] << (8 * i);
  if (size < 8) {
    if (is_signed) {
      uint64_t sign = (uint64_t)1 << (size * 8 - 1);
      u = (u ^ sign) - sign;
    }
    return u;
  }
  uint8_t fill = is_signed && (int64_t)u < 0 ? 0xff : 0;
  for (int i = 8; i < size; i++)
    if ((uint8_t)p[little ? i : size - 1 - i] != fill)
      wf_error_format(L, "%d-byte integer does not fit into Lua Integer", size);
  return u;
}

static Value get_float(Reader *r, const char *p, Field f) {
  uint64_t bits = get_int(r->L, p, r->little, f.size, false);
  if (f.kind == PACK_DOUBLE) {
    double d;
    memcpy(&d, &bits, sizeof d);
    return value_from_foreign_float(d);
  }
  uint32_t word = (uint32_t)bits;
  float single;
  memcpy(&single, &word, sizeof single);
  return value_from_foreign_float((double)single);
}

/* Pushes the value of a field at p, with `left` bytes from p on; returns how
 * many bytes it took beyond f.size. */
static size_t unpack_field(Reader *r, const char *p, size_t left, Field f) {
  Thread *L = r->L;
  switch (f.kind) {
  case PACK_INT:
  case PACK_UNSIGNED:
    native_push_int(
        L, (int64_t)get_int(L, p, r->little, f.size, f.kind == PACK_INT));
    return 0;
  case PACK_FLOAT:
  case PACK_DOUBLE:
    native_push(L, get_float(r, p, f));
    return 0;
  case PACK_CHARS:
    wf_native_push_string(L, p, (size_t)f.size);
    return 0;
  case PACK_STRING: {
    uint64_t len = get_int(L, p, r->little, f.size, false);
    arg_check(L, len <= left - (size_t)f.size, 2, "data string too short");
    wf_native_push_string(L, p + f.size, len);
    return len;
  }
  default: {
    const char *end = memchr(p, '\0', left);
    arg_check(L, end != NULL, 2, "unfinished string for format 'z'");
    wf_native_push_string(L, p, (size_t)(end - p));
    return (size_t)(end - p) + 1;
  }
  }
}

static size_t start_position(int64_t i, size_t len) {
  if (i > 0)
    return (size_t)i - 1;
  if (i == 0 || i < -(int64_t)len)
    return 0;
  return len + (size_t)i;
}

int wf_str_pack_unpack(Thread *L) {
  Reader r;
  reader_init(&r, L, arg_string(L, 1));
  String *s = arg_string(L, 2);
  size_t at = start_position(arg_opt_int(L, 3, 1), s->len);
  arg_check(L, at <= s->len, 3, "initial position out of string");
  int n = 0;
  while (*r.p) {
    Field f = read_field(&r, at);
    arg_check(L, (size_t)f.padding + (size_t)f.size <= s->len - at, 2,
              "data string too short");
    at += (size_t)f.padding;
    if (f.kind < PACK_PAD) {
      if (n >= NATIVE_STACK / 2)
        wf_native_reserve(L, 2);
      at += unpack_field(&r, s->bytes + at, s->len - at, f);
      n++;
    }
    at += (size_t)f.size;
  }
  native_push_int(L, (int64_t)at + 1);
  return n + 1;
}
