/* call.h: calling Lua and native functions from C. */
#ifndef WEFT_CALL_H
#define WEFT_CALL_H

#include "vm/value/state.h"

enum { CALL_ALL = -1 }; /* wanted results: as many as come */

/* Calls top[-nargs-1] with the nargs values above it; function and arguments
 * are replaced by the results (exactly nresults, or all for CALL_ALL).
 * Errors: whatever the callee throws; "C stack overflow".
 * GC: runs Lua; moves the stack. A yield inside is an error. */
void wf_call_function(Thread *L, int nargs, int nresults);

typedef enum CallStatus {
  CALL_OK,
  CALL_ERROR,        /* the error value is on top, in place of the results */
  CALL_MEMORY,
  CALL_HANDLER_ERROR /* error in the message handler */
} CallStatus;
/* As wf_call_function but catches errors. handler: a function called with the
 * error value where the error was raised, its result becomes the error value;
 * nil for none. */
CallStatus wf_call_protected(Thread *L, int nargs, int nresults,
                             Value handler);
/* Runs C code in protected mode with the same catching. */
CallStatus wf_call_protected_c(Thread *L, void (*fn)(Thread *L, void *ud),
                               void *ud, Value handler);

#endif
