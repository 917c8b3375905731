/* perf.h: `weft --perf`: one C frame for every Lua function that runs, so that
 * profilers which follow frame pointers see Lua functions.
 *
 * Lua calls do not use the C stack. Here they do: the loop of interp_perf.c
 * runs one frame and returns to this file whenever control goes to another,
 *
 *     interp entry | trampoline of f | wf_perf_frame | loop | native ...
 *                  `---- trampoline of g | wf_perf_frame | loop
 *
 * and what is on the Lua stack alone decides what happens: control in a newer
 * frame calls that frame's trampoline, control in an older one returns. So the
 * C stack always shows the Lua stacks of the running thread and of those that
 * resumed it. A yield returns from the coroutine's C frames, a resume calls
 * them again; an error longjmps to the entry, and the frames that survived it
 * are called again. A tail call replaces its caller's C frame.
 *
 * Trampolines are a few instructions of generated code, one for each name in
 * /tmp/perf-PID.map (trampoline.c). While hooks are set the hooked loop runs,
 * which makes no C frames. */
#ifndef WEFT_PERF_H
#define WEFT_PERF_H

#include "vm/exec/frame.h"

/* Set once, before the first VM is made. */
extern bool wf_perf_on;
/* Switches --perf on: opens the map file. NULL, or why it cannot be; the text
 * lives until the next call. */
const char *wf_perf_start(void);
/* Runs from pc on until LEAVE. Errors: "C stack overflow", and any. */
void wf_perf_run(VM *vm, char *pc);
/* What trampolines call. */
void wf_perf_frame(VM *vm);

/* The loop (interp_perf.c): runs from vm->perf_pc to a pc of another frame. */
void wf_perf_loop(VM *vm);
/* Handler words of that loop. */
uint64_t wf_perf_handler_word(unsigned op);

/* Whether control went to another frame than the one the loop was called for. */
static inline bool perf_moved(const VM *vm, const Value *base) {
  const Thread *L = vm->thread;
  return L != vm->perf_thread || base - L->stack != vm->perf_base ||
         base[-2] != vm->perf_function;
}

#endif
