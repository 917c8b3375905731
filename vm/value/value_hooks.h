/* value_hooks.h: what values need from above; implemented by exec. */
#ifndef WEFT_VALUE_HOOKS_H
#define WEFT_VALUE_HOOKS_H

#include "vm/gc/gc_hooks.h"

/* Raises an error with the position of the running Lua function. */
NORETURN void wf_error_format(Thread *L, const char *fmt, ...)
    PRINTF_LIKE(2, 3);

#endif
