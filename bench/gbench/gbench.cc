// gbench.cc: the C face of libbenchmark; see gbench.h.
//
// A GbState is a benchmark::State; the timed loop is one batch of all its
// iterations, so the loop itself stays in C.
#include "bench/gbench/gbench.h"
#include <benchmark/benchmark.h>
#include <iostream>

using benchmark::Counter;
using benchmark::State;

static State &state_of(GbState *s) { return *reinterpret_cast<State *>(s); }

static bool failed;

void gb_register(const char *name, GbFunction fn, void *ud) {
  benchmark::RegisterBenchmark(name, [fn, ud](State &state) {
    fn(reinterpret_cast<GbState *>(&state), ud);
  });
}

void gb_add_context(const char *key, const char *value) {
  benchmark::AddCustomContext(key, value);
}

int gb_run(int argc, char **argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv))
    return 1;
  if (benchmark::RunSpecifiedBenchmarks() == 0) {
    std::cerr << "no benchmark was run\n";
    failed = true;
  }
  benchmark::Shutdown();
  return failed;
}

int64_t gb_begin(GbState *s) {
  State &state = state_of(s);
  return state.KeepRunningBatch(state.max_iterations) ? state.max_iterations
                                                      : 0;
}

bool gb_end(GbState *s) {
  State &state = state_of(s);
  return state.KeepRunningBatch(state.max_iterations);
}

int64_t gb_iterations(const GbState *s) {
  return reinterpret_cast<const State *>(s)->max_iterations;
}

void gb_pause(GbState *s) { state_of(s).PauseTiming(); }
void gb_resume(GbState *s) { state_of(s).ResumeTiming(); }

void gb_set_items(GbState *s, int64_t items) {
  state_of(s).SetItemsProcessed(items);
}

void gb_set_bytes(GbState *s, int64_t bytes) {
  state_of(s).SetBytesProcessed(bytes);
}

void gb_set_label(GbState *s, const char *text) { state_of(s).SetLabel(text); }

void gb_set_counter(GbState *s, const char *name, double value,
                    GbCounter kind) {
  Counter::Flags flags = Counter::kDefaults;
  switch (kind) {
  case GB_PLAIN:
    break;
  case GB_PER_ITERATION:
    flags = Counter::kAvgIterations;
    break;
  case GB_PER_SECOND:
    flags = Counter::kIsRate;
    break;
  case GB_SECONDS_PER:
    flags = static_cast<Counter::Flags>(Counter::kIsRate | Counter::kInvert);
    break;
  }
  state_of(s).counters[name] = Counter(value, flags);
}

void gb_fail(GbState *s, const char *why) {
  failed = true;
  state_of(s).SkipWithError(why);
}
