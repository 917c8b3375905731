/* open.h: creating and destroying a VM. */
#ifndef WEFT_OPEN_H
#define WEFT_OPEN_H

#include "vm/value/state.h"

/* A VM with its main thread, globals and registry, no libraries; NULL when
 * memory is exhausted. random_seed: hash secret from the system's entropy,
 * else from `seed` alone (deterministic). Owns: the caller; wf_open_close. */
VM *wf_open_vm(uint64_t seed, bool random_seed);
/* Closes pending variables of the main thread, runs all finalizers and frees
 * everything. */
void wf_open_close(VM *vm);

#endif
