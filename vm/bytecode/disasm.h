/* disasm.h: the pieces of a listing. wf_disasm_module (module.h) makes a whole
 * one of them. */
#ifndef WEFT_DISASM_H
#define WEFT_DISASM_H

#include "vm/bytecode/module.h"
#include "vm/bytecode/opcode.h"

/* Where the listing of one function stands. */
typedef struct DisasmCursor {
  const ModFunction *f;
  const uint8_t *lines, *lines_end;
  uint64_t next_pc; /* the line entry to come, once `pending` */
  bool pending;
  uint32_t line; /* of the last instruction listed */
  uint32_t var;  /* first variable that has not started */
  const ModVar *live[MAX_SLOTS];
} DisasmCursor;

void wf_disasm_start(DisasmCursor *c, const ModFunction *f);
/* Appends opcode, operands and what they stand for, without a newline.
 * Instructions must come in ascending order. */
void wf_disasm_instruction(DisasmCursor *c, const Instruction *in, Buffer *out);
/* Appends the start of a string in quotes, its odd bytes escaped. */
void wf_disasm_quote(Buffer *out, ModString s);

#endif
