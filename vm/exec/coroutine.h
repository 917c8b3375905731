/* coroutine.h: natives of the coroutine library and thread creation.
 *
 * A resume does not use the C stack: it changes vm->thread and the machine's
 * base and pc (frame.h, NATIVE_CALL and NATIVE_RETURN). */
#ifndef WEFT_COROUTINE_H
#define WEFT_COROUTINE_H

#include "vm/exec/frame.h"

/* A thread with an empty stack. Errors: memory. */
Thread *wf_coroutine_new(VM *vm);
int wf_coroutine_create(Thread *L);
int wf_coroutine_resume(Thread *L);
int wf_coroutine_yield(Thread *L);
int wf_coroutine_wrap(Thread *L);
int wf_coroutine_close(Thread *L);
int wf_coroutine_status(Thread *L);
int wf_coroutine_isyieldable(Thread *L);
int wf_coroutine_running(Thread *L);
/* A coroutine's main function returned n results / died by an error (in
 * co->error): goes on in its resumer. */
char *wf_coroutine_finish(Thread *co, Value *results, uint32_t n);
char *wf_coroutine_fail(Thread *co);

#endif
