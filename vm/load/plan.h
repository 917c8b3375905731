/* plan.h: first pass of the linker: what each bytecode instruction may assume.
 *
 * A call's callee and arguments are adjacent on the operand stack, but a frame
 * needs a slot between them for the return word. The plan finds where each
 * callee is complete; from there to its call every slot above the callee is
 * shifted up by one (a "gap"). When some jump would cross such a region in a
 * way that compiled code never does, or a closure captures a shifted slot,
 * gaps are given up for the whole function and the arguments are shifted at
 * each call instead. */
#ifndef WEFT_PLAN_H
#define WEFT_PLAN_H

#include "vm/bytecode/module.h"
#include "vm/bytecode/opcode.h"
#include "vm/value/object.h"

enum {
  PLAN_TARGET = 1,  /* some jump leads here */
  PLAN_LAZY = 2,    /* the pushed value is used where it may be read late */
  PLAN_FORCED = 4,  /* the pushed value must be in its slot */
  PLAN_GAP = 8,     /* a gap above the top slot starts before this one */
  PLAN_METHOD = 16, /* a METHOD whose results go to a call: gap behind it */
  PLAN_STEP_1 = 32, /* body of a numeric loop with constant step 1 */
  PLAN_HELD = 64    /* lazy, and stays so while control branches and joins */
};
enum { PLAN_UNREACHED = 0xFFFF };

typedef struct Plan {
  uint16_t *depth; /* per bytecode offset; PLAN_UNREACHED inside and after */
  uint8_t *flags;
  bool gaps; /* gaps are used; else arguments are shifted at calls */
  uint32_t *gap_ends; /* offsets of the calls that end them, ascending */
  uint32_t ngaps;
} Plan;

/* False when memory is exhausted. Owns: the caller; wf_plan_free. */
bool wf_plan_make(Plan *plan, const Proto *proto);
void wf_plan_free(Plan *plan);
/* Distance of the callee from the top, when `in` is a call; else 0. */
uint32_t wf_plan_callee(const Instruction *in);

#endif
