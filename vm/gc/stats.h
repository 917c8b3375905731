/* stats.h: what the collector cost (`weft --gc-stats`). */
#ifndef WEFT_STATS_H
#define WEFT_STATS_H

#include "vm/value/state.h"
#include <stdio.h>

/* Begins to record; false when memory is exhausted. at_close (or NULL) is
 * called when the VM closes, before its heap is gone. */
bool wf_stats_enable(VM *vm, void (*at_close)(VM *vm));
/* Pauses by phase, minimum mutator utilisation, memory and the collector's
 * share of the CPU time since wf_stats_enable; as text or one JSON object. */
void wf_stats_print(const VM *vm, FILE *out, bool json);

#endif
