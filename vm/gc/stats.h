/* stats.h: what the collector cost (`weft --gc-stats`). */
#ifndef WEFT_STATS_H
#define WEFT_STATS_H

#include "vm/value/state.h"
#include <stdio.h>

/* Begins to record; false when memory is exhausted. */
bool wf_stats_enable(VM *vm);
/* Pauses by phase, minimum mutator utilisation, memory and the collector's
 * share of the time since wf_stats_enable; as text or one JSON object. */
void wf_stats_print(const VM *vm, FILE *out, bool json);

#endif
