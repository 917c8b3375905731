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

/* Makes the return from t's highest Lua function, at base or below, take the
 * slow path, which lowers t->watch; `skip` such functions are left out. The
 * offset for t->watch: 0 when there is none. */
uint32_t wf_frame_watch(Thread *t, Value *base, uint32_t skip);

#endif
