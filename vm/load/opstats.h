/* opstats.h: what a program executes, counted; only with -DWEFT_STATS=ON.
 *
 * Counts are the process's, of all its VMs. In a build without WEFT_STATS
 * nothing here is called and handlers contain nothing of it. */
#ifndef WEFT_OPSTATS_H
#define WEFT_OPSTATS_H

#include "vm/load/linked.h"
#include "vm/value/state.h"
#include <stdio.h>

#ifdef WEFT_STATS
/* The linked code of p: how many compact instructions each one stands for. */
void wf_opstats_linked(const Proto *p);
/* The instruction at pc starts. */
void wf_opstats_count(LinkedOp op, const char *pc);
/* It goes on in its cold part. */
void wf_opstats_slow(LinkedOp op);

typedef enum StatsFormat { STATS_TABLE, STATS_JSON } StatsFormat;
/* Everything counted so far. */
void wf_opstats_write(FILE *out, StatsFormat format);
#endif

#endif
