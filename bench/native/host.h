/* host.h: VMs for the native benchmarks. */
#ifndef WEFT_BENCH_HOST_H
#define WEFT_BENCH_HOST_H

#include "bench/native/names.h"
#include "vm/exec/native.h"

/* Work in a VM: runs as a native function, so it may throw; an error's
 * message voids the benchmark. */
typedef void (*HostWork)(Thread *L, GbState *s, const void *ud);

/* Registers "suite/program/mode": `work` with ud in a fresh VM with all
 * libraries, a fixed seed and a running collector. */
void host_register(const char *suite, const char *program, HostWork work,
                   const void *ud);
/* A VM whose load() compiles; NULL when memory is exhausted. */
VM *host_open_vm(void);
/* Pushes the function that the chunk returns. Errors: the chunk's. */
Function *host_push_function(Thread *L, const char *text, size_t len,
                             const char *name);
/* gb_fail with the error value's text. */
void host_fail(GbState *s, Value error);

#endif
