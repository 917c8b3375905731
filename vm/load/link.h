/* link.h: stack bytecode to threaded register code, at a function's first
 * call. The code must have passed the verifier. */
#ifndef WEFT_LINK_H
#define WEFT_LINK_H

#include "vm/value/state.h"

/* Links p: sets code, code_size, linked_map. Errors: memory.
 * GC: while a call is made (L->entering) may collect; runs no finalizers. */
void wf_link_proto(Thread *L, Proto *p);
/* Copies entry, arity and frame size of a linked prototype to a closure. */
void wf_link_closure(Function *f);

#endif
