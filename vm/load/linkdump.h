/* linkdump.h: linked code as text, beside what it was made of. */
#ifndef WEFT_LINKDUMP_H
#define WEFT_LINKDUMP_H

#include "vm/bytecode/module.h"
#include "vm/value/state.h"

/* The lines of a source file; count 0: there is none to show. */
typedef struct SourceLines {
  const char *text;
  size_t len;
  size_t *starts; /* of line i + 1 */
  uint32_t count;
} SourceLines;

/* Appends a listing of p's linked code, its children not included: source
 * lines, the bytecode below them, beside each bytecode instruction the linked
 * ones it became, with the state of their inline caches. f is p as
 * wf_load_export gives it. A function that was never called is linked first.
 * Errors: memory. GC: does not collect. */
void wf_linkdump_function(Thread *L, Proto *p, const ModFunction *f,
                          const SourceLines *source, Buffer *out);

#endif
