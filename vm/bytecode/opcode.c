/* opcode.c: the table behind opcode.h and the one decoder of code bytes.
 *
 * Verifier, linker and disassembler all read instructions through
 * wf_opcode_decode, so there is one answer to "what are the operands here".
 * The decoder is the only place that looks at unverified code bytes; it checks
 * every byte it reads against the end and knows nothing else about the code. */
#include "vm/bytecode/opcode.h"

#define VAR STACK_VAR
const OpcodeInfo wf_opcode_info[OPCODE_COUNT] = {
#define OP(name, operands, pops, pushes, flags, picture, text)                 \
  [OP_##name] = {#name, picture, text, OPERANDS_##operands,                    \
                 pops,  pushes,  flags},
#include "vm/bytecode/opcodes.def"
#undef OP
};
#undef VAR

_Static_assert(OPCODE_COUNT <= 256, "an opcode is one byte");
_Static_assert(OP_INT_7 - OP_INT_0 == 7 &&
                   OP_GET_LOCAL_7 - OP_GET_LOCAL_0 == 7 &&
                   OP_SET_LOCAL_7 - OP_SET_LOCAL_0 == 7,
               "short forms are consecutive");

enum { VARINT_MAX = 5 };

/* Reads a 32-bit unsigned LEB128 number; the position after it, or NULL when
 * it runs past `end`, is too long or does not fit. */
static ALWAYS_INLINE const uint8_t *
read_varint(const uint8_t *p, const uint8_t *end, uint32_t *out) {
  if (LIKELY(p < end && *p < 0x80)) {
    *out = *p;
    return p + 1;
  }
  uint64_t v = 0;
  for (int i = 0; i < VARINT_MAX && p < end; i++) {
    v |= (uint64_t)(*p & 0x7F) << (7 * i);
    if (*p++ < 0x80) {
      *out = (uint32_t)v;
      return v <= UINT32_MAX ? p : NULL;
    }
  }
  return NULL;
}

static ALWAYS_INLINE const uint8_t *
read_operand(const uint8_t *p, const uint8_t *end, int64_t *out) {
  uint32_t v = 0;
  p = read_varint(p, end, &v);
  *out = v;
  return p;
}

static ALWAYS_INLINE const uint8_t *
read_jump(const uint8_t *p, const uint8_t *end, Instruction *out) {
  uint32_t v = 0;
  p = read_varint(p, end, &v);
  int64_t half = v >> 1;
  out->target = (int64_t)out->offset + (v & 1 ? -half - 1 : half);
  return p;
}

_Static_assert(OPERANDS_COUNT - OPERANDS_LOCAL == 4,
               "the formats of one number are together");

/* Formats by opcode, packed: the decoder's only table. */
static const uint8_t formats[OPCODE_COUNT] = {
#define OP(name, operands, pops, pushes, flags, picture, text)                 \
  [OP_##name] = OPERANDS_##operands,
#include "vm/bytecode/opcodes.def"
#undef OP
};

/* Reads the operands of one format at p; the position after them or NULL. */
static const uint8_t *read_operands(const uint8_t *p, const uint8_t *end,
                                    OperandFormat format, Instruction *out) {
  switch (format) {
  case OPERANDS_NONE:
    return p;
  case OPERANDS_I8:
    if (end - p < 1)
      return NULL;
    out->a = (int8_t)p[0];
    return p + 1;
  case OPERANDS_I16:
    if (end - p < 2)
      return NULL;
    out->a = (int16_t)(p[0] | p[1] << 8);
    return p + 2;
  case OPERANDS_LOCAL:
  case OPERANDS_CONST:
  case OPERANDS_UPVAL:
  case OPERANDS_PROTO:
  case OPERANDS_COUNT:
    return read_operand(p, end, &out->a);
  case OPERANDS_JUMP:
    return read_jump(p, end, out);
  case OPERANDS_COUNT_COUNT:
    p = read_operand(p, end, &out->a);
    return p ? read_operand(p, end, &out->b) : NULL;
  case OPERANDS_COUNT_JUMP:
    p = read_operand(p, end, &out->a);
    return p ? read_jump(p, end, out) : NULL;
  }
  return NULL;
}

bool wf_opcode_decode(const uint8_t *code, uint32_t size, uint32_t offset,
                      Instruction *out) {
  if (offset >= size || code[offset] >= OPCODE_COUNT)
    return false;
  out->op = (Opcode)code[offset];
  out->offset = offset;
  out->length = 1;
  out->a = out->b = out->target = 0;
  OperandFormat format = (OperandFormat)formats[out->op];
  /* Branches for the common formats predict better than the switch. */
  if (format == OPERANDS_NONE)
    return true;
  const uint8_t *start = code + offset, *end = code + size;
  if (format >= OPERANDS_LOCAL && format <= OPERANDS_COUNT && end - start > 1 &&
      start[1] < 0x80) {
    out->a = start[1];
    out->length = 2;
    return true;
  }
  const uint8_t *p = read_operands(start + 1, end, format, out);
  if (!p)
    return false;
  out->length = (uint32_t)(p - start);
  return true;
}

void wf_opcode_effect(const Instruction *in, int64_t *pops, int64_t *pushes) {
  *pops = wf_opcode_info[in->op].pops;
  *pushes = wf_opcode_info[in->op].pushes;
  if ((*pops | *pushes) >= 0)
    return;
  switch (in->op) {
  case OP_NILS:
  case OP_VARARG:
    *pushes = in->a;
    break;
  case OP_POP_N:
  case OP_CONCAT:
  case OP_RETURN:
  case OP_RETURN_SPREAD:
    *pops = in->a;
    break;
  case OP_APPEND:
  case OP_APPEND_SPREAD:
    *pops = in->a + 1;
    *pushes = 1;
    break;
  case OP_CALL:
  case OP_CALL_SPREAD:
    *pops = in->a + 1;
    *pushes = in->b;
    break;
  case OP_CALL_0:
  case OP_CALL_1:
  case OP_CALL_OPEN:
  case OP_CALL_SPREAD_OPEN:
  case OP_TAIL_CALL:
  case OP_TAIL_CALL_SPREAD:
    *pops = in->a + 1;
    break;
  default:
    break;
  }
}
