/* base.h: compiler attributes, checks and integer shorthands used everywhere.
 *
 * The lowest header of the tree: it includes nothing of weft. */
#ifndef WEFT_BASE_H
#define WEFT_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define NOINLINE __attribute__((noinline))
#define ALWAYS_INLINE inline __attribute__((always_inline))
#define COLDFN __attribute__((noinline, cold))
#define NORETURN __attribute__((noreturn))
#define PRINTF_LIKE(fmt, args) __attribute__((format(printf, fmt, args)))
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

/* CHECK states an invariant of weft itself; it costs nothing in release. */
#ifdef WEFT_CHECKS
#include <stdio.h>
#include <stdlib.h>
#define CHECK(c)                                                               \
  ((c) ? (void)0                                                               \
       : (fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__,     \
                  #c),                                                         \
          abort()))
#else
#define CHECK(c) ((void)0)
#endif
#define UNREACHABLE() (CHECK(!"reached"), __builtin_unreachable())

#endif
