/* gbench.h: Google Benchmark for C.
 *
 *   static void add(GbState *s, void *ud) {
 *     GB_LOOP(s)
 *       gb_keep(x += y);
 *     gb_set_items(s, gb_iterations(s));
 *   }
 *   gb_register("value/add/direct", add, NULL);
 *
 * What a benchmark does before GB_LOOP and behind it is not timed. The library
 * chooses how often the loop runs and calls the function several times; all of
 * that, `--benchmark_*` options and the JSON form are Google Benchmark's own.
 * gbench.cc is the project's only C++. */
#ifndef WEFT_GBENCH_H
#define WEFT_GBENCH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct GbState GbState;
typedef void (*GbFunction)(GbState *s, void *ud);

/* Adds a benchmark; the name is copied, ud must live until gb_run returned. */
void gb_register(const char *name, GbFunction fn, void *ud);
/* A line of the report's head, and an entry of the JSON's "context". */
void gb_add_context(const char *key, const char *value);
/* Runs what the options select. Takes its own options out of argv; 0, or 1
 * when it meets an unknown one or a benchmark reported an error. */
int gb_run(int argc, char **argv);

/* The timed loop: gb_begin gives the number of iterations and starts the
 * clock, gb_end stops it and is false. Running the body costs no calls. */
int64_t gb_begin(GbState *s);
bool gb_end(GbState *s);
#define GB_LOOP(s)                                                             \
  for (int64_t gb_left_ = gb_begin(s); gb_left_ > 0 || gb_end(s); gb_left_--)

/* Iterations of this call of the function. */
int64_t gb_iterations(const GbState *s);
/* Inside the loop: takes what is between out of the time. Costs much. */
void gb_pause(GbState *s);
void gb_resume(GbState *s);

/* After the loop: totals of all iterations, reported per second. */
void gb_set_items(GbState *s, int64_t items);
void gb_set_bytes(GbState *s, int64_t bytes);
void gb_set_label(GbState *s, const char *text);

typedef enum GbCounter {
  GB_PLAIN,
  GB_PER_ITERATION, /* divided by the iterations */
  GB_PER_SECOND,
  GB_SECONDS_PER /* its inverse: seconds for one */
} GbCounter;
void gb_set_counter(GbState *s, const char *name, double value, GbCounter kind);

/* This benchmark's time is void, the text says why. Before GB_LOOP: the loop
 * does not run. */
void gb_fail(GbState *s, const char *why);

/* Makes the compiler believe that the value is used. */
static inline void gb_keep(uint64_t value) {
  __asm__ volatile("" : : "r"(value) : "memory");
}

#ifdef __cplusplus
}
#endif
#endif
