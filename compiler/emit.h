/* emit.h: instructions of one function, from symbolic to bytes.
 *
 * Code generation appends instructions whose jumps name labels; wf_emit_finish
 * threads and sizes jumps, drops dead code and encodes. Functions are
 * generated one at a time, so one Emit and its arrays serve them all.
 *
 * `depth` is the operand stack's depth here; every appended instruction says
 * how it changes it. It is tracked through code that cannot be reached, which
 * is not appended, nor are its constants and functions. */
#ifndef WEFT_COMPILER_EMIT_H
#define WEFT_COMPILER_EMIT_H

#include "compiler/ast.h"

typedef struct EmitInstr {
  uint32_t a, b; /* operands; b of jumps: label */
  uint32_t line;
  uint8_t op, size; /* bytes; 0: dropped */
} EmitInstr;

/* Operand a of an OP_JUMP that is kept even when it leads to the next
 * instruction: hooks shall see its line. */
enum { JUMP_STAYS = 1 };

typedef struct EmitLabel {
  uint32_t pos;  /* instruction it stands before */
  uint32_t refs; /* jumps to it so far */
  uint16_t depth;
} EmitLabel;

typedef struct EmitVar {
  Var *var; /* NULL: "(for state)" */
  uint32_t slot, start, end;
} EmitVar;

typedef struct ConstSlot ConstSlot;

typedef struct Emit {
  Compiler *c;
  Func *func;
  uint32_t serial; /* of the function */
  uint32_t depth, max_depth;
  bool reachable;   /* control can get here */
  bool sweep;       /* dead code may have been appended */
  uint32_t barrier; /* no merging of instructions before this one */
  EmitInstr *code;
  uint32_t ncode, code_cap;
  uint32_t *offsets;
  uint32_t offsets_cap;
  uint32_t *jumps;
  uint32_t njumps, jumps_cap;
  EmitLabel *labels;
  uint32_t nlabels, labels_cap;
  ModConst *consts;
  uint32_t nconsts, consts_cap;
  ConstSlot *numbers; /* hash table of numeric constants */
  uint32_t numbers_size, nnumbers;
  ModFunction **children;
  uint32_t nchildren, children_cap;
  EmitVar *vars;
  uint32_t nvars, vars_cap;
  uint32_t *work;
  uint32_t work_cap;
  Buffer lines;
} Emit;

void wf_emit_init(Emit *e, Compiler *c);
void wf_emit_free(Emit *e);
/* Starts a function: parameters are on the stack. */
void wf_emit_start(Emit *e, Func *f);
/* The finished function, in the module's arena. */
ModFunction *wf_emit_finish(Emit *e);

/* Appends an instruction that is no jump. delta: change of depth. */
void wf_emit_op(Emit *e, Opcode op, uint32_t a, uint32_t b, int delta,
                uint32_t line);
/* Changes the depth without an instruction: values a jump brought. */
void wf_emit_adjust(Emit *e, int delta, uint32_t line);
/* Short forms chosen by operand. */
void wf_emit_get_local(Emit *e, uint32_t slot, uint32_t line);
void wf_emit_set_local(Emit *e, uint32_t slot, uint32_t line);
void wf_emit_int(Emit *e, int64_t i, uint32_t line);
void wf_emit_float(Emit *e, double d, uint32_t line);
void wf_emit_nils(Emit *e, uint32_t n, uint32_t line);
void wf_emit_pop(Emit *e, uint32_t n, uint32_t line);
/* Index of a string constant. */
uint32_t wf_emit_string(Emit *e, Name *name);

/* A label without a place yet. */
uint32_t wf_emit_label(Emit *e);
/* Puts the label here; control gets here if some jump to it exists or `entered`
 * (from further down). */
void wf_emit_place(Emit *e, uint32_t label, bool entered);
/* Appends a jump; a is the other operand. `delta` is for falling through,
 * `taken` for jumping. */
void wf_emit_jump(Emit *e, Opcode op, uint32_t a, uint32_t label, int delta,
                  int taken, uint32_t line);

/* A local lives in the slot from here on; returns its number for _end. */
uint32_t wf_emit_var_start(Emit *e, Var *var, uint32_t slot);
void wf_emit_var_end(Emit *e, uint32_t number);
/* Number of a nested function. */
uint32_t wf_emit_child(Emit *e, ModFunction *child);

#endif
