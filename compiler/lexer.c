/* lexer.c: source text to tokens (manual 3.1).
 *
 * The text ends in NULs, so scanning loops need no bounds test: NUL stops
 * every loop, and only then is the position compared with the end. Strings
 * without escapes and all names are slices of the source; only strings with
 * escapes (or long strings with carriage returns) pass through a buffer.
 *
 * Text that comes in pieces is scanned by the same code. A token that touches
 * the end of the text is scanned again with one more piece, unless there is
 * none: so pieces are asked for when C Lua, which always looks one character
 * ahead, asks for them. The text then moves, and names are copied. */
#include "compiler/lexer.h"
#include "vm/base/alloc.h"
#include "vm/base/numeral.h"
#include "vm/base/utf8.h"
#include <string.h>

enum {
  ALPHA = 1, /* may start a name */
  DIGIT = 2,
  HEX = 4,
  SPACE = 8,  /* white space but line breaks */
  BREAK = 16, /* line breaks */
  STOP = 32   /* ends the plain part of a quoted string */
};
// clang-format off
static const uint8_t char_class[256] = {
    [0] = STOP,
    ['\t'] = SPACE, ['\v'] = SPACE, ['\f'] = SPACE, [' '] = SPACE,
    ['\n'] = BREAK | STOP, ['\r'] = BREAK | STOP,
    ['\\'] = STOP, ['"'] = STOP, ['\''] = STOP,
    ['0' ... '9'] = DIGIT | HEX,
    ['A' ... 'F'] = ALPHA | HEX, ['G' ... 'Z'] = ALPHA,
    ['a' ... 'f'] = ALPHA | HEX, ['g' ... 'z'] = ALPHA,
    ['_'] = ALPHA,
};
// clang-format on
static inline int class_of(char ch) { return char_class[(uint8_t)ch]; }

static const char *const token_names[] = {
    "and",    "break",    "do",     "else",   "elseif", "end",      "false",
    "for",    "function", "goto",   "if",     "in",     "local",    "nil",
    "not",    "or",       "repeat", "return", "then",   "true",     "until",
    "while",  "//",       "..",     "...",    "==",     ">=",       "<=",
    "~=",     "<<",       ">>",     "::",     "<eof>",  "<number>", "<integer>",
    "<name>", "<string>"};

int wf_lexer_reserved(const char *s, size_t len) {
  if (len < 2 || len > 8 || !(class_of(s[0]) & ALPHA))
    return 0;
  for (int k = TK_AND; k <= TK_WHILE; k++) {
    const char *word = token_names[k - TK_AND];
    if (word[0] == s[0] && strlen(word) == len && !memcmp(word, s, len))
      return k;
  }
  return 0;
}

/* Messages */

const char *wf_lexer_token_text(int kind, char out[16]) {
  Buffer b;
  if (kind >= TK_AND) {
    const char *name = token_names[kind - TK_AND];
    if (kind >= TK_EOS)
      return name;
    wf_buffer_init(&b);
    wf_buffer_format(&b, "'%s'", name);
  } else {
    wf_buffer_init(&b);
    wf_buffer_format(&b, kind >= 32 && kind < 127 ? "'%c'" : "'<\\%d>'", kind);
  }
  size_t n = b.len < 15 ? b.len : 15;
  memcpy(out, wf_buffer_cstr(&b), n);
  out[n] = 0;
  wf_buffer_free(&b);
  return out;
}

/* Appends text up to its first NUL, as C's %s would. */
static void append_text(Buffer *b, const char *s, size_t len) {
  const char *nul = memchr(s, 0, len);
  wf_buffer_bytes(b, s, nul ? (size_t)(nul - s) : len);
}

static void append_near(Lexer *lx, const Token *t) {
  Buffer *b = lx->c->message;
  char text[16];
  if (t->kind == 0)
    return; /* a NUL byte in the source: C Lua says nothing either */
  wf_buffer_string(b, " near ");
  if (t->kind == TK_STRING) {
    /* Delimiters as written around the value as read. */
    size_t quote = 1;
    if (t->start[0] == '[')
      while (t->start[quote++] != '[')
        continue;
    Buffer whole;
    wf_buffer_init(&whole);
    wf_buffer_bytes(&whole, t->start, quote);
    wf_buffer_bytes(&whole, t->as.name->bytes, t->as.name->len);
    wf_buffer_bytes(&whole, t->end - quote, quote);
    wf_buffer_byte(b, '\'');
    append_text(b, wf_buffer_cstr(&whole), whole.len);
    wf_buffer_byte(b, '\'');
    wf_buffer_free(&whole);
  } else if (t->kind >= TK_FLOAT) {
    wf_buffer_byte(b, '\'');
    append_text(b, t->start, (size_t)(t->end - t->start));
    wf_buffer_byte(b, '\'');
  } else {
    wf_buffer_string(b, wf_lexer_token_text(t->kind, text));
  }
}

void wf_lexer_error(Lexer *lx, const char *fmt, ...) {
  wf_context_position(lx->c, lx->tok.line);
  va_list ap;
  va_start(ap, fmt);
  wf_buffer_vformat(lx->c->message, fmt, ap);
  va_end(ap);
  append_near(lx, &lx->tok);
  wf_context_fail(lx->c);
}

void wf_lexer_error_at(Lexer *lx, uint32_t line, const char *msg) {
  wf_context_position(lx->c, line);
  wf_buffer_string(lx->c->message, msg);
  append_near(lx, &lx->tok);
  wf_context_fail(lx->c);
}

void wf_lexer_error_plain(Lexer *lx, const char *fmt, ...) {
  wf_context_position(lx->c, lx->tok.line);
  va_list ap;
  va_start(ap, fmt);
  wf_buffer_vformat(lx->c->message, fmt, ap);
  va_end(ap);
  wf_context_fail(lx->c);
}

/* An error inside a token: near the text read so far. */
static NORETURN COLDFN void token_error(Lexer *lx, const char *msg,
                                        const char *text, size_t len) {
  Buffer *b = lx->c->message;
  wf_context_position(lx->c, lx->line);
  wf_buffer_string(b, msg);
  wf_buffer_string(b, " near '");
  append_text(b, text, len);
  wf_buffer_byte(b, '\'');
  wf_context_fail(lx->c);
}

/* Gives the token up when what is at p decides and has not come yet. */
static void need_text(Lexer *lx, const char *p) {
  if (lx->more && p >= lx->end)
    longjmp(lx->retry, 1);
}

static NORETURN COLDFN void unfinished(Lexer *lx, const char *what,
                                       uint32_t line) {
  need_text(lx, lx->end);
  if (line)
    wf_context_error(lx->c, lx->line,
                     "unfinished %s (starting at line %u) near <eof>", what,
                     (unsigned)line);
  wf_context_error(lx->c, lx->line, "unfinished %s near <eof>", what);
}

/* Line breaks: \n, \r, \r\n and \n\r are one each. */
static const char *skip_break(Lexer *lx, const char *p) {
  char first = *p++;
  if ((class_of(*p) & BREAK) && *p != first)
    p++;
  lx->line++;
  return p;
}

/* Long brackets */

/* Number of '=' of the opening long bracket at p ("[==["), or -1. */
static ptrdiff_t long_bracket(const char *p) {
  const char *q = p + 1;
  while (*q == '=')
    q++;
  return *q == '[' ? q - p - 1 : -1;
}

/* Scans the body of a long string or comment from the opening bracket;
 * returns the position after the closing one. *body and *body_len tell the
 * content as written, *has_cr whether it needs normalising. */
static const char *scan_long(Lexer *lx, const char *p, ptrdiff_t level,
                             const char *what, const char **body,
                             size_t *body_len, bool *has_cr) {
  uint32_t line = lx->line;
  p += level + 2;
  if (class_of(*p) & BREAK)
    p = skip_break(lx, p);
  *body = p;
  *has_cr = false;
  for (;;) {
    char ch = *p;
    if (ch == ']') {
      const char *q = p + 1;
      while (*q == '=')
        q++;
      if (*q == ']' && q - p - 1 == level) {
        *body_len = (size_t)(p - *body);
        return q + 1;
      }
      p = q;
    } else if (ch == '\n' || ch == '\r') {
      const char *q = skip_break(lx, p);
      if (ch == '\r' || q - p > 1)
        *has_cr = true;
      p = q;
    } else if (ch == 0 && p == lx->end) {
      unfinished(lx, what, line);
    } else {
      p++;
    }
  }
}

static Name *long_string(Lexer *lx, const char *body, size_t len, bool has_cr) {
  if (!has_cr)
    return wf_context_intern(lx->c, body, len, false);
  Buffer *b = &lx->c->scratch;
  b->len = 0;
  const char *end = body + len;
  for (const char *p = body; p < end;) {
    if (class_of(*p) & BREAK) {
      char first = *p++;
      if (p < end && (class_of(*p) & BREAK) && *p != first)
        p++;
      wf_buffer_byte(b, '\n');
    } else {
      wf_buffer_byte(b, *p++);
    }
  }
  if (b->failed)
    wf_context_no_memory(lx->c);
  return wf_context_intern(lx->c, wf_buffer_cstr(b), b->len, true);
}

/* Quoted strings. The scratch buffer holds the opening quote and what has been
 * read of the value, which is what messages show. */

/* Error in the escape from `escape` to the character at p, included. */
static NORETURN COLDFN void escape_error(Lexer *lx, const char *msg,
                                         const char *escape, const char *p) {
  Buffer *b = &lx->c->scratch;
  need_text(lx, p + 1);
  if (p < lx->end)
    p++;
  wf_buffer_bytes(b, escape, (size_t)(p - escape));
  token_error(lx, msg, wf_buffer_cstr(b), b->len);
}

static uint32_t hex_value(char ch) {
  return ch <= '9' ? (uint32_t)(ch - '0') : (uint32_t)((ch | 32) - 'a' + 10);
}

static const char *utf8_escape(Lexer *lx, const char *escape, const char *p) {
  if (*p != '{')
    escape_error(lx, "missing '{'", escape, p);
  if (!(class_of(*++p) & HEX))
    escape_error(lx, "hexadecimal digit expected", escape, p);
  uint32_t code = 0;
  for (; class_of(*p) & HEX; p++) {
    if (code > 0x7FFFFFFFu >> 4)
      escape_error(lx, "UTF-8 value too large", escape, p);
    code = code << 4 | hex_value(*p);
  }
  if (*p != '}')
    escape_error(lx, "missing '}'", escape, p);
  char out[UTF8_MAX];
  wf_buffer_bytes(&lx->c->scratch, out, wf_utf8_encode(code, out));
  return p + 1;
}

/* Reads the escape whose backslash is at `escape`; returns what follows it. */
static const char *read_escape(Lexer *lx, const char *escape) {
  Buffer *b = &lx->c->scratch;
  const char *p = escape + 1;
  static const char letters[] = "a\ab\bf\fn\nr\rt\tv\v\\\\\"\"''";
  for (const char *l = letters; *l; l += 2)
    if (*l == *p) {
      wf_buffer_byte(b, l[1]);
      return p + 1;
    }
  if (class_of(*p) & BREAK) {
    wf_buffer_byte(b, '\n');
    return skip_break(lx, p);
  }
  if (*p == 'x') {
    for (int i = 1; i <= 2; i++)
      if (!(class_of(p[i]) & HEX))
        escape_error(lx, "hexadecimal digit expected", escape, p + i);
    wf_buffer_byte(b, (int)(hex_value(p[1]) << 4 | hex_value(p[2])));
    return p + 3;
  }
  if (*p == 'u')
    return utf8_escape(lx, escape, p + 1);
  if (*p == 'z') {
    p++;
    for (;;)
      if (class_of(*p) & SPACE)
        p++;
      else if (class_of(*p) & BREAK)
        p = skip_break(lx, p);
      else
        return p;
  }
  if (class_of(*p) & DIGIT) {
    int value = 0;
    for (int i = 0; i < 3 && (class_of(*p) & DIGIT); i++)
      value = value * 10 + (*p++ - '0');
    if (value > 255)
      escape_error(lx, "decimal escape too large", escape, p);
    wf_buffer_byte(b, value);
    return p;
  }
  if (*p == 0 && p == lx->end)
    return p;
  escape_error(lx, "invalid escape sequence", escape, p);
}

static const char *quoted_string(Lexer *lx, const char *start, Token *t) {
  const char quote = *start;
  const char *p = start + 1, *plain = start;
  Buffer *b = &lx->c->scratch;
  b->len = 0;
  for (;;) {
    while (!(class_of(*p) & STOP))
      p++;
    if (*p == quote)
      break;
    if (*p == '\\') {
      wf_buffer_bytes(b, plain, (size_t)(p - plain));
      plain = p = read_escape(lx, p);
    } else if (class_of(*p) & BREAK) {
      wf_buffer_bytes(b, plain, (size_t)(p - plain));
      token_error(lx, "unfinished string", wf_buffer_cstr(b), b->len);
    } else if (p == lx->end) {
      unfinished(lx, "string", 0);
    } else {
      p++; /* a NUL or the other quote */
    }
  }
  if (plain == start) {
    t->as.name =
        wf_context_intern(lx->c, start + 1, (size_t)(p - start - 1), false);
  } else {
    wf_buffer_bytes(b, plain, (size_t)(p - plain));
    if (b->failed)
      wf_context_no_memory(lx->c);
    t->as.name = wf_context_intern(lx->c, b->data + 1, b->len - 1, true);
  }
  return p + 1;
}

/* Numerals */

static const char *long_numeral(Lexer *lx, const char *start, Token *t) {
  const char *p = start + (*start == '.');
  char mark = 'e';
  if (p[0] == '0' && (p[1] | 32) == 'x') {
    mark = 'p';
    p += 2;
  }
  for (;;) {
    if ((*p | 32) == mark) {
      p++;
      if (*p == '+' || *p == '-')
        p++;
    } else if ((class_of(*p) & HEX) || *p == '.') {
      p++;
    } else {
      break;
    }
  }
  if (class_of(*p) & ALPHA)
    p++;
  Numeral n = wf_numeral_parse(start, (size_t)(p - start));
  if (n.kind == NUMERAL_INT) {
    t->kind = TK_INT;
    t->as.i = n.as.i;
  } else if (n.kind == NUMERAL_FLOAT) {
    t->kind = TK_FLOAT;
    t->as.d = n.as.d;
  } else {
    need_text(lx, p);
    token_error(lx, "malformed number", start, (size_t)(p - start));
  }
  return p;
}

static const char *numeral(Lexer *lx, const char *start, Token *t) {
  const char *p = start;
  uint64_t value = 0;
  while (class_of(*p) & DIGIT)
    value = value * 10 + (uint64_t)(*p++ - '0');
  if (p - start > 18 || (class_of(*p) & ALPHA) || *p == '.')
    return long_numeral(lx, start, t);
  t->kind = TK_INT;
  t->as.i = (int64_t)value;
  return p;
}

/* Tokens */

static const char *skip_comment(Lexer *lx, const char *p) {
  p += 2;
  if (*p == '[') {
    ptrdiff_t level = long_bracket(p);
    if (level >= 0) {
      const char *body;
      size_t len;
      bool has_cr;
      return scan_long(lx, p, level, "long comment", &body, &len, &has_cr);
    }
  }
  while (!(class_of(*p) & BREAK) && !(*p == 0 && p == lx->end))
    p++;
  return p;
}

static const char *bracket(Lexer *lx, const char *p, Token *t) {
  ptrdiff_t level = long_bracket(p);
  if (level < 0) {
    const char *q = p + 1;
    while (*q == '=')
      q++;
    if (q > p + 1)
      need_text(lx, q);
    if (q > p + 1)
      token_error(lx, "invalid long string delimiter", p, (size_t)(q - p));
    t->kind = '[';
    return p + 1;
  }
  const char *body;
  size_t len;
  bool has_cr;
  p = scan_long(lx, p, level, "long string", &body, &len, &has_cr);
  t->kind = TK_STRING;
  t->as.name = long_string(lx, body, len, has_cr);
  return p;
}

/* One or two characters: `kind` when the second is `second`. */
static inline const char *pair(const char *p, Token *t, char second, int kind) {
  if (p[1] == second) {
    t->kind = kind;
    return p + 2;
  }
  t->kind = (uint8_t)*p;
  return p + 1;
}

static const char *punctuation(Lexer *lx, const char *p, Token *t) {
  switch (*p) {
  case '[':
    return bracket(lx, p, t);
  case '=':
    return pair(p, t, '=', TK_EQ);
  case '~':
    return pair(p, t, '=', TK_NE);
  case '/':
    return pair(p, t, '/', TK_IDIV);
  case ':':
    return pair(p, t, ':', TK_DBCOLON);
  case '<':
    return p[1] == '<' ? pair(p, t, '<', TK_SHL) : pair(p, t, '=', TK_LE);
  case '>':
    return p[1] == '>' ? pair(p, t, '>', TK_SHR) : pair(p, t, '=', TK_GE);
  case '"':
  case '\'':
    t->kind = TK_STRING;
    return quoted_string(lx, p, t);
  case '.':
    if (class_of(p[1]) & DIGIT)
      return long_numeral(lx, p, t);
    if (p[1] == '.') {
      t->kind = p[2] == '.' ? TK_DOTS : TK_CONCAT;
      return p + (p[2] == '.' ? 3 : 2);
    }
    break;
  }
  t->kind = (uint8_t)*p;
  return p + 1;
}

static void scan(Lexer *lx, Token *t) {
  const char *p = lx->p;
  for (;;) {
    int cls = class_of(*p);
    if (cls & ALPHA) {
      const char *q = p + 1;
      while (class_of(*q) & (ALPHA | DIGIT))
        q++;
      t->start = p;
      t->as.name = wf_context_intern(lx->c, p, (size_t)(q - p), false);
      t->kind = t->as.name->token ? (int)t->as.name->token : TK_NAME;
      p = q;
      break;
    }
    if (cls & SPACE) {
      p++;
    } else if (cls & BREAK) {
      p = skip_break(lx, p);
    } else if (*p == '-' && p[1] == '-') {
      p = skip_comment(lx, p);
    } else if (cls & DIGIT) {
      t->start = p;
      p = numeral(lx, p, t);
      break;
    } else if (*p == 0 && p >= lx->end) {
      t->start = p;
      t->kind = TK_EOS;
      break;
    } else {
      t->start = p;
      p = punctuation(lx, p, t);
      break;
    }
  }
  t->end = lx->p = p;
  t->line = lx->line;
}

/* Pieces */

enum { PADDING = 16, FIRST_ROOM = 1024, ESCAPE_MAX = 12 };

/* Room for n more bytes and the padding: drops what no token needs, once that
 * is half of the text, or grows. */
static void make_room(Lexer *lx, size_t n) {
  const char *oldest = lx->tok.start ? lx->tok.start : lx->p;
  size_t len = (size_t)(lx->end - lx->text), room = lx->room;
  size_t dead = (size_t)(oldest - lx->text), moved = 0;
  char *text = lx->text;
  if (n <= room - len - PADDING)
    return;
  if (dead >= len / 2) {
    memmove(text, oldest, len - dead);
    len -= dead;
    moved = dead;
  }
  if (n > room - len - PADDING) {
    if (n > SIZE_MAX / 4 || len > SIZE_MAX / 4)
      wf_context_no_memory(lx->c);
    room = 2 * (len + n) + PADDING;
    text = wf_alloc_resize(text, room);
    if (!text)
      wf_context_no_memory(lx->c);
  }
  uintptr_t delta = (uintptr_t)text - moved - (uintptr_t)lx->text;
  const char **pointers[] = {&lx->p,         &lx->end,         &lx->tok.start,
                             &lx->tok.end,   &lx->ahead.start, &lx->ahead.end};
  for (size_t i = 0; i < sizeof pointers / sizeof *pointers; i++)
    if (*pointers[i])
      *pointers[i] = (const char *)((uintptr_t)*pointers[i] + delta);
  lx->text = text;
  lx->room = room;
}

static void append_text_bytes(Lexer *lx, const char *bytes, size_t len) {
  make_room(lx, len);
  char *end = lx->text + (lx->end - lx->text);
  memcpy(end, bytes, len);
  memset(end + len, 0, PADDING);
  lx->end = end + len;
}

/* Bytes one of which the token at p, cut off at the end of the text, needs to
 * be told; NULL: any. */
static const char *awaited(const Lexer *lx, const char *p) {
  if (p[0] == '-' && p[1] == '-' && p[2] != '[')
    return "\n\r";
  if (lx->stopped && p[0] == '-' && p[1] == '-')
    return long_bracket(p + 2) >= 0 ? "]" : NULL;
  if (lx->stopped && p[0] == '[')
    return long_bracket(p) >= 0 ? "]" : NULL;
  if (lx->stopped && (p[0] == '"' || p[0] == '\'')) {
    size_t tail = (size_t)(lx->end - p);
    tail = tail < ESCAPE_MAX ? tail : ESCAPE_MAX;
    return memchr(lx->end - tail, '\\', tail) ? NULL : "\"'\\\n\r";
  }
  return NULL;
}

static bool has_one_of(const char *bytes, size_t len, const char *set) {
  for (; *set; set++)
    if (memchr(bytes, *set, len))
      return true;
  return false;
}

/* Goes on until there is text that may complete the token at lx->p. */
static void fetch(Lexer *lx) {
  const char *set = awaited(lx, lx->p), *bytes;
  size_t len;
  do {
    if (!lx->more->next(lx->more->ud, &bytes, &len))
      wf_context_give_up(lx->c);
    if (!len) {
      lx->more = NULL;
      return;
    }
    append_text_bytes(lx, bytes, len);
  } while (set && !has_one_of(bytes, len, set));
}

/* Skips white space that needs no second look: not a line break that the next
 * piece may go on with. */
static void skip_space(Lexer *lx) {
  for (;;) {
    if (class_of(*lx->p) & SPACE)
      lx->p++;
    else if ((class_of(*lx->p) & BREAK) && lx->end - lx->p > 1)
      lx->p = skip_break(lx, lx->p);
    else
      return;
  }
}

static void scan_pieces(Lexer *lx, Token *t) {
  while (lx->more) {
    skip_space(lx);
    const char *volatile start = lx->p;
    volatile uint32_t line = lx->line;
    if (setjmp(lx->retry) == 0) {
      lx->stopped = true;
      scan(lx, t);
      lx->stopped = false;
      if (lx->p < lx->end)
        return;
    }
    lx->p = start;
    lx->line = line;
    t->start = t->end = NULL;
    fetch(lx);
  }
  scan(lx, t);
}

void wf_lexer_init(Lexer *lx, Compiler *c, const char *source, size_t len) {
  *lx = (Lexer){.c = c, .line = 1, .more = c->options->more};
  c->lexer = lx;
  lx->last_line = 1;
  lx->room = len + PADDING + (lx->more ? FIRST_ROOM : 0);
  lx->text = wf_alloc_get(lx->room);
  if (!lx->text)
    wf_context_no_memory(c);
  memcpy(lx->text, source, len);
  memset(lx->text + len, 0, PADDING);
  lx->p = lx->text;
  lx->end = lx->text + len;
  lx->detour = c->copy_names = lx->more;
  wf_lexer_next(lx);
  lx->last_line = 1;
}

void wf_lexer_free(Lexer *lx) { wf_alloc_free(lx->text); }

static NOINLINE void next_by_detour(Lexer *lx) {
  if (lx->has_ahead) {
    lx->tok = lx->ahead;
    lx->ahead.start = lx->ahead.end = NULL;
    lx->has_ahead = false;
    lx->detour = lx->more;
  } else {
    lx->tok.start = lx->tok.end = NULL;
    scan_pieces(lx, &lx->tok);
  }
}

void wf_lexer_next(Lexer *lx) {
  lx->last_line = lx->tok.line;
  if (UNLIKELY(lx->detour))
    next_by_detour(lx);
  else
    scan(lx, &lx->tok);
}

int wf_lexer_peek(Lexer *lx) {
  if (!lx->has_ahead) {
    if (lx->more)
      scan_pieces(lx, &lx->ahead);
    else
      scan(lx, &lx->ahead);
    lx->has_ahead = lx->detour = true;
  }
  return lx->ahead.kind;
}
