/* opcode.h: enums and tables made from opcodes.def. */
#ifndef WEFT_OPCODE_H
#define WEFT_OPCODE_H

#include "vm/base/base.h"

typedef enum Opcode {
#define OP(name, operands, pops, pushes, flags, picture, text) OP_##name,
#include "vm/bytecode/opcodes.def"
#undef OP
  OPCODE_COUNT
} Opcode;

typedef enum OperandFormat {
  OPERANDS_NONE,
  OPERANDS_I8,
  OPERANDS_I16,
  OPERANDS_LOCAL,
  OPERANDS_CONST,
  OPERANDS_UPVAL,
  OPERANDS_PROTO,
  OPERANDS_COUNT,
  OPERANDS_JUMP,
  OPERANDS_COUNT_COUNT,
  OPERANDS_COUNT_JUMP
} OperandFormat;

enum {
  F_JUMP = 1,
  F_END = 2,
  F_CALL = 4,
  F_ALLOC = 8,
  F_MULTI = 16,
  F_SPREAD = 32
};
enum { STACK_VAR = -1 }; /* pops or pushes depend on operands */

typedef struct OpcodeInfo {
  const char *name, *picture, *text;
  OperandFormat operands;
  int8_t pops, pushes; /* or STACK_VAR */
  uint8_t flags;
} OpcodeInfo;
extern const OpcodeInfo wf_opcode_info[OPCODE_COUNT];

/* One decoded instruction. For JUMP formats `target` is the absolute offset
 * (may be out of range in unverified code); a, b are the other operands. */
typedef struct Instruction {
  Opcode op;
  uint32_t offset, length; /* bytes */
  int64_t a, b;            /* operands in order; I8 and I16 sign-extended */
  int64_t target;
} Instruction;

/* Decodes the instruction at `offset`; false when the opcode is unknown or the
 * operands run past `size` or a varint is longer than 5 bytes. Never reads
 * outside code[0, size). */
bool wf_opcode_decode(const uint8_t *code, uint32_t size, uint32_t offset,
                      Instruction *out);

/* Values taken from and left on the operand stack when control falls through;
 * for an instruction that ends control: taken before it goes. Sums of operands
 * that no verifier has passed do not overflow. */
void wf_opcode_effect(const Instruction *in, int64_t *pops, int64_t *pushes);

#endif
