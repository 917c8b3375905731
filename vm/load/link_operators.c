/* link_operators.c: linking of arithmetic, comparisons and conditional jumps:
 * which form of an instruction fits where the operands are. */
#include "vm/load/linker.h"

/* ---- arithmetic ---------------------------------------------------------- */
/* Before a BXOR that takes the last result and a slot: a shift of a slot by a
 * constant does both. Its accumulator form has been chosen. */
static void fuse_shift(Linker *k) {
  LinkedHead *h = head_at(k, k->last.offset);
  if (!WEFT_FUSE || k->last.is_call || k->code.failed ||
      k->last.offset + LEN_SHL_ARI != k->code.len)
    return;
  if (h->handler == LINK_SHL_ARI)
    h->handler = LINK_SHL_BXOR;
  else if (h->handler == LINK_SHR_ARI)
    h->handler = LINK_SHR_BXOR;
}

static uint32_t commutative(Linker *k, LinkedOp rr, Operand l, Operand r,
                            bool floats) {
  /* rows: RRR ARR RAR AAR RRI ARI RAI AAI [RRF ARF RAF AAF] */
  bool swapped = false;
  if (is_const(&l) && !is_const(&r)) {
    Operand t = l;
    l = r;
    r = t;
    swapped = true;
  }
  settle(k, &r, fits_int(&r) || (floats && fits_float(&r)));
  settle(k, &l, false);
  if (is_const(&r)) {
    uint32_t form = fits_int(&r) ? 4 : 8;
    if (in_acc(&l)) {
      take_acc(k);
      form += 2;
    }
    uint32_t at = emit(k, (LinkedOp)(rr + form), 0, l.slot, swapped);
    set_number(k, at, r.k);
    return at;
  }
  if (in_acc(&l)) {
    take_acc(k);
    if (rr == LINK_BXOR_RRR)
      fuse_shift(k);
    return emit(k, (LinkedOp)(rr + 2), 0, swapped, (int32_t)r.slot);
  }
  if (in_acc(&r)) {
    take_acc(k);
    if (rr == LINK_BXOR_RRR)
      fuse_shift(k);
    return emit(k, (LinkedOp)(rr + 2), 0, !swapped, (int32_t)l.slot);
  }
  if (swapped)
    return emit(k, rr, 0, r.slot, (int32_t)l.slot);
  return emit(k, rr, 0, l.slot, (int32_t)r.slot);
}

/* rows: RRR RAR RRA, each followed by its A form */
static uint32_t register_forms(Linker *k, LinkedOp rr, const Operand *l,
                               const Operand *r) {
  if (in_acc(l)) {
    take_acc(k);
    return emit(k, (LinkedOp)(rr + 2), 0, 0, (int32_t)r->slot);
  }
  if (in_acc(r)) {
    take_acc(k);
    return emit(k, (LinkedOp)(rr + 4), 0, l->slot, 0);
  }
  return emit(k, rr, 0, l->slot, (int32_t)r->slot);
}

static uint32_t subtraction(Linker *k, Operand l, Operand r) {
  settle(k, &r, fits_number(&r));
  settle(k, &l, fits_number(&l) && !is_const(&r));
  uint32_t at;
  if (is_const(&l)) {
    at = one_register(k, LINK_SUB_RKR, LINK_SUB_RKA, &r);
    set_number(k, at, l.k);
  } else if (fits_int(&r)) {
    at = one_register(k, LINK_SUB_RRI, LINK_SUB_RAI, &l);
    set_number(k, at, r.k);
    if (r.k == value_from_inline_int(0)) /* lua5.4 adds: -0.0 - 0 is 0.0 */
      set_word(k, at, 1, double_word(value_from_float(-0.0)));
  } else if (is_const(&r)) {
    at = one_register(k, LINK_SUB_RRF, LINK_SUB_RAF, &l);
    set_number(k, at, r.k);
  } else {
    at = register_forms(k, LINK_SUB_RRR, &l, &r);
  }
  return at;
}

static void set_double_first(Linker *k, uint32_t at, Value v) {
  set_word(k, at, 0, double_word(v));
  set_word(k, at, 1, v);
}

static uint32_t division(Linker *k, Operand l, Operand r) {
  settle(k, &r, fits_number(&r));
  settle(k, &l, fits_number(&l) && !is_const(&r));
  uint32_t at;
  if (is_const(&l)) {
    at = one_register(k, LINK_DIV_RFR, LINK_DIV_RFA, &r);
    set_double_first(k, at, l.k);
  } else if (is_const(&r)) {
    at = one_register(k, LINK_DIV_RRF, LINK_DIV_RAF, &l);
    set_double_first(k, at, r.k);
  } else {
    at = register_forms(k, LINK_DIV_RRR, &l, &r);
  }
  return at;
}

static uint32_t integral(Linker *k, LinkedOp rr, LinkedOp ri, LinkedOp ai,
                         Operand l, Operand r) {
  settle(k, &r, fits_int(&r));
  settle(k, &l, false);
  if (is_const(&r)) {
    uint32_t at = one_register(k, ri, ai, &l);
    set_number(k, at, r.k);
    return at;
  }
  return register_forms(k, rr, &l, &r);
}

static uint32_t shift(Linker *k, LinkedOp rr, LinkedOp ri, LinkedOp ai,
                      LinkedOp kr, Operand l, Operand r) {
  if (fits_int(&l) && !is_const(&r)) {
    to_slot(k, &r);
    uint32_t at = emit(k, kr, 0, r.slot, 0);
    set_number(k, at, l.k);
    return at;
  }
  return integral(k, rr, ri, ai, l, r);
}

static uint32_t power(Linker *k, Operand l, Operand r) {
  settle(k, &r, fits_number(&r));
  settle(k, &l, false);
  if (is_const(&r)) {
    uint32_t at = one_register(k, LINK_POW_RRF, LINK_POW_RAF, &l);
    set_double_first(k, at, r.k);
    return at;
  }
  to_slot(k, &l);
  to_slot(k, &r);
  return emit(k, LINK_POW_RRR, 0, l.slot, (int32_t)r.slot);
}

void wf_link_binary(Linker *k, Opcode op) {
  Operand l = operand(k, k->depth - 2), r = operand(k, k->depth - 1);
  uint32_t at;
#define INTEGRAL(n)                                                            \
  integral(k, LINK_##n##_RRR, LINK_##n##_RRI, LINK_##n##_RAI, l, r)
#define SHIFTED(n)                                                             \
  shift(k, LINK_##n##_RRR, LINK_##n##_RRI, LINK_##n##_RAI, LINK_##n##_RKR, l, r)
  switch (op) {
  case OP_ADD:
    at = commutative(k, LINK_ADD_RRR, l, r, true);
    break;
  case OP_MUL:
    at = commutative(k, LINK_MUL_RRR, l, r, true);
    break;
  case OP_SUB:
    at = subtraction(k, l, r);
    break;
  case OP_DIV:
    at = division(k, l, r);
    break;
  case OP_MOD:
    at = INTEGRAL(MOD);
    break;
  case OP_IDIV:
    at = INTEGRAL(IDIV);
    break;
  case OP_POW:
    at = power(k, l, r);
    break;
  case OP_BAND:
    at = commutative(k, LINK_BAND_RRR, l, r, false);
    break;
  case OP_BOR:
    at = commutative(k, LINK_BOR_RRR, l, r, false);
    break;
  case OP_BXOR:
    at = commutative(k, LINK_BXOR_RRR, l, r, false);
    break;
  case OP_SHL:
    at = SHIFTED(SHL);
    break;
  default:
    at = SHIFTED(SHR);
    break;
  }
#undef INTEGRAL
#undef SHIFTED
  k->depth -= 2;
  push_result(k, at, true);
}

void wf_link_unary(Linker *k, LinkedOp r, LinkedOp a) {
  Operand o = operand(k, k->depth - 1);
  settle(k, &o, false);
  uint32_t at = one_register(k, r, a, &o);
  k->depth--;
  push_result(k, at, true);
}

/* ---- branches ------------------------------------------------------------ */
void wf_link_branch_to(Linker *k, uint32_t at, uint32_t target) {
  Fixup f = {at, target};
  wf_buffer_bytes(&k->fixups, &f, sizeof f);
}

/* Offsets of a relation's forms from its RR form. */
enum { REL_AR = 1, REL_RA, REL_RI, REL_AI, REL_RF, REL_AF, REL_KR, REL_KA };

static uint32_t relation(Linker *k, LinkedOp rr, Operand l, Operand r) {
  uint32_t at;
  if (is_const(&l)) {
    if (in_acc(&r))
      take_acc(k);
    at = emit(k, (LinkedOp)(rr + (in_acc(&r) ? REL_KA : REL_KR)), r.slot, 0, 0);
    set_number(k, at, l.k);
  } else if (is_const(&r)) {
    uint32_t form = fits_inline(&r) ? REL_RI : REL_RF;
    if (in_acc(&l)) {
      take_acc(k);
      form++;
    }
    at = emit(k, (LinkedOp)(rr + form), l.slot, 0, 0);
    set_number(k, at, r.k);
  } else if (in_acc(&l)) {
    take_acc(k);
    at = emit(k, (LinkedOp)(rr + REL_AR), 0, r.slot, 0);
  } else if (in_acc(&r)) {
    take_acc(k);
    at = emit(k, (LinkedOp)(rr + REL_RA), l.slot, 0, 0);
  } else {
    at = emit(k, rr, l.slot, r.slot, 0);
  }
  return at;
}

static bool fits_identity(const Operand *o) {
  return WEFT_FUSE && is_const(o) && !value_is_number(o->k) &&
         !(value_is_string(o->k) &&
           (value_as_string(o->k)->flags & STRING_LOOSE));
}

/* Offsets of an equality's forms from its RR form. */
enum { EQ_AR = 1, EQ_RP, EQ_AP, EQ_RI, EQ_AI, EQ_RS, EQ_AS };

static uint32_t equality(Linker *k, LinkedOp rr, Operand l, Operand r) {
  uint32_t at;
  if (is_const(&r)) {
    uint32_t form = fits_inline(&r)         ? EQ_RI
                    : value_is_string(r.k) ? EQ_RS
                                           : EQ_RP;
    if (in_acc(&l)) {
      take_acc(k);
      form++;
    }
    at = emit(k, (LinkedOp)(rr + form), l.slot, 0, 0);
    if (fits_inline(&r))
      set_number(k, at, r.k);
    else
      set_word(k, at, 0, r.k);
    return at;
  }
  bool exchanged = in_acc(&r);
  if (exchanged) {
    Operand t = l;
    l = r;
    r = t;
  }
  if (in_acc(&l)) {
    take_acc(k);
    return emit(k, (LinkedOp)(rr + EQ_AR), exchanged, r.slot, 0);
  }
  return emit(k, rr, l.slot, r.slot, 0);
}

/* Emits the branch "if (top two compare) == sense", popping them. */
static uint32_t compare_branch(Linker *k, Opcode op, bool sense) {
  Operand l = operand(k, k->depth - 2), r = operand(k, k->depth - 1);
  if (op == OP_GT || op == OP_GE ||
      ((op == OP_EQ || op == OP_NE) && is_const(&l))) {
    Operand t = l;
    l = r;
    r = t;
  }
  bool equal = op == OP_EQ || op == OP_NE;
  if (equal) {
    settle(k, &r, fits_inline(&r) || fits_identity(&r));
    settle(k, &l, false);
  } else {
    settle(k, &r, fits_inline(&r) || fits_float(&r));
    settle(k, &l, (fits_inline(&l) || fits_float(&l)) && !is_const(&r));
  }
  flush(k, k->depth - 2);
  uint32_t at;
  switch (op) {
  case OP_EQ:
    at = equality(k, sense ? LINK_JEQ_RR : LINK_JNE_RR, l, r);
    break;
  case OP_NE:
    at = equality(k, sense ? LINK_JNE_RR : LINK_JEQ_RR, l, r);
    break;
  case OP_LT:
  case OP_GT:
    at = relation(k, sense ? LINK_JLT_RR : LINK_JNLT_RR, l, r);
    break;
  default:
    at = relation(k, sense ? LINK_JLE_RR : LINK_JNLE_RR, l, r);
    break;
  }
  k->depth -= 2;
  return at;
}

/* A comparison as a value: branch around two loads. */
static void link_compare_value(Linker *k, Opcode op) {
  uint32_t branch = compare_branch(k, op, false);
  uint32_t dst = phys(k, k->depth);
  uint32_t yes = emit(k, LINK_LOADK, dst, 0, 0);
  set_word(k, yes, 0, VALUE_TRUE);
  uint32_t jump = emit(k, LINK_JUMP, 0, 0, 0);
  uint32_t no = emit(k, LINK_LOADK, dst, 0, 0);
  set_word(k, no, 0, VALUE_FALSE);
  head_at(k, branch)->c = (int32_t)(no - branch);
  head_at(k, jump)->c = (int32_t)((uint32_t)k->code.len - jump);
  use_slot(k, dst);
  k->stack[k->depth++] = (Desc){IN_SLOT, 0, 0, false};
}

void wf_link_jump_if(Linker *k, const Instruction *in, bool sense) {
  Operand o = operand(k, k->depth - 1);
  settle(k, &o, false);
  flush(k, k->depth - 1);
  uint32_t at;
  if (in_acc(&o)) {
    take_acc(k);
    at = emit(k, sense ? LINK_JT_A : LINK_JF_A, 0, 0, 0);
  } else {
    at = emit(k, sense ? LINK_JT_R : LINK_JF_R, o.slot, 0, 0);
  }
  k->depth--;
  wf_link_branch_to(k, at, (uint32_t)in->target);
}

bool wf_link_compare(Linker *k, const Instruction *in) {
  Instruction next;
  uint32_t at = in->offset + in->length;
  if (WEFT_FUSE && !(k->plan.flags[at] & PLAN_TARGET) &&
      wf_opcode_decode(k->p->bytecode, k->p->bytecode_size, at, &next) &&
      (next.op == OP_JUMP_IF_FALSE || next.op == OP_JUMP_IF_TRUE)) {
    uint32_t branch = compare_branch(k, in->op, next.op == OP_JUMP_IF_TRUE);
    wf_link_branch_to(k, branch, (uint32_t)next.target);
    return true;
  }
  link_compare_value(k, in->op);
  return false;
}
