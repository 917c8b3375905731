/* function.h: closures, upvalues, prototypes, userdata. */
#ifndef WEFT_FUNCTION_H
#define WEFT_FUNCTION_H

#include "vm/value/state.h"

/* A native closure with n nil upvalues; `name` is static text or NULL. */
Function *wf_function_new_native(VM *vm, NativeFn fn, uint32_t n,
                                 const char *name);
/* A Lua closure with all upvalues NULL: the caller fills them before the next
 * safepoint. Entry is unlinked or copied from an already linked prototype. */
Function *wf_function_new_lua(VM *vm, Proto *p);
/* A closed upvalue holding v. */
UpVal *wf_function_new_upval(VM *vm, Value v);
/* The open upvalue of this slot of L's stack, created when absent. */
UpVal *wf_function_find_upval(Thread *L, Value *slot);
/* Stores v through u, with the barrier it takes. */
void wf_function_set_upval(VM *vm, UpVal *u, Value v);
/* Closes every open upvalue at or above `level`. */
void wf_function_close_upvals(Thread *L, const Value *level);
/* Name of upvalue n (0-based), "" when stripped... NULL when out of range. */
const char *wf_function_upval_name(const Function *f, uint32_t n);
/* Userdata with nvalues nil user values and `size` payload bytes, zeroed. */
Userdata *wf_function_new_userdata(VM *vm, size_t size, uint16_t nvalues);
/* The same, but the payload is what was there before: for a big one, whose
 * pages are then used as they are needed. */
Userdata *wf_function_new_blank(VM *vm, size_t size, uint16_t nvalues);

#endif
