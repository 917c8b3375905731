/* main.c: weft_bench: all native benchmarks in one program.
 *
 *   weft_bench [--programs=quick|full] [--checksums=FILE] [--benchmark_*...]
 *
 * --programs: sizes of the Lua programs of bench/programs (quick);
 * --checksums: what they must print (bench/programs/checksums). */
#include "bench/native/names.h"
#include "build_info.h"
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  bool full = false;
  const char *folder = WEFT_SOURCE_DIR "/bench/programs";
  const char *checksums = WEFT_SOURCE_DIR "/bench/programs/checksums";
  int kept = 1;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--programs=full") == 0)
      full = true;
    else if (strcmp(argv[i], "--programs=quick") == 0)
      full = false;
    else if (strncmp(argv[i], "--checksums=", 12) == 0)
      checksums = argv[i] + 12;
    else
      argv[kept++] = argv[i];
  }
  argv[kept] = NULL;
  gb_add_context("weft_commit", WEFT_BUILD_COMMIT);
  gb_add_context("weft_compiler", WEFT_BUILD_COMPILER);
  gb_add_context("weft_build_type", WEFT_BUILD_TYPE);
  gb_add_context("weft_flags", WEFT_BUILD_FLAGS);
  gb_add_context("weft_dispatch", WEFT_BUILD_DISPATCH);
  gb_add_context("weft_axes", WEFT_BUILD_AXES);
  gb_add_context("weft_programs", full ? "full" : "quick");
  bench_dispatch();
  bench_values();
  bench_strings();
  bench_tables();
  bench_heap();
  bench_compiler();
  bench_loader();
  bench_calls();
  if (!bench_programs(folder, checksums, full))
    return 1;
  return gb_run(kept, argv);
}
