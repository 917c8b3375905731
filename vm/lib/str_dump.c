/* str_dump.c: string.dump. The work is done where modules are loaded. */
#include "vm/lib/str_dump.h"
#include "vm/lib/arg.h"
#include "vm/load/load.h"

int wf_str_dump_native(Thread *L) {
  wf_native_check_type(L, 1, TYPE_FUNCTION);
  bool strip = arg_truth(L, 2);
  Buffer *b = wf_native_buffer(L);
  if (!wf_load_dump(L, value_as_function(L->base[0]), strip, b))
    wf_error_format(L, "unable to dump given function");
  if (b->failed)
    wf_error_memory(L->vm);
  wf_native_buffer_push(L, b);
  return 1;
}
