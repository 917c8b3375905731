/* names.c: names of the native benchmarks. */
#include "bench/native/names.h"
#include "build_info.h"
#include <stdio.h>

static const char *mode(void) {
  static char text[64];
  if (!*text) {
    snprintf(text, sizeof text, "%s%s%s%s%s", WEFT_BUILD_DISPATCH,
             WEFT_FOLD ? "" : "-nofold", WEFT_FUSE ? "" : "-nofuse",
             WEFT_ACC || !WEFT_FOLD ? "" : "-noacc", WEFT_IC ? "" : "-noic");
  }
  return text;
}

void names_register(const char *suite, const char *program, GbFunction fn,
                    void *ud) {
  char name[160];
  snprintf(name, sizeof name, "%s/%s/%s", suite, program, mode());
  gb_register(name, fn, ud);
}
