/* string.h: creation and interning of strings.
 *
 * A key of a table, a constant and a name are interned, unless they are longer
 * than STRING_SHORT_MAX. What `..` and the string library make need not be: to
 * hash it, to enter it into the intern table and to take it out when it is dead
 * costs three times as much as the string itself, in vain when it is only
 * written or joined. Where it turns out to be a key it is interned then, in
 * place if no equal string is.
 *
 * Whether to wait depends on the place in the program that makes the strings,
 * of which STRING_SITES are told apart:
 *
 *   SAMPLED  they are interned; when of 64 less than a quarter existed already,
 *            so that few cells were saved: LOOSE
 *   LOOSE    all are loose but one of 32, chosen by content: when of 64 such a
 *            quarter existed: HELD; when three quarters of the loose ones
 *            become keys, or a quarter in vain, as equal ones exist: HELD
 *   HELD     they are interned; after 4096, or 65,535 if they existed: SAMPLED
 */
#ifndef WEFT_STRING_H
#define WEFT_STRING_H

#include "vm/value/state.h"

/* The string of these bytes: interned when len <= STRING_SHORT_MAX.
 * `bytes` may point into another string (no collection happens).
 * Errors: memory. */
String *wf_string_new(VM *vm, const char *bytes, size_t len);
String *wf_string_from_cstr(VM *vm, const char *s);
/* A long string (len > STRING_SHORT_MAX) with uninitialised bytes (NUL set);
 * fill before anyone reads. Errors: memory, "string length overflow". */
String *wf_string_new_long(VM *vm, size_t len);
/* The same; NULL when memory is exhausted. */
String *wf_string_try_long(VM *vm, size_t len);
/* The string of these bytes, interned or loose, made at this place: a number
 * from string_site. Errors: memory. */
String *wf_string_make(VM *vm, uint32_t site, const char *bytes, size_t len);
/* The number of a place in a program: `where` is an address in its code, or
 * anything else that differs from place to place. */
static inline uint32_t string_site(uint64_t where) {
  return (uint32_t)(where >> 3) * 0x9E3779B1u >> (32 - STRING_SITE_BITS);
}
static inline bool string_is_loose(const String *s) {
  return s->flags & STRING_LOOSE;
}
/* Of a loose string: what a table with this key would have as key. NULL: none
 * has, as no interned string is equal. */
String *wf_string_find_key(VM *vm, String *s);
/* The same; s itself is interned if no equal string is. Errors: memory. */
String *wf_string_intern(VM *vm, String *s);
uint64_t wf_string_hash_loose(VM *vm, String *s);
static inline uint64_t string_hash(VM *vm, String *s) {
  return LIKELY(s->flags & STRING_HASHED) ? s->hash
                                          : wf_string_hash_loose(vm, s);
}
/* True when a and b, which are not the same, surely have other bytes. */
static inline bool string_differs(const String *a, const String *b) {
  return !((a->flags | b->flags) & STRING_LOOSE) || a->len != b->len;
}
/* a and b, one of them loose. */
bool wf_string_equal_loose(const String *a, const String *b);
static inline bool string_equal(const String *a, const String *b) {
  return a == b || (((a->flags | b->flags) & STRING_LOOSE) &&
                    wf_string_equal_loose(a, b));
}
/* memcpy for the lengths of interned strings: whole words, the last one
 * overlapping. */
static ALWAYS_INLINE void string_copy_short(char *to, const char *from,
                                            size_t len) {
  if (len >= 8) {
    for (size_t i = 0; i + 8 < len; i += 8)
      memcpy(to + i, from + i, 8);
    memcpy(to + len - 8, from + len - 8, 8);
  } else if (len >= 4) {
    memcpy(to, from, 4);
    memcpy(to + len - 4, from + len - 4, 4);
  } else if (len != 0) {
    to[0] = from[0];
    to[len / 2] = from[len / 2];
    to[len - 1] = from[len - 1];
  }
}
/* Order as strcoll per NUL-separated piece (manual 3.4.4): <0, 0, >0. */
int wf_string_compare(const String *a, const String *b);
/* Creates the intern table; false when memory is exhausted. */
bool wf_string_open(VM *vm);
void wf_string_close(VM *vm);
/* Calls fn for the raw cells that the intern table consists of. */
void wf_string_each_table(const VM *vm, void (*fn)(void *ud, const void *cell),
                          void *ud);

#endif
