/* protect.h: pcall, xpcall, unwinding to them, and to-be-closed variables. */
#ifndef WEFT_PROTECT_H
#define WEFT_PROTECT_H

#include "vm/exec/interp.h"

int wf_protect_pcall(Thread *L);
int wf_protect_xpcall(Thread *L);
/* Number of to-be-closed slots at or above level. */
static inline bool protect_has_tbc(const Thread *L, const Value *level) {
  return L->ntbc > 0 &&
         L->stack + L->tbc[L->ntbc - 1] >= level;
}
/* Marks a slot as to-be-closed (its value is neither nil nor false).
 * Errors: "variable 'x' got a non-closable value". */
void wf_protect_mark_tbc(Thread *L, Value *slot);
/* Takes the newest to-be-closed slot off the list and closes the upvalues
 * from it up; the slot. */
Value *wf_protect_pop_tbc(Thread *L);
/* Runs the closers from level up in this C call, then closes upvalues.
 * Errors: what a closer throws. GC: runs Lua. */
void wf_protect_close(Thread *L, ptrdiff_t level, Value error);
/* The same, catching: the last error (or `error`); sets *status. */
Value wf_protect_close_caught(Thread *L, ptrdiff_t level, Value error,
                              CallStatus *status);
/* Goes on closing after an error down to the pcall frame at L->base, then
 * makes that pcall return false and the error. */
char *wf_protect_close_next(Thread *L, Value error);

/* What is done between these two leaves all as it was when it is refused
 * memory: then the instruction, or the native, on whose frame nothing may have
 * been pushed, runs once more from its start, after a collection. */
static inline void protect_repeatable(VM *vm) { vm->repeatable = true; }
static inline void protect_done(VM *vm) {
  vm->repeatable = vm->repeated = false;
}

#endif
