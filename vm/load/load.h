/* load.h: modules become prototypes and closures, and back for string.dump. */
#ifndef WEFT_LOAD_H
#define WEFT_LOAD_H

#include "vm/bytecode/module.h"
#include "vm/value/state.h"

/* The main function of a module that passes verification, as a new closure:
 * its first upvalue, if any, holds env, the others nil. NULL when it does not
 * pass: *why is then the reason (static text). The module is copied and stays
 * the caller's, who must free it also when this throws.
 * Errors: memory. GC: does not collect. */
Function *wf_load_module(Thread *L, const Module *m, Value env,
                         const char **why);

/* Fills an initialised module with p and the functions nested in it. The
 * module points into p's arrays and strings: it must not outlive p. False when
 * memory is exhausted. Owns: the caller frees *out in both cases. */
bool wf_load_export(const Proto *p, Module *out);

/* Appends the binary form of a Lua function (string.dump); out->failed tells
 * that memory ran out. False, with nothing appended, for a native function. */
bool wf_load_dump(Thread *L, const Function *f, bool strip, Buffer *out);

#endif
