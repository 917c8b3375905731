/* trampoline.h: generated code that stands for Lua functions on the C stack. */
#ifndef WEFT_TRAMPOLINE_H
#define WEFT_TRAMPOLINE_H

#include "vm/value/state.h"

typedef void (*Trampoline)(VM *vm);

/* Opens the map file and makes the first code. target: what trampolines call.
 * NULL, or why it cannot be done; the text lives until the next call. */
const char *wf_trampoline_start(Trampoline target);
/* Code that calls the target from a frame of its own and has this name in the
 * map file; the same for the same name. NULL: no memory. */
void *wf_trampoline_get(const char *name);

#endif
