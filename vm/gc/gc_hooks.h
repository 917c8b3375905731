/* gc_hooks.h: what the collector needs from above; implemented by exec. */
#ifndef WEFT_GC_HOOKS_H
#define WEFT_GC_HOOKS_H

#include "vm/value/state.h"

/* Raises "not enough memory", allocating nothing. */
NORETURN void wf_error_memory(VM *vm);

/* Calls finalizer(object) in protected mode at a safepoint of L; an error
 * becomes the warning "error in __gc". Hooks are off meanwhile.
 * GC: runs Lua; moves the stack. */
void wf_call_finalizer(Thread *L, Value finalizer, Value object);

#endif
