/* lib_coroutine.c: the coroutine library: names for the natives of the
 * interpreter (exec/coroutine.h), which switches threads itself. */
#include "vm/exec/coroutine.h"
#include "vm/lib/arg.h"

void wf_lib_coroutine_open(Thread *L) {
  static const NativeReg functions[] = {
      {"close", wf_coroutine_close},
      {"create", wf_coroutine_create},
      {"isyieldable", wf_coroutine_isyieldable},
      {"resume", wf_coroutine_resume},
      {"running", wf_coroutine_running},
      {"status", wf_coroutine_status},
      {"wrap", wf_coroutine_wrap},
      {"yield", wf_coroutine_yield},
      {NULL, NULL}};
  wf_lib_open_new(L, "coroutine", 8, functions);
  native_pop(L);
}
