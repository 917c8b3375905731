/* error.h: raising errors. None of these returns. */
#ifndef WEFT_ERROR_H
#define WEFT_ERROR_H

#include "vm/value/state.h"
#include <stdarg.h>

/* Raises v as it is (runs the message handler in force first). */
NORETURN void wf_error_throw(Thread *L, Value v);
/* Raises "chunk:line: text" with the position of the running Lua function, or
 * of the Lua function that called the running native ("" when there is none).
 * luaL_error and luaG_runerror in one. Formats: printf's. */
NORETURN void wf_error_format(Thread *L, const char *fmt, ...)
    PRINTF_LIKE(2, 3);
/* The position prefix for `level` (0: running function, 1: its caller...) as
 * luaL_where: "chunk:line: " or "". */
String *wf_error_where(Thread *L, int level);
/* "not enough memory", allocating nothing. */
NORETURN void wf_error_memory(VM *vm);

/* Errors of operations, with variable information ("(local 'x')"). */
NORETURN void wf_error_type(Thread *L, Value v, const char *operation);
NORETURN void wf_error_call(Thread *L, Value v);
NORETURN void wf_error_arith(Thread *L, Event event, Value a, Value b);
NORETURN void wf_error_concat(Thread *L, Value a, Value b);
NORETURN void wf_error_compare(Thread *L, Value a, Value b);
NORETURN void wf_error_for(Thread *L, Value v, const char *what);

/* Type name for messages: __name of the metatable, "light userdata", or the
 * basic type's name. Valid until the next safepoint. */
const char *wf_error_type_name(Thread *L, Value v);

#endif
