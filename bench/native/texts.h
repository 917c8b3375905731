/* texts.h: the Lua sources that the compiler's and the loader's benchmarks go
 * through: those of bench/programs/apps, and what the compiler makes of them.
 */
#ifndef WEFT_BENCH_TEXTS_H
#define WEFT_BENCH_TEXTS_H

#include "bench/gbench/gbench.h"
#include "compiler/compile.h"

enum { TEXTS_MAX = 64 };

typedef struct Texts {
  int n;
  Buffer source[TEXTS_MAX]; /* followed by the NULs that the lexer wants */
  Module module[TEXTS_MAX];
  int64_t bytes, instructions; /* sums */
} Texts;

extern const CompileOptions texts_options;

/* Read and compiled at the first call. NULL: the benchmark is void. */
const Texts *texts_get(GbState *s);

#endif
