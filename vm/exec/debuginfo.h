/* debuginfo.h: what the program looks like from inside: frames, names, lines.
 *
 * A FrameRef names an activation by offsets, so it survives stack moves. */
#ifndef WEFT_DEBUGINFO_H
#define WEFT_DEBUGINFO_H

#include "vm/value/state.h"

typedef struct FrameRef {
  uint32_t base;    /* offset of base in the thread's stack */
  char *pc;         /* Lua frames: linked pc of the instruction in progress */
  bool is_tail;     /* called by a tail call */
  uint32_t next_base; /* offset of the callee's frame start (its func slot), or
                         of L->top for the newest frame */
} FrameRef;

/* Frame `level` of L (0: running function). false when there is none. */
bool wf_debuginfo_frame(Thread *L, int level, FrameRef *out);

typedef struct DebugInfo {
  const char *source, *short_src, *what, *namewhat, *name;
  size_t source_len;
  char short_buf[60];
  char name_buf[64];
  int current_line, line_defined, last_line;
  int nups, nparams;
  bool is_vararg, is_tail_call;
  int first_transfer, transfer_count;
} DebugInfo;
/* Fills what `options` ("nSltur", as lua_getinfo) asks for. frame NULL: about
 * the function value f alone. name points into strings of the prototype or
 * into name_buf. */
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
/* Current line of a Lua frame, -1 for natives. */
int wf_debuginfo_line(Thread *L, const FrameRef *frame);
/* " (local 'x')" etc. for value v of the running instruction, "" if unknown */
void wf_debuginfo_describe(Thread *L, Value v, char out[80]);
/* Sets debug.sethook state for L. */
void wf_debuginfo_set_hook(Thread *L, HookFn hook, int mask, int count);

enum { HOOK_CALL, HOOK_RETURN, HOOK_LINE, HOOK_COUNT, HOOK_TAIL_CALL };
enum { HOOK_MASK_CALL = 1, HOOK_MASK_RETURN = 2, HOOK_MASK_LINE = 4,
       HOOK_MASK_COUNT = 8 };

#endif
