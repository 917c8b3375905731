/* barriers.h: the barriers build (-DCMAKE_BUILD_TYPE=Barriers): after every
 * instruction no black object may refer to a white one, so a store that lacks
 * its barrier is found at the instruction that stored. */
#ifndef WEFT_BARRIERS_H
#define WEFT_BARRIERS_H

#include "vm/load/linked.h"
#include "vm/value/state.h"

/* Checks what was stored before the instruction `op` at pc, which is about to
 * run; prints the instruction that stored and aborts. */
void wf_barriers_check(VM *vm, LinkedOp op, const char *pc, const Value *base);

#endif
