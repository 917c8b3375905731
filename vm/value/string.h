/* string.h: creation and interning of strings. */
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
uint64_t wf_string_hash_long(VM *vm, String *s);
static inline bool string_is_long(const String *s) {
  return s->flags & STRING_LONG;
}
static inline uint64_t string_hash(VM *vm, String *s) {
  return LIKELY(s->flags & STRING_HASHED) ? s->hash
                                          : wf_string_hash_long(vm, s);
}
bool wf_string_equal_long(const String *a, const String *b);
static inline bool string_equal(const String *a, const String *b) {
  return a == b ||
         (string_is_long(a) && string_is_long(b) && wf_string_equal_long(a, b));
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
