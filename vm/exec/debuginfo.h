/* debuginfo.h: what the program looks like from inside: frames, names, lines.
 *
 * A FrameRef names an activation by offsets, so it survives stack moves. */
#ifndef WEFT_DEBUGINFO_H
#define WEFT_DEBUGINFO_H

#include "vm/value/state.h"

typedef struct FrameRef {
  uint32_t base;      /* offset of base in the thread's stack */
  char *pc;           /* Lua frames: an address in the linked instruction in
                         progress; NULL when unknown */
  bool is_tail;       /* entered by a tail call */
  uint32_t next_base; /* offset where the callee's words begin, or of L->top
                         for the newest frame */
} FrameRef;

/* The newest frame of L; false when L runs nothing. */
bool wf_debuginfo_newest(Thread *L, FrameRef *out);
/* Turns frame into the one that called it; false when there is none. */
bool wf_debuginfo_caller(Thread *L, FrameRef *frame);
/* Frame `level` of L (0: running function). false when there is none. */
bool wf_debuginfo_frame(Thread *L, int level, FrameRef *out);

typedef struct DebugInfo {
  const char *source, *short_src, *what, *namewhat, *name;
  size_t source_len;
  char short_buf[60];
  char name_buf[64]; /* for callers that make a name up */
  int current_line, line_defined, last_line;
  int nups, nparams;
  bool is_vararg, is_tail_call;
  int first_transfer, transfer_count;
} DebugInfo;
/* Fills what `options` ("nSltur", as lua_getinfo; others are ignored) asks
 * for. frame NULL: about the function value f alone. name is NULL when there
 * is none, else points into a string of the prototype or static text;
 * short_src points into out itself. */
void wf_debuginfo_get(Thread *L, const FrameRef *frame, Value f,
                      const char *options, DebugInfo *out);
/* Value of the function running in frame. */
Value wf_debuginfo_function(Thread *L, const FrameRef *frame);
/* Name and slot of local n (1-based; negative: extra arguments) as
 * lua_getlocal; NULL when there is none. *slot points into the stack. */
const char *wf_debuginfo_local(Thread *L, const FrameRef *frame, int n,
                               Value **slot);
/* Name of parameter n of a function that is not running. */
const char *wf_debuginfo_param(Value f, int n);
/* Current line of a Lua frame, -1 for natives and stripped functions. */
int wf_debuginfo_line(Thread *L, const FrameRef *frame);
/* Line of the linked instruction of p at pc; -1 when stripped. */
int wf_debuginfo_line_at(const Proto *p, const char *pc);
/* Sets into[line] = true for every line of Lua function f that has code.
 * Errors: memory. */
void wf_debuginfo_active_lines(Thread *L, Value f, Table *into);

/* Which operand of the instruction in progress a value is. */
typedef enum OperandRole {
  OPERAND_ONLY, /* indexed object, operand of a unary operator, callee */
  OPERAND_LEFT, /* of an arithmetic or bitwise operator */
  OPERAND_RIGHT,
  OPERAND_CONCAT /* of a concatenation */
} OperandRole;
/* What v, an operand of the running Lua function's instruction, is called in
 * the program: "local", "upvalue", "global", "field", "method", "constant" and
 * its name; NULL when unknown or a native runs. */
const char *wf_debuginfo_describe(Thread *L, Value v, OperandRole role,
                                  const char **name);
/* What the function called by the instruction in progress is called, with
 * "metamethod" and "for iterator" too; NULL as above. */
const char *wf_debuginfo_describe_callee(Thread *L, const char **name);
/* Name of the variable in this slot of the running Lua function; "?" when it
 * has none. */
const char *wf_debuginfo_variable(Thread *L, const Value *slot);

enum { HOOK_CALL, HOOK_RETURN, HOOK_LINE, HOOK_COUNT, HOOK_TAIL_CALL };
enum {
  HOOK_MASK_CALL = 1,
  HOOK_MASK_RETURN = 2,
  HOOK_MASK_LINE = 4,
  HOOK_MASK_COUNT = 8
};
/* Sets debug.sethook state for L; hook NULL or mask 0: off. */
void wf_debuginfo_set_hook(Thread *L, HookFn hook, int mask, int count);
/* Tells L's hook about an event of the frame at L->base, if it wants to know
 * and does not run already. To be called at every call and return while
 * hook_mask is not 0, whatever its bits: line events need to know where
 * control is. L->pc, L->top, vm->acc are kept. HOOK_RETURN: L->transfer_first
 * (1: base[0]) and transfer_count say where the results are.
 * GC: runs Lua; moves the stack. */
void wf_debuginfo_run_hook(Thread *L, int event, int line);
/* To be called before each linked instruction of the Lua function at L->base
 * while hook_mask asks for lines or counts: raises these events. As above. */
void wf_debuginfo_trace(Thread *L, char *pc);

#endif
