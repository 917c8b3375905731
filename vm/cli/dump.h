/* dump.h: --dump: what becomes of a chunk on its way to execution. */
#ifndef WEFT_DUMP_H
#define WEFT_DUMP_H

#include "vm/cli/options.h"
#include "vm/exec/native.h"

/* Prints the chunk in the file (NULL: stdin) in the form asked for. False: a
 * message is on top of the stack instead. */
bool wf_dump_file(Thread *L, DumpKind kind, const char *filename);

#endif
