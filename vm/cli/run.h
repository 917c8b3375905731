/* run.h: running chunks the way the program does: errors get a traceback and
 * are reported on stderr, Ctrl-C interrupts.
 *
 * All are called from the program's main native, whose first stack slot holds
 * the message handler (wf_run_new_handler). */
#ifndef WEFT_RUN_H
#define WEFT_RUN_H

#include "vm/exec/native.h"

/* The handler that appends a traceback to error messages. */
Value wf_run_new_handler(Thread *L);
/* Calls the function below nargs arguments with the handler at base[0]; false:
 * the error value is on top instead of results. Ctrl-C meanwhile raises
 * "interrupted!" in the program, a second one ends the process. */
bool wf_run_call(Thread *L, int nargs, int nresults);
/* Prints "program: text" (program NULL: the text alone) on stderr. */
void wf_run_message(const char *program, const char *text);
/* Passes `ok` on; when false, prints the error value on top and pops it. */
bool wf_run_report(Thread *L, const char *program, bool ok);
/* Runs the chunk on top, or reports its load error when !loaded. */
bool wf_run_chunk(Thread *L, const char *program, bool loaded);

#endif
