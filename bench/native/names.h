/* names.h: names of the native benchmarks: suite/program/mode.
 *
 * The mode says how this build dispatches and which steps of the linker are
 * off ("direct", "tail-nofold"). */
#ifndef WEFT_BENCH_NAMES_H
#define WEFT_BENCH_NAMES_H

#include "bench/gbench/gbench.h"

/* Registers "suite/program/mode". */
void names_register(const char *suite, const char *program, GbFunction fn,
                    void *ud);

/* Every file of benchmarks has one of these, called by main. */
void bench_dispatch(void);
void bench_values(void);
void bench_strings(void);
void bench_tables(void);
void bench_heap(void);
void bench_compiler(void);
void bench_loader(void);
void bench_calls(void);
/* The programs in the folder that the file of checksums names, with their quick
 * or their default sizes. False: no such file. */
bool bench_programs(const char *folder, const char *checksums, bool full);

#endif
