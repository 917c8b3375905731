/* interp.h: the interpreter loop, its activations, and leaving them by error.
 *
 * An Entry is one activation of the loop on the C stack. Lua-to-Lua calls,
 * metamethods, pcall and coroutines stay inside one entry; only native
 * functions that call back make another. Errors longjmp to the innermost
 * entry, which unwinds frames down to a pcall or to its own boundary. */
#ifndef WEFT_INTERP_H
#define WEFT_INTERP_H

#include "vm/exec/call.h"
#include "vm/exec/frame.h"
#include <setjmp.h>

typedef struct Entry {
  jmp_buf jump;
  struct Entry *previous;
  Thread *thread;        /* that called C code here */
  uint32_t base, top;    /* its frame, as stack offsets */
  char *pc;              /* and where it was, for who walks the frames */
  uint32_t c_depth, buffer_depth, handlers, handler, nest, entering;
  char *next;            /* where the loop starts */
  bool catches;          /* errors end here instead of going on */
} Entry;

/* Must run before anything is linked. */
void wf_interp_init(void);
/* The machine code of the handlers' hot parts: [*low, *high). */
void wf_interp_code(uintptr_t *low, uintptr_t *high);
/* Runs from pc in vm->thread's current frame until LEAVE; errors that nothing
 * inside catches go on to the previous entry. */
void wf_interp_execute(Thread *L, char *pc);
/* The same where the innermost entry's jump is set already. */
void wf_interp_run(VM *vm, char *pc);
/* Opens and closes an entry around C code (call.c). */
void wf_interp_push(Thread *L, Entry *e);
void wf_interp_pop(VM *vm, Entry *e);
/* L->error is set: continue at the innermost entry. */
NORETURN void wf_interp_unwind(Thread *L);
/* After a longjmp to e: the pc at which to go on; NULL when the error reached
 * e's boundary (e->catches), vm->thread == e->thread being restored there. */
char *wf_protect_unwind(VM *vm, Entry *e);

/* The loop that runs hooks, and what it does before each instruction. */
void wf_hooked_run(VM *vm, char *pc, Value *base);
void wf_hooked_step(VM *vm, char *pc, Value *base);
/* Call and return events of the native function whose frame is L's. */
void wf_hooked_native_call(Thread *L);
void wf_hooked_native_return(Thread *L, uint32_t n);

#endif
