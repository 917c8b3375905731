/* dump.h: --dump: what becomes of a chunk on its way to execution. */
#ifndef WEFT_DUMP_H
#define WEFT_DUMP_H

#include "vm/cli/options.h"
#include "vm/exec/native.h"

/* Prints the chunk in the file (NULL: stdin) in the form asked for. False: a
 * message is on top of the stack instead. */
bool wf_dump_file(Thread *L, DumpKind kind, const char *filename);
/* Prints the linked code of p and of the functions in it as it is now, with the
 * lines of the file (NULL: stdin, which has none any more). Errors: memory. */
void wf_dump_linked(Thread *L, Proto *p, const char *filename);

#endif
