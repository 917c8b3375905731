/* repl.h: the interactive mode. */
#ifndef WEFT_REPL_H
#define WEFT_REPL_H

#include "vm/exec/native.h"

/* Reads, runs and prints until the input ends. Called from the program's main
 * native with the message handler in base[0]; its other slots are dropped.
 * GC: runs Lua; moves the stack. */
void wf_repl_run(Thread *L);

#endif
