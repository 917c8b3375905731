/* str_pattern.c: Lua patterns, compiled and then matched by backtracking.
 *
 *   text  "(%a+)=[^,]*"
 *   items OPEN  SET+ 0  CLOSE  CHAR '='  SET* 1  END        sets 0: %a
 *                                                                1: not ','
 *
 * Compiling turns every class and set into a 256-bit map, so testing a byte is
 * one load whatever the set looks like, and the first item tells where a match
 * can start at all (memchr, or a scan with its map). A small cache per VM keeps
 * the compiled forms of short patterns; its key is the text itself, since a
 * collected string's address may come back as another string.
 *
 * Errors in a pattern are raised only when matching reaches them, as in Lua:
 * compiling leaves an ERROR item there. Recursion happens where Lua's matcher
 * recurses (captures, and what follows a repeated item), is counted the same
 * way and limited to MATCH_DEPTH, so the same patterns are "too complex". */
#define _GNU_SOURCE /* memmem */
#include "vm/lib/str_pattern.h"
#include "vm/lib/arg.h"
#include <ctype.h>

enum {
  MATCH_DEPTH = 200,
  CAPTURES_MAX = 32,
  CACHED_LEN = 40,  /* longest pattern the cache keeps */
  CACHED_SETS = 10, /* most sets of a pattern the cache keeps */
  CACHE_ENTRIES = 32,
  CLASS_COUNT = 11
};

typedef enum ItemKind {
  ITEM_CHAR, /* a */
  ITEM_ANY,
  ITEM_SET, /* sets[set] */
  ITEM_END,
  ITEM_TAIL, /* $ */
  ITEM_OPEN,
  ITEM_POSITION, /* () */
  ITEM_CLOSE,
  ITEM_BACK,    /* %a, a: digit */
  ITEM_BALANCE, /* %bab */
  ITEM_FRONTIER,
  ITEM_ERROR /* errors[a] */
} ItemKind;

typedef enum Repeat {
  REPEAT_ONCE,
  REPEAT_PLUS,
  REPEAT_STAR,
  REPEAT_LAZY,
  REPEAT_OPTIONAL
} Repeat;

typedef struct Item {
  uint8_t kind, repeat, a, b;
  uint32_t set;
} Item;

typedef struct Set {
  uint64_t bits[4];
} Set;

typedef struct Pattern {
  Item *items;
  Set *sets;
  bool anchored;
  bool literal; /* no special characters at all */
} Pattern;

typedef struct CacheEntry {
  uint8_t len;  /* + 1; 0: unused */
  bool anchors; /* compiled with '^' as the anchor */
  bool anchored, literal;
  char text[CACHED_LEN];
  Item items[CACHED_LEN + 1];
  Set sets[CACHED_SETS];
} CacheEntry;

typedef struct Cache {
  uint32_t generation; /* of the classes below and all entries; 0: none yet */
  Set classes[CLASS_COUNT];
  CacheEntry entries[CACHE_ENTRIES];
} Cache;

enum { ERROR_ENDS, ERROR_BRACKET, ERROR_BALANCE, ERROR_FRONTIER };
static const char *const errors[] = {
    [ERROR_ENDS] = "malformed pattern (ends with '%')",
    [ERROR_BRACKET] = "malformed pattern (missing ']')",
    [ERROR_BALANCE] = "malformed pattern (missing arguments to '%b')",
    [ERROR_FRONTIER] = "missing '[' after '%f' in pattern"};

/* Character classes depend on the process's locale; so one for all VMs. */
static uint32_t locale_generation = 1;

void wf_str_pattern_locale_changed(void) { locale_generation++; }
uint32_t wf_str_pattern_locale_generation(void) { return locale_generation; }

void wf_str_pattern_push_cache(Thread *L) {
  Userdata *u = wf_function_new_blank(L->vm, sizeof(Cache), 0);
  Cache *cache = userdata_payload(u);
  cache->generation = 0; /* the rest is set before its first use */
  native_push(L, value_from_userdata(u));
}

/* ---- sets ---------------------------------------------------------------- */

static inline bool set_has(const Set *set, unsigned char c) {
  return set->bits[c >> 6] >> (c & 63) & 1;
}

static inline void set_add(Set *set, unsigned char c) {
  set->bits[c >> 6] |= 1ull << (c & 63);
}

static void set_add_range(Set *set, unsigned first, unsigned last) {
  for (unsigned c = first; c <= last; c++)
    set_add(set, (unsigned char)c);
}

static const char class_letters[CLASS_COUNT + 1] = "acdglpsuwxz";

static bool class_has(char letter, int c) {
  switch (letter) {
  case 'a':
    return isalpha(c);
  case 'c':
    return iscntrl(c);
  case 'd':
    return isdigit(c);
  case 'g':
    return isgraph(c);
  case 'l':
    return islower(c);
  case 'p':
    return ispunct(c);
  case 's':
    return isspace(c);
  case 'u':
    return isupper(c);
  case 'w':
    return isalnum(c);
  case 'x':
    return isxdigit(c);
  default: /* 'z', deprecated */
    return c == 0;
  }
}

static void refresh_cache(Cache *cache) {
  memset(cache, 0, sizeof *cache);
  for (int k = 0; k < CLASS_COUNT; k++)
    for (int c = 0; c < 256; c++)
      if (class_has(class_letters[k], c))
        set_add(&cache->classes[k], (unsigned char)c);
  cache->generation = locale_generation;
}

/* Adds %letter to the set. */
static void set_add_class(const Cache *cache, Set *set, unsigned char letter) {
  int lower = tolower(letter);
  const char *at = lower ? strchr(class_letters, lower) : NULL;
  if (!at) {
    set_add(set, letter);
    return;
  }
  uint64_t flip = isupper(letter) ? UINT64_MAX : 0;
  for (int i = 0; i < 4; i++)
    set->bits[i] |= cache->classes[at - class_letters].bits[i] ^ flip;
}

/* ---- compiling ----------------------------------------------------------- */

typedef struct Compiler {
  const Cache *cache;
  const unsigned char *p, *end;
  Item *items, *item; /* item: the next free one */
  Set *sets;
  uint32_t nsets;
} Compiler;

static void emit(Compiler *c, ItemKind kind, unsigned a, unsigned b) {
  *c->item++ = (Item){.kind = (uint8_t)kind, .a = (uint8_t)a, .b = (uint8_t)b};
}

static Set *new_set(Compiler *c) {
  Set *set = &c->sets[c->nsets++];
  memset(set, 0, sizeof *set);
  return set;
}

/* p is at '['. Moves p behind the matching ']'; false when there is none. */
static bool skip_bracket(Compiler *c) {
  const unsigned char *p = c->p + 1;
  if (p < c->end && *p == '^')
    p++;
  do {
    if (p >= c->end)
      return false;
    if (*p++ == '%' && p < c->end)
      p++;
  } while (p >= c->end || *p != ']');
  c->p = p + 1;
  return true;
}

/* The set between p ('[') and last (']'). */
static void read_bracket(Compiler *c, const unsigned char *p,
                         const unsigned char *last) {
  Set *set = new_set(c);
  bool complement = p[1] == '^';
  p += 1 + complement;
  for (; p < last; p++) {
    if (*p == '%') {
      p++;
      set_add_class(c->cache, set, *p);
    } else if (p + 2 < last && p[1] == '-') {
      set_add_range(set, p[0], p[2]);
      p += 2;
    } else {
      set_add(set, *p);
    }
  }
  if (complement)
    for (int i = 0; i < 4; i++)
      set->bits[i] = ~set->bits[i];
}

/* A bracket set at p as an item of this kind; false after an ERROR item. */
static bool compile_bracket(Compiler *c, ItemKind kind) {
  const unsigned char *start = c->p;
  if (!skip_bracket(c)) {
    emit(c, ITEM_ERROR, ERROR_BRACKET, 0);
    return false;
  }
  read_bracket(c, start, c->p - 1);
  emit(c, kind, 0, 0);
  c->item[-1].set = c->nsets - 1;
  return true;
}

/* One character class and its repetition; false after an ERROR item. */
static bool compile_single(Compiler *c) {
  unsigned char ch = *c->p;
  if (ch == '[') {
    if (!compile_bracket(c, ITEM_SET))
      return false;
  } else if (ch == '%') {
    if (c->p + 1 >= c->end) {
      emit(c, ITEM_ERROR, ERROR_ENDS, 0);
      return false;
    }
    ch = c->p[1];
    c->p += 2;
    if (isalpha(ch) && strchr(class_letters, tolower(ch))) {
      set_add_class(c->cache, new_set(c), ch);
      emit(c, ITEM_SET, 0, 0);
      c->item[-1].set = c->nsets - 1;
    } else {
      emit(c, ITEM_CHAR, ch, 0);
    }
  } else {
    c->p++;
    emit(c, ch == '.' ? ITEM_ANY : ITEM_CHAR, ch, 0);
  }
  static const char marks[] = "+*-?";
  const char *mark = c->p < c->end && *c->p ? strchr(marks, *c->p) : NULL;
  if (mark) {
    c->item[-1].repeat = (uint8_t)(REPEAT_PLUS + (mark - marks));
    c->p++;
  }
  return true;
}

/* '%' followed by something; false after an ERROR item. */
static bool compile_escape(Compiler *c) {
  unsigned char next = c->p + 1 < c->end ? c->p[1] : 0;
  if (next == 'b') {
    if (c->end - c->p < 4) {
      emit(c, ITEM_ERROR, ERROR_BALANCE, 0);
      return false;
    }
    emit(c, ITEM_BALANCE, c->p[2], c->p[3]);
    c->p += 4;
    return true;
  }
  if (next == 'f') {
    c->p += 2;
    if (c->p >= c->end || *c->p != '[') {
      emit(c, ITEM_ERROR, ERROR_FRONTIER, 0);
      return false;
    }
    return compile_bracket(c, ITEM_FRONTIER);
  }
  if (next >= '0' && next <= '9') {
    emit(c, ITEM_BACK, next - '0', 0);
    c->p += 2;
    return true;
  }
  return compile_single(c);
}

static void compile_items(Compiler *c) {
  bool more = true;
  while (more && c->p < c->end) {
    switch (*c->p) {
    case '(':
      if (c->p + 1 < c->end && c->p[1] == ')') {
        emit(c, ITEM_POSITION, 0, 0);
        c->p += 2;
      } else {
        emit(c, ITEM_OPEN, 0, 0);
        c->p++;
      }
      break;
    case ')':
      emit(c, ITEM_CLOSE, 0, 0);
      c->p++;
      break;
    case '%':
      more = compile_escape(c);
      break;
    case '$':
      if (c->p + 1 == c->end) {
        emit(c, ITEM_TAIL, 0, 0);
        c->p++;
        break;
      }
      __attribute__((fallthrough));
    default:
      more = compile_single(c);
    }
  }
  if (more)
    emit(c, ITEM_END, 0, 0);
}

static bool has_specials(const char *text, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (text[i] && strchr("^$*+?.([%-", text[i]))
      return true;
  return false;
}

/* Room for items and sets must suffice: see pattern_get. anchors: a leading
 * '^' is the anchor (it is an ordinary character for gmatch). */
static void compile(const Cache *cache, const char *text, size_t len,
                    bool anchors, Pattern *out) {
  const unsigned char *p = (const unsigned char *)text;
  out->literal = !has_specials(text, len);
  out->anchored = anchors && len > 0 && *p == '^';
  Compiler c = {.cache = cache,
                .p = p + out->anchored,
                .end = p + len,
                .items = out->items,
                .item = out->items,
                .sets = out->sets};
  compile_items(&c);
}

/* The most sets a pattern can have: each comes from at least one of these. */
static size_t count_sets(const char *text, size_t len) {
  size_t n = 0;
  for (size_t i = 0; i < len; i++)
    n += text[i] == '[' || text[i] == '%';
  return n;
}

/* Compiles into a scratch buffer, which the caller drops. */
static Buffer *compile_uncached(Thread *L, Cache *cache, const String *s,
                                bool anchors, Pattern *out) {
  size_t sets = count_sets(s->bytes, s->len) * sizeof(Set);
  size_t items = ((size_t)s->len + 1) * sizeof(Item);
  Buffer *b = wf_native_buffer(L);
  if (!wf_buffer_reserve(b, sets + items))
    wf_error_memory(L->vm);
  out->sets = (Set *)(void *)b->data;
  out->items = (Item *)(void *)(b->data + sets);
  compile(cache, s->bytes, s->len, anchors, out);
  return b;
}

/* Compiled form of s. Returns the buffer that holds it, or NULL when it is in
 * the cache, where it stays until Lua code runs or another pattern is asked
 * for. */
static Buffer *pattern_get(Thread *L, Cache *cache, String *s,
                           bool anchors, Pattern *out) {
  if (UNLIKELY(cache->generation != locale_generation))
    refresh_cache(cache);
  if (UNLIKELY(s->len > CACHED_LEN))
    return compile_uncached(L, cache, s, anchors, out);
  uint64_t hash = string_hash(L->vm, s);
  CacheEntry *e = &cache->entries[((hash >> 8) + anchors) % CACHE_ENTRIES];
  out->items = e->items;
  out->sets = e->sets;
  if (LIKELY(e->len == s->len + 1 && e->anchors == anchors &&
             memcmp(e->text, s->bytes, s->len) == 0)) {
    out->anchored = e->anchored;
    out->literal = e->literal;
    return NULL;
  }
  if (count_sets(s->bytes, s->len) > CACHED_SETS)
    return compile_uncached(L, cache, s, anchors, out);
  compile(cache, s->bytes, s->len, anchors, out);
  e->len = (uint8_t)(s->len + 1);
  e->anchors = anchors;
  e->anchored = out->anchored;
  e->literal = out->literal;
  memcpy(e->text, s->bytes, s->len);
  return NULL;
}

static void pattern_drop(Thread *L, Buffer *b) {
  if (b)
    wf_native_buffer_drop(L, b);
}

/* ---- matching ------------------------------------------------------------ */

enum { CAPTURE_OPEN = -1, CAPTURE_POSITION = -2 };

typedef struct Match {
  const char *start, *end; /* the subject */
  Thread *L;
  const Pattern *pattern;
  int depth; /* recursions left */
  int level; /* captures begun */
  struct {
    const char *at;
    ptrdiff_t len; /* or CAPTURE_* */
  } captures[CAPTURES_MAX];
} Match;

static const char *match_here(Match *m, const char *s, const Item *item);

/* An item that tried all its lengths in vain: whatever backtracks for long
 * comes here again and again, so here Ctrl-C ends it. */
static inline const char *failed(const Match *m) {
  native_check_interrupt(m->L);
  return NULL;
}

static inline bool item_matches(const Match *m, const Item *item, char c) {
  switch (item->kind) {
  case ITEM_CHAR:
    return (unsigned char)c == item->a;
  case ITEM_ANY:
    return true;
  default:
    return set_has(&m->pattern->sets[item->set], (unsigned char)c);
  }
}

static inline bool item_matches_at(const Match *m, const Item *item,
                                   const char *s) {
  return s < m->end && item_matches(m, item, *s);
}

/* End of the longest run of the item from s. */
static inline const char *run_end(const Match *m, const Item *item,
                                  const char *s) {
  const char *end = m->end;
  switch (item->kind) {
  case ITEM_CHAR:
    while (s < end && (unsigned char)*s == item->a)
      s++;
    return s;
  case ITEM_ANY:
    return end;
  default: {
    const Set *set = &m->pattern->sets[item->set];
    while (s < end && set_has(set, (unsigned char)*s))
      s++;
    return s;
  }
  }
}

static NORETURN void too_complex(Match *m) {
  wf_error_format(m->L, "pattern too complex");
}

/* The item that must match exactly one character next, or NULL. */
static inline const Item *required(const Item *item) {
  return item->kind <= ITEM_SET && item->repeat <= REPEAT_PLUS ? item : NULL;
}

/* Longest run first: tries what follows at every length from `last` down to
 * `first`. */
static const char *match_greedy(Match *m, const char *first, const char *last,
                                const Item *rest) {
  if (UNLIKELY(m->depth == 0)) /* also where a look ahead avoids recursion */
    too_complex(m);
  if (rest->kind == ITEM_END)
    return last;
  const Item *need = required(rest);
  for (const char *s = last; s >= first; s--) {
    if (need && !item_matches_at(m, need, s))
      continue;
    const char *end = match_here(m, s, rest);
    if (end)
      return end;
  }
  return failed(m);
}

static const char *match_lazy(Match *m, const char *s, const Item *item) {
  const Item *rest = item + 1;
  const Item *need = required(rest);
  if (UNLIKELY(m->depth == 0))
    too_complex(m);
  for (;;) {
    if (!need || item_matches_at(m, need, s)) {
      const char *end = match_here(m, s, rest);
      if (end)
        return end;
    }
    if (!item_matches_at(m, item, s))
      return failed(m);
    s++;
  }
}

static const char *match_open(Match *m, const char *s, const Item *item,
                              ptrdiff_t kind) {
  if (m->level >= CAPTURES_MAX)
    wf_error_format(m->L, "too many captures");
  m->captures[m->level].at = s;
  m->captures[m->level].len = kind;
  m->level++;
  const char *end = match_here(m, s, item + 1);
  if (!end)
    m->level--;
  return end;
}

static const char *match_close(Match *m, const char *s, const Item *item) {
  int i = m->level - 1;
  while (i >= 0 && m->captures[i].len != CAPTURE_OPEN)
    i--;
  if (i < 0)
    wf_error_format(m->L, "invalid pattern capture");
  m->captures[i].len = s - m->captures[i].at;
  const char *end = match_here(m, s, item + 1);
  if (!end)
    m->captures[i].len = CAPTURE_OPEN;
  return end;
}

static const char *match_balance(const Match *m, const char *s,
                                 const Item *item) {
  if (s >= m->end || (unsigned char)*s != item->a)
    return NULL;
  size_t depth = 1;
  while (++s < m->end) {
    unsigned char c = (unsigned char)*s;
    if (c == item->b) {
      if (--depth == 0)
        return s + 1;
    } else if (c == item->a) {
      depth++;
    }
  }
  return failed(m);
}

static const char *match_back(Match *m, const char *s, const Item *item) {
  int i = item->a - 1;
  if (i < 0 || i >= m->level || m->captures[i].len == CAPTURE_OPEN)
    wf_error_format(m->L, "invalid capture index %%%d", i + 1);
  size_t len = (size_t)m->captures[i].len;
  if ((size_t)(m->end - s) >= len && memcmp(m->captures[i].at, s, len) == 0)
    return s + len;
  return NULL;
}

static bool match_frontier(const Match *m, const char *s, const Item *item) {
  const Set *set = &m->pattern->sets[item->set];
  unsigned char before = s == m->start ? 0 : (unsigned char)s[-1];
  unsigned char after = s == m->end ? 0 : (unsigned char)*s;
  return !set_has(set, before) && set_has(set, after);
}

/* End of the match of item and everything after it at s, NULL when it fails. */
static const char *match_items(Match *m, const char *s, const Item *item) {
  for (;; item++) {
    switch (item->kind) {
    case ITEM_CHAR:
    case ITEM_ANY:
    case ITEM_SET:
      switch (item->repeat) {
      case REPEAT_ONCE:
        if (!item_matches_at(m, item, s))
          return NULL;
        s++;
        continue;
      case REPEAT_OPTIONAL:
        if (item_matches_at(m, item, s)) {
          const char *end = match_here(m, s + 1, item + 1);
          if (end)
            return end;
          failed(m);
        }
        continue;
      case REPEAT_PLUS:
        if (!item_matches_at(m, item, s))
          return NULL;
        return match_greedy(m, s + 1, run_end(m, item, s + 1), item + 1);
      case REPEAT_STAR:
        if (!item_matches_at(m, item, s))
          continue; /* no recursion for an empty run */
        return match_greedy(m, s, run_end(m, item, s + 1), item + 1);
      default:
        if (!item_matches_at(m, item, s))
          continue;
        return match_lazy(m, s, item);
      }
    case ITEM_END:
      return s;
    case ITEM_TAIL:
      return s == m->end ? s : NULL;
    case ITEM_OPEN:
      return match_open(m, s, item, CAPTURE_OPEN);
    case ITEM_POSITION:
      return match_open(m, s, item, CAPTURE_POSITION);
    case ITEM_CLOSE:
      return match_close(m, s, item);
    case ITEM_BACK:
      if (!(s = match_back(m, s, item)))
        return NULL;
      continue;
    case ITEM_BALANCE:
      if (!(s = match_balance(m, s, item)))
        return NULL;
      continue;
    case ITEM_FRONTIER:
      if (!match_frontier(m, s, item))
        return NULL;
      continue;
    default:
      wf_error_format(m->L, "%s", errors[item->a]);
    }
  }
}

static const char *match_here(Match *m, const char *s, const Item *item) {
  if (UNLIKELY(m->depth-- == 0))
    too_complex(m);
  s = match_items(m, s, item);
  m->depth++;
  return s;
}

static void match_init(Match *m, Thread *L, const Pattern *p, const String *s) {
  m->L = L;
  m->pattern = p;
  m->start = s->bytes;
  m->end = s->bytes + s->len;
}

static inline const char *match_at(Match *m, const char *s) {
  m->level = 0;
  m->depth = MATCH_DEPTH;
  return match_here(m, s, m->pattern->items);
}

/* First position from s on where the pattern's first item lets a match begin;
 * NULL when there is none. */
static inline const char *next_candidate(const Match *m, const char *s) {
  const Item *first = m->pattern->items;
  for (int i = 0; i < CAPTURES_MAX && first->kind == ITEM_OPEN; i++)
    first++;
  if (!required(first) || first->kind == ITEM_ANY)
    return s;
  if (first->kind == ITEM_CHAR) {
    if (s == m->end)
      return NULL;
    return (unsigned char)*s == first->a
               ? s
               : memchr(s, first->a, (size_t)(m->end - s));
  }
  const Set *set = &m->pattern->sets[first->set];
  while (s < m->end && !set_has(set, (unsigned char)*s))
    s++;
  return s < m->end ? s : NULL;
}

/* The first match that begins at *s or later; *s becomes its beginning. */
static const char *search(Match *m, const char **s) {
  if (m->pattern->anchored)
    return match_at(m, *s);
  for (const char *at = *s; at <= m->end; at++) {
    at = next_candidate(m, at);
    if (!at)
      return NULL;
    const char *end = match_at(m, at);
    if (end) {
      *s = at;
      return end;
    }
  }
  return NULL;
}

/* Capture i of the match [s, e) as bytes; true for a position capture (*bytes
 * is the position then). Capture 0 is the whole match when there are none. */
static bool capture_get(const Match *m, int i, const char *s, const char *e,
                        const char **bytes, size_t *len) {
  if (i >= m->level) {
    if (i != 0)
      wf_error_format(m->L, "invalid capture index %%%d", i + 1);
    *bytes = s;
    *len = (size_t)(e - s);
    return false;
  }
  *bytes = m->captures[i].at;
  if (m->captures[i].len == CAPTURE_POSITION)
    return true;
  if (m->captures[i].len == CAPTURE_OPEN)
    wf_error_format(m->L, "unfinished capture");
  *len = (size_t)m->captures[i].len;
  return false;
}

static Value capture_value(const Match *m, int i, const char *s,
                           const char *e) {
  const char *bytes;
  size_t len = 0;
  if (capture_get(m, i, s, e, &bytes, &len))
    return value_from_int(m->L->vm, bytes - m->start + 1);
  return value_from_string(
      wf_string_make(m->L->vm, native_site(m->L), bytes, len));
}

/* Pushes all captures (or the whole match when there are none and s is not
 * NULL); returns how many. */
static int push_captures(const Match *m, const char *s, const char *e) {
  int n = m->level == 0 && s ? 1 : m->level;
  if (n > NATIVE_STACK / 2)
    wf_native_reserve(m->L, n);
  for (int i = 0; i < n; i++)
    native_push(m->L, capture_value(m, i, s, e));
  return n;
}

/* ---- find and match ------------------------------------------------------ */

static Cache *cache_of(Thread *L, int upvalue) {
  return userdata_payload(value_as_userdata(*native_upvalue(L, upvalue)));
}

/* 0-based start from an argument: negative counts from the end. */
static size_t start_position(int64_t i, size_t len) {
  if (i > 0)
    return (size_t)i - 1;
  if (i == 0 || i < -(int64_t)len)
    return 0;
  return len + (size_t)i;
}

static const char *find_bytes(const char *s, size_t len, const String *what) {
  if (what->len == 0)
    return s;
  if (what->len == 1)
    return len ? memchr(s, what->bytes[0], len) : NULL;
  return memmem(s, len, what->bytes, what->len);
}

static int find_literal(Thread *L, const String *s, const String *what,
                        size_t from) {
  const char *at = find_bytes(s->bytes + from, s->len - from, what);
  if (!at) {
    native_push(L, VALUE_NIL);
    return 1;
  }
  native_push_int(L, at - s->bytes + 1);
  native_push_int(L, at - s->bytes + (int64_t)what->len);
  return 2;
}

static int find_or_match(Thread *L, bool find) {
  String *s = arg_string(L, 1), *p = arg_string(L, 2);
  size_t from = start_position(arg_opt_int(L, 3, 1), s->len);
  if (from > s->len) {
    native_push(L, VALUE_NIL);
    return 1;
  }
  if (find && arg_truth(L, 4))
    return find_literal(L, s, p, from);
  Pattern pattern;
  Buffer *b = pattern_get(L, cache_of(L, 0), p, true, &pattern);
  if (find && pattern.literal) {
    pattern_drop(L, b);
    return find_literal(L, s, p, from);
  }
  Match m;
  match_init(&m, L, &pattern, s);
  const char *at = s->bytes + from;
  const char *end = search(&m, &at);
  int n = 1;
  if (!end) {
    native_push(L, VALUE_NIL);
  } else if (find) {
    native_push_int(L, at - s->bytes + 1);
    native_push_int(L, end - s->bytes);
    n = 2 + push_captures(&m, NULL, NULL);
  } else {
    n = push_captures(&m, at, end);
  }
  pattern_drop(L, b);
  return n;
}

int wf_str_pattern_find(Thread *L) { return find_or_match(L, true); }
int wf_str_pattern_match(Thread *L) { return find_or_match(L, false); }

/* ---- gmatch -------------------------------------------------------------- */

/* Upvalues of the iterator; positions are offsets, LAST -1 before a match. */
enum {
  GMATCH_SUBJECT,
  GMATCH_PATTERN,
  GMATCH_CACHE,
  GMATCH_NEXT, /* hidden from here on */
  GMATCH_LAST,
  GMATCH_COUNT
};

static int gmatch_next(Thread *L) {
  Cache *cache = cache_of(L, GMATCH_CACHE);
  String *s = value_as_string(*native_upvalue(L, GMATCH_SUBJECT));
  String *p = value_as_string(*native_upvalue(L, GMATCH_PATTERN));
  int64_t next = value_as_inline_int(*native_upvalue(L, GMATCH_NEXT));
  int64_t last = value_as_inline_int(*native_upvalue(L, GMATCH_LAST));
  if (next > s->len)
    return 0;
  Pattern pattern;
  Buffer *b = pattern_get(L, cache, p, false, &pattern);
  Match m;
  match_init(&m, L, &pattern, s);
  const char *at = s->bytes + next, *end;
  int n = 0;
  while ((end = search(&m, &at)) && end - s->bytes == last && at < m.end)
    at++;
  Value after = value_from_inline_int((int64_t)s->len + 1);
  if (end && end - s->bytes != last) {
    after = value_from_inline_int(end - s->bytes);
    n = push_captures(&m, at, end);
  }
  /* NOBARRIER: N1 */
  *native_upvalue(L, GMATCH_NEXT) = *native_upvalue(L, GMATCH_LAST) = after;
  pattern_drop(L, b);
  return n;
}

int wf_str_pattern_gmatch(Thread *L) {
  String *s = arg_string(L, 1), *p = arg_string(L, 2);
  size_t from = start_position(arg_opt_int(L, 3, 1), s->len);
  if (from > s->len)
    from = (size_t)s->len + 1;
  Value cache = *native_upvalue(L, 0);
  VM *vm = L->vm;
  Function *f = push_native(L, gmatch_next, GMATCH_COUNT, NULL);
  set_upvalue(vm, f, GMATCH_CACHE, cache);
  set_upvalue(vm, f, GMATCH_SUBJECT, value_from_string(s));
  set_upvalue(vm, f, GMATCH_PATTERN, value_from_string(p));
  set_upvalue(vm, f, GMATCH_NEXT, value_from_inline_int((int64_t)from));
  set_upvalue(vm, f, GMATCH_LAST, value_from_inline_int(-1));
  f->flags = GMATCH_COUNT - GMATCH_NEXT;
  return 1;
}

/* ---- gsub ---------------------------------------------------------------- */

typedef enum Replacement {
  REPLACE_LITERAL, /* a string without '%' */
  REPLACE_TEMPLATE,
  REPLACE_TABLE,
  REPLACE_FUNCTION
} Replacement;

static Replacement replacement_kind(Thread *L) {
  Value v = native_arg(L, 3);
  if (value_is_table(v))
    return REPLACE_TABLE;
  if (value_is_function(v))
    return REPLACE_FUNCTION;
  if (!value_is_string(v) && !value_is_number(v))
    wf_native_type_error(L, 3, "string/function/table");
  String *s = wf_native_check_string(L, 3);
  return memchr(s->bytes, '%', s->len) ? REPLACE_TEMPLATE : REPLACE_LITERAL;
}

static void put_template(const Match *m, Buffer *b, const char *s,
                         const char *e, const String *template) {
  const char *p = template->bytes, *end = p + template->len, *mark;
  while ((mark = memchr(p, '%', (size_t)(end - p)))) {
    put_bytes(b, p, (size_t)(mark - p));
    char c = mark[1]; /* the NUL behind the string at worst */
    p = mark + 2;
    if (c == '%') {
      put_byte(b, c);
    } else if (c == '0') {
      put_bytes(b, s, (size_t)(e - s));
    } else if (c >= '1' && c <= '9') {
      const char *bytes;
      size_t len = 0;
      if (capture_get(m, c - '1', s, e, &bytes, &len))
        wf_buffer_format(b, "%td", bytes - m->start + 1);
      else
        put_bytes(b, bytes, len);
    } else {
      wf_error_format(m->L, "invalid use of '%%' in replacement string");
    }
  }
  put_bytes(b, p, (size_t)(end - p));
}

/* Appends what replaces the match [s, e). True when it may differ from the
 * match. GC: may run Lua. */
static bool put_replacement(Match *m, Buffer *b, const char *s, const char *e,
                            Replacement kind) {
  Thread *L = m->L;
  Value v;
  switch (kind) {
  case REPLACE_LITERAL:
    put_string(b, value_as_string(L->base[2]));
    return true;
  case REPLACE_TEMPLATE:
    put_template(m, b, s, e, value_as_string(L->base[2]));
    return true;
  case REPLACE_TABLE: {
    Table *t = value_as_table(L->base[2]);
    Value key = capture_value(m, 0, s, e);
    v = t->meta ? wf_operate_get(L, L->base[2], key)
                : wf_table_get(L->vm, t, key);
    break;
  }
  default:
    native_push(L, L->base[2]);
    wf_call_function(L, push_captures(m, s, e), 1);
    v = native_pop(L);
  }
  if (value_is_falsy(v)) {
    put_bytes(b, s, (size_t)(e - s));
    return false;
  }
  if (LIKELY(value_is_string(v))) {
    put_string(b, value_as_string(v));
  } else if (value_is_number(v)) {
    put_string(b, wf_convert_number_to_string(L->vm, v));
  } else {
    wf_error_format(L, "invalid replacement value (a %s)",
                    wf_state_type_names[wf_state_type_of(v)]);
  }
  return true;
}

/* The pattern may be looked up again after Lua ran: see pattern_get. */
static void renew_pattern(Thread *L, String *p, Pattern *pattern) {
  pattern_get(L, cache_of(L, 0), p, true, pattern);
}

int wf_str_pattern_gsub(Thread *L) {
  String *s = arg_string(L, 1), *p = arg_string(L, 2);
  int64_t limit = arg_opt_int(L, 4, (int64_t)s->len + 1);
  Replacement kind = replacement_kind(L);
  Pattern pattern;
  Buffer *own = pattern_get(L, cache_of(L, 0), p, true, &pattern);
  Buffer *out = wf_native_buffer(L);
  Match m;
  match_init(&m, L, &pattern, s);
  /* [copied, at): scanned and still to be copied */
  const char *copied = m.start, *at = m.start, *last = NULL;
  bool changed = false;
  int64_t n = 0;
  while (n < limit) {
    const char *end = search(&m, &at);
    if (!end)
      break;
    if (end == last) {
      if (at >= m.end || pattern.anchored)
        break;
      at++;
      continue;
    }
    if ((++n & 1023) == 0)
      native_check_interrupt(L);
    put_bytes(out, copied, (size_t)(at - copied));
    changed |= put_replacement(&m, out, at, end, kind);
    if (kind == REPLACE_TABLE)
      gc_safepoint(L, L->vm); /* every key was a new string */
    if (kind >= REPLACE_TABLE && !own)
      renew_pattern(L, p, &pattern);
    copied = at = last = end;
    if (pattern.anchored)
      break;
  }
  if (!changed) {
    native_push(L, L->base[0]);
    wf_native_buffer_drop(L, out);
  } else {
    put_bytes(out, copied, (size_t)(m.end - copied));
    wf_native_buffer_push(L, out);
  }
  pattern_drop(L, own);
  native_push_int(L, n);
  return 2;
}
