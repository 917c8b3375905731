/* error.h: raising errors. None of these returns. */
#ifndef WEFT_ERROR_H
#define WEFT_ERROR_H

#include "vm/value/value_hooks.h"
#include <stdarg.h>

/* Raises v as it is (runs the message handler in force first). */
NORETURN void wf_error_throw(Thread *L, Value v);
/* Raises "chunk:line: text" with the position of the running Lua function, or
 * of the Lua function that called the running native ("" when there is none):
 * what library functions use. Formats: printf's. */
/* (wf_error_format and wf_error_memory are declared in value/value_hooks.h
 * and gc/gc_hooks.h, where lower layers need them too.) */
/* The same for errors of the machine itself: with a position only when a Lua
 * function is running. */
NORETURN void wf_error_runtime(Thread *L, const char *fmt, ...)
    PRINTF_LIKE(2, 3);
/* The position prefix for `level` (0: running function, 1: its caller...) as
 * luaL_where: "chunk:line: " or "". */
String *wf_error_where(Thread *L, int level);
/* "error in error handling": raised without running a handler. */
NORETURN void wf_error_in_handler(Thread *L);

/* Errors of operations, with variable information ("(local 'x')"). */
NORETURN void wf_error_type(Thread *L, Value v, const char *operation);
NORETURN void wf_error_call(Thread *L, Value v);
/* The same of a finalizer: "(metamethod '__gc')". */
NORETURN void wf_error_finalizer(Thread *L, Value v);
/* a OP b; unary events: b is ignored. */
NORETURN void wf_error_arith(Thread *L, Event event, Value a, Value b);
NORETURN void wf_error_concat(Thread *L, Value a, Value b);
NORETURN void wf_error_compare(Thread *L, Value a, Value b);
/* what: "initial", "limit", "step". */
NORETURN void wf_error_for(Thread *L, Value v, const char *what);
/* "variable 'x' got a non-closable value"; slot of the running function. */
NORETURN void wf_error_close(Thread *L, const Value *slot);

/* Type name for messages about arguments: __name of the metatable, "light
 * userdata", or the basic type's name. Valid until the next safepoint. */
const char *wf_error_type_name(Thread *L, Value v);

#endif
