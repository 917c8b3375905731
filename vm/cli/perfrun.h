/* perfrun.h: --perf, from the command line's side. */
#ifndef WEFT_PERFRUN_H
#define WEFT_PERFRUN_H

#include "vm/base/base.h"

/* Switches --perf on and calls fn on a stack on which a Lua stack of the
 * largest size has room for its C frames. False when that cannot be done,
 * after saying why on stderr. */
bool wf_perfrun(const char *program, void (*fn)(void *ud, char *stack_bottom),
                void *ud);

#endif
