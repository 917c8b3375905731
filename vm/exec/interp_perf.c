/* interp_perf.c: the loop of --perf, which runs one frame (perf.h). Compiled
 * with frame pointers. */
#define WEFT_PERF 1
#define run perf_run /* its name in profiles */
#include "vm/exec/perf.h"
#include "vm/exec/run.inc"

void wf_perf_loop(VM *vm) {
  Thread *L = vm->thread;
  char *pc = vm->perf_pc;
  vm->perf_thread = L;
  vm->perf_base = L->base - L->stack;
  vm->perf_function = L->base[-2];
  vm->perf_pc = wf_frame_leave_code; /* unless the loop says otherwise */
  run(vm, pc, L->base);
}

uint64_t wf_perf_handler_word(unsigned op) {
#if WEFT_DISPATCH != W_TAIL
  if (!handler_table)
    export_handlers();
#else
  (void)export_handlers;
#endif
  return handler_word((LinkedOp)op);
}
