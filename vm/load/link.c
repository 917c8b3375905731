/* link.c: one linear pass from stack bytecode to register instructions.
 *
 * The pass keeps a descriptor per operand-stack slot: in its own frame slot,
 * or lazily "a copy of local s" or "constant k", which become operands of the
 * consumer. A result whose consumer is the very next instruction travels in
 * the accumulator: the consumer is emitted in its A form and the producer, the
 * last instruction emitted, is turned into its A form (opcode + 1). SET_LOCAL
 * right after a producer retargets it. All lazies are materialised before a
 * jump target and before a jump.
 *
 * WEFT_FOLD=0 materialises every push; WEFT_FUSE=0 keeps compare and branch
 * apart and constants in slots; WEFT_ACC=0 never uses the accumulator. */
#include "vm/load/link.h"
#include "vm/base/alloc.h"
#include "vm/gc/gc.h"
#include "vm/gc/gc_hooks.h"
#include "vm/load/linked.h"
#include "vm/load/opstats.h"
#include "vm/load/plan.h"

#ifndef WEFT_FOLD
#define WEFT_FOLD 1
#endif
#ifndef WEFT_FUSE
#define WEFT_FUSE 1
#endif
#ifndef WEFT_ACC
#define WEFT_ACC 1
#endif

enum { NO_SHAPE = 0xFFFFFFFFu, FRAME_EXTRA = 4 };

typedef enum DescKind { IN_SLOT, LAZY_LOCAL, LAZY_CONST } DescKind;
typedef struct Desc {
  DescKind kind;
  uint32_t local; /* frame slot */
  Value k;
} Desc;

/* An operand of the instruction being emitted. */
typedef struct Operand {
  enum { FROM_SLOT, FROM_ACC, FROM_CONST } from;
  uint32_t slot;
  uint32_t index; /* on the operand stack */
  Value k;
} Operand;

typedef struct Fixup {
  uint32_t at;     /* linked offset of the branching instruction */
  uint32_t target; /* bytecode offset */
} Fixup;

typedef struct Linker {
  const Proto *p;
  Plan plan;
  Buffer code, map, fixups;
  uint32_t *label;   /* linked offset per bytecode offset */
  uint32_t depth;
  Desc stack[MAX_SLOTS + 8];
  uint32_t gap[MAX_SLOTS + 8]; /* callee slots of open gaps, ascending */
  uint32_t ngaps;
  uint32_t gaps_begun, gaps_ended; /* so far; as the plan has them */
  uint32_t frame;    /* highest frame slot used + 1 */
  uint32_t at;       /* bytecode offset being linked */
  struct {
    bool valid;
    bool is_call;    /* value is in slot and accumulator alike */
    bool dst_in_c;   /* destination field is c, not a */
    bool has_acc;    /* opcode + 1 is its accumulator form */
    uint32_t offset; /* linked */
    uint32_t index;  /* operand-stack slot of the result */
  } last;
} Linker;

/* ---- emitting ------------------------------------------------------------ */
static uint32_t phys(const Linker *k, uint32_t index) {
  uint32_t n = 0;
  while (n < k->ngaps && k->gap[n] < index)
    n++;
  return index + n;
}

static void use_slot(Linker *k, uint32_t slot) {
  if (slot >= k->frame)
    k->frame = slot + 1;
}

static uint32_t emit(Linker *k, LinkedOp op, uint32_t a, uint32_t b,
                     int32_t c) {
  uint32_t offset = (uint32_t)k->code.len;
  uint32_t pair[2] = {offset, k->at};
  wf_buffer_bytes(&k->map, pair, sizeof pair);
  LinkedHead head = {op, (uint16_t)a, (uint16_t)b, c};
  uint64_t words[6] = {0};
  wf_buffer_bytes(&k->code, &head, sizeof head);
  wf_buffer_bytes(&k->code, words, wf_linked_length[op] - sizeof head);
  k->last.valid = false;
  return offset;
}
static LinkedHead *head_at(Linker *k, uint32_t offset) {
  static LinkedHead scratch;
  return k->code.failed ? &scratch : linked_head(k->code.data + offset);
}
static void set_word(Linker *k, uint32_t offset, uint32_t i, uint64_t w) {
  if (!k->code.failed)
    linked_words(k->code.data + offset)[i] = w;
}
static void set_key(Linker *k, uint32_t offset, Value key) {
  if (k->code.failed)
    return;
  FieldCache *c = linked_cache(k->code.data + offset);
  c->key = key;
  c->shape = NO_SHAPE;
}

/* Moves and constant loads touch neither accumulator nor other results. */
static void emit_quiet(Linker *k, LinkedOp op, uint32_t a, uint32_t b,
                       Value v) {
  __typeof__(k->last) last = k->last;
  uint32_t offset = emit(k, op, a, b, 0);
  if (op == LINK_LOADK)
    set_word(k, offset, 0, v);
  use_slot(k, a);
  k->last = last;
}

static void materialise(Linker *k, uint32_t index) {
  Desc *d = &k->stack[index];
  uint32_t slot = phys(k, index);
  if (d->kind == LAZY_LOCAL && d->local != slot)
    emit_quiet(k, LINK_MOVE, slot, d->local, 0);
  else if (d->kind == LAZY_CONST)
    emit_quiet(k, LINK_LOADK, slot, 0, d->k);
  d->kind = IN_SLOT;
}
static void flush_from(Linker *k, uint32_t from) {
  for (uint32_t i = from; i < k->depth; i++)
    if (k->stack[i].kind != IN_SLOT)
      materialise(k, i);
}
static void flush(Linker *k, uint32_t below) {
  for (uint32_t i = 0; i < below; i++)
    if (k->stack[i].kind != IN_SLOT)
      materialise(k, i);
}
/* Before local `slot` changes. */
static void flush_copies_of(Linker *k, uint32_t slot, uint32_t below) {
  for (uint32_t i = 0; i < below; i++)
    if (k->stack[i].kind == LAZY_LOCAL && k->stack[i].local == slot)
      materialise(k, i);
}

static void push_lazy(Linker *k, Desc d) {
  uint32_t index = k->depth++;
  k->stack[index] = d;
  use_slot(k, phys(k, index));
  if (!WEFT_FOLD || !(k->plan.flags[k->at] & PLAN_LAZY))
    materialise(k, index);
}
static void push_const(Linker *k, Value v) {
  push_lazy(k, (Desc){LAZY_CONST, 0, v});
}
static void push_local(Linker *k, uint32_t index) {
  push_lazy(k, (Desc){LAZY_LOCAL, phys(k, index), 0});
}

/* Pushes the result of the instruction at `offset`, whose destination field is
 * filled in here. */
static void push_result(Linker *k, uint32_t offset, bool has_acc) {
  uint32_t index = k->depth++;
  k->stack[index] = (Desc){IN_SLOT, 0, 0};
  uint32_t slot = phys(k, index);
  use_slot(k, slot);
  head_at(k, offset)->a = (uint16_t)slot;
  k->last.valid = true;
  k->last.is_call = false;
  k->last.dst_in_c = false;
  k->last.has_acc = has_acc;
  k->last.offset = offset;
  k->last.index = index;
}

/* ---- operands ------------------------------------------------------------ */
static Operand operand(Linker *k, uint32_t index) {
  const Desc *d = &k->stack[index];
  Operand o = {FROM_SLOT, 0, index, 0};
  switch (d->kind) {
  case LAZY_LOCAL:
    o.slot = d->local;
    break;
  case LAZY_CONST:
    o.from = FROM_CONST;
    o.k = d->k;
    break;
  default:
    o.slot = phys(k, index);
    if (WEFT_ACC && WEFT_FOLD && k->last.valid && k->last.index == index &&
        (k->last.is_call || k->last.has_acc))
      o.from = FROM_ACC;
    break;
  }
  return o;
}
/* The operand is emitted in an A form: its producer leaves it in acc. */
static void take_acc(Linker *k) {
  if (!k->last.is_call)
    head_at(k, k->last.offset)->handler++;
}
static bool in_acc(const Operand *o) { return o->from == FROM_ACC; }
static bool is_const(const Operand *o) { return o->from == FROM_CONST; }
/* Makes it a slot operand (a result stays in its slot). */
static void to_slot(Linker *k, Operand *o) {
  if (o->from == FROM_CONST) {
    materialise(k, o->index);
    o->slot = phys(k, o->index);
  }
  o->from = FROM_SLOT;
}
static bool fits_int(const Operand *o) { /* boxed ones too */
  return WEFT_FUSE && is_const(o) && value_is_int(o->k);
}
static bool fits_inline(const Operand *o) {
  return WEFT_FUSE && is_const(o) && value_is_inline_int(o->k);
}
static bool fits_float(const Operand *o) {
  return WEFT_FUSE && is_const(o) && value_is_float(o->k);
}
static bool fits_number(const Operand *o) {
  return fits_int(o) || fits_float(o);
}
/* A constant that `wanted` does not accept goes to a slot. */
static void settle(Linker *k, Operand *o, bool accepted) {
  if (is_const(o) && !accepted)
    to_slot(k, o);
}
static uint64_t double_word(Value v) {
  double d = value_to_double(v);
  uint64_t w;
  memcpy(&w, &d, sizeof w);
  return w;
}
static void set_number(Linker *k, uint32_t offset, Value v) {
  set_word(k, offset, 0, v);
  set_word(k, offset, 1, double_word(v));
}

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
static uint32_t one_register(Linker *k, LinkedOp r, LinkedOp a,
                             const Operand *o) {
  if (in_acc(o)) {
    take_acc(k);
    return emit(k, a, 0, 0, 0);
  }
  return emit(k, r, 0, o->slot, 0);
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

static void link_binary(Linker *k, Opcode op) {
  Operand l = operand(k, k->depth - 2), r = operand(k, k->depth - 1);
  uint32_t at;
#define INTEGRAL(n)                                                            \
  integral(k, LINK_##n##_RRR, LINK_##n##_RRI, LINK_##n##_RAI, l, r)
#define SHIFTED(n)                                                             \
  shift(k, LINK_##n##_RRR, LINK_##n##_RRI, LINK_##n##_RAI, LINK_##n##_RKR, l,  \
        r)
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

static void link_unary(Linker *k, LinkedOp r, LinkedOp a) {
  Operand o = operand(k, k->depth - 1);
  settle(k, &o, false);
  uint32_t at = one_register(k, r, a, &o);
  k->depth--;
  push_result(k, at, true);
}

/* ---- branches ------------------------------------------------------------ */
static void branch_to(Linker *k, uint32_t at, uint32_t target) {
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
    at = emit(k, (LinkedOp)(rr + (in_acc(&r) ? REL_KA : REL_KR)), r.slot, 0,
              0);
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
           (value_as_string(o->k)->flags & 1 /* long */));
}

/* Offsets of an equality's forms from its RR form. */
enum { EQ_AR = 1, EQ_RP, EQ_AP, EQ_RI, EQ_AI };

static uint32_t equality(Linker *k, LinkedOp rr, Operand l, Operand r) {
  uint32_t at;
  if (is_const(&r)) {
    uint32_t form = fits_inline(&r) ? EQ_RI : EQ_RP;
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
  k->stack[k->depth++] = (Desc){IN_SLOT, 0, 0};
}

static void link_jump_if(Linker *k, const Instruction *in, bool sense) {
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
  branch_to(k, at, (uint32_t)in->target);
}

/* Returns true when the following conditional jump was taken in. */
static bool link_compare(Linker *k, const Instruction *in) {
  Instruction next;
  uint32_t at = in->offset + in->length;
  if (WEFT_FUSE && !(k->plan.flags[at] & PLAN_TARGET) &&
      wf_opcode_decode(k->p->bytecode, k->p->bytecode_size, at, &next) &&
      (next.op == OP_JUMP_IF_FALSE || next.op == OP_JUMP_IF_TRUE)) {
    uint32_t branch =
        compare_branch(k, in->op, next.op == OP_JUMP_IF_TRUE);
    branch_to(k, branch, (uint32_t)next.target);
    return true;
  }
  link_compare_value(k, in->op);
  return false;
}

/* ---- locals, fields ------------------------------------------------------ */
static void link_set_local(Linker *k, uint32_t index) {
  uint32_t slot = phys(k, index), top = k->depth - 1;
  Desc d = k->stack[top];
  bool copies = false;
  for (uint32_t i = 0; i < top; i++)
    copies |= k->stack[i].kind == LAZY_LOCAL && k->stack[i].local == slot;
  if (WEFT_FOLD && d.kind == IN_SLOT && k->last.valid &&
      k->last.index == top && !k->last.is_call && !copies) {
    LinkedHead *h = head_at(k, k->last.offset);
    if (k->last.dst_in_c)
      h->c = (int32_t)slot;
    else
      h->a = (uint16_t)slot;
    k->last.valid = false;
    k->depth--;
    return;
  }
  if (d.kind == LAZY_LOCAL && d.local == slot) {
    k->depth--;
    return;
  }
  flush_copies_of(k, slot, top);
  bool in_accumulator = WEFT_ACC && WEFT_FOLD && k->last.valid &&
                        k->last.is_call && k->last.index == top;
  if (d.kind == LAZY_CONST) {
    uint32_t at = emit(k, LINK_LOADK, slot, 0, 0);
    set_word(k, at, 0, d.k);
  } else if (d.kind == LAZY_LOCAL) {
    emit(k, LINK_MOVE, slot, d.local, 0);
  } else if (in_accumulator) {
    emit(k, LINK_STORE_ACC, slot, 0, 0);
  } else {
    emit(k, LINK_MOVE, slot, phys(k, top), 0);
  }
  k->depth--;
}

static Value const_at(const Linker *k, int64_t i) { return k->p->consts[i]; }

static void link_get_field(Linker *k, const Instruction *in) {
  Operand o = operand(k, k->depth - 1);
  settle(k, &o, false);
  uint32_t at =
      one_register(k, LINK_GET_FIELD_I_RR, LINK_GET_FIELD_I_RA, &o);
  set_key(k, at, const_at(k, in->a));
  k->depth--;
  push_result(k, at, true);
}

static void link_set_field(Linker *k, uint32_t object, uint32_t value,
                           Value key) {
  Operand o = operand(k, object), v = operand(k, value);
  settle(k, &o, false);
  settle(k, &v, WEFT_FUSE);
  LinkedOp op;
  if (in_acc(&o)) {
    op = is_const(&v) ? LINK_SET_FIELD_I_AK : LINK_SET_FIELD_I_AR;
    take_acc(k);
  } else if (is_const(&v)) {
    op = LINK_SET_FIELD_I_RK;
  } else if (in_acc(&v)) {
    op = LINK_SET_FIELD_I_RA;
    take_acc(k);
  } else {
    op = LINK_SET_FIELD_I_RR;
  }
  uint32_t at = emit(k, op, o.slot, v.slot, 0);
  set_key(k, at, key);
  if (is_const(&v))
    set_word(k, at, 3, v.k);
}

static void link_get_index(Linker *k) {
  Operand o = operand(k, k->depth - 2), i = operand(k, k->depth - 1);
  settle(k, &i, fits_int(&i));
  settle(k, &o, false);
  uint32_t at;
  if (is_const(&i)) {
    at = one_register(k, LINK_GET_INDEX_RRI, LINK_GET_INDEX_RAI, &o);
    set_number(k, at, i.k);
  } else if (in_acc(&o)) {
    take_acc(k);
    at = emit(k, LINK_GET_INDEX_RAR, 0, 0, (int32_t)i.slot);
  } else if (in_acc(&i)) {
    take_acc(k);
    at = emit(k, LINK_GET_INDEX_RRA, 0, o.slot, 0);
  } else {
    at = emit(k, LINK_GET_INDEX_RRR, 0, o.slot, (int32_t)i.slot);
  }
  k->depth -= 2;
  push_result(k, at, true);
}

static void link_set_index(Linker *k) {
  uint32_t d = k->depth;
  Operand o = operand(k, d - 3), i = operand(k, d - 2), v = operand(k, d - 1);
  settle(k, &v, WEFT_FUSE);
  settle(k, &i, fits_int(&i));
  settle(k, &o, false);
  if (in_acc(&o))
    to_slot(k, &o);
  uint32_t at;
  if (is_const(&i)) {
    if (is_const(&v)) {
      at = emit(k, LINK_SET_INDEX_RIK, o.slot, 0, 0);
      set_word(k, at, 2, v.k);
    } else if (in_acc(&v)) {
      take_acc(k);
      at = emit(k, LINK_SET_INDEX_RIA, o.slot, 0, 0);
    } else {
      at = emit(k, LINK_SET_INDEX_RIR, o.slot, 0, (int32_t)v.slot);
    }
    set_number(k, at, i.k);
  } else if (is_const(&v)) {
    at = emit(k, LINK_SET_INDEX_RRK, o.slot, i.slot, 0);
    set_word(k, at, 0, v.k);
  } else if (in_acc(&v)) {
    take_acc(k);
    emit(k, LINK_SET_INDEX_RRA, o.slot, i.slot, 0);
  } else {
    emit(k, LINK_SET_INDEX_RRR, o.slot, i.slot, (int32_t)v.slot);
  }
  k->depth -= 3;
}

static void begin_gap(Linker *k, uint32_t callee) {
  k->gap[k->ngaps++] = callee;
  k->gaps_begun++;
}

/* Control did not fall through to `at`: gaps of calls before it have ended. */
static void close_gaps(Linker *k, uint32_t at) {
  if (!k->plan.gaps)
    return;
  while (k->gaps_ended < k->plan.ngaps && k->plan.gap_ends[k->gaps_ended] < at)
    k->gaps_ended++;
  k->ngaps = k->gaps_begun - k->gaps_ended;
}

static void link_method(Linker *k, const Instruction *in) {
  Operand o = operand(k, k->depth - 1);
  settle(k, &o, false);
  uint32_t index = k->depth - 1, dst = phys(k, index);
  uint32_t at;
  if (in_acc(&o)) {
    take_acc(k);
    at = emit(k, LINK_METHOD_I_A, dst, 0, 0);
  } else {
    at = emit(k, LINK_METHOD_I_R, dst, o.slot, 0);
  }
  set_key(k, at, const_at(k, in->a));
  k->stack[index].kind = IN_SLOT;
  k->stack[k->depth++].kind = IN_SLOT;
  use_slot(k, dst + 2);
  if (k->plan.gaps && (k->plan.flags[k->at] & PLAN_METHOD))
    begin_gap(k, index);
  else
    emit(k, LINK_MOVE, dst + 1, dst + 2, 0);
}

static void link_set_value(Linker *k, LinkedOp r, LinkedOp a, LinkedOp c,
                           uint32_t b) {
  /* c == r: no constant form */
  Operand v = operand(k, k->depth - 1);
  settle(k, &v, WEFT_FUSE && c != r);
  uint32_t at;
  if (is_const(&v)) {
    at = emit(k, c, 0, b, 0);
    set_word(k, at, 0, v.k);
  } else if (in_acc(&v)) {
    take_acc(k);
    at = emit(k, a, 0, b, 0);
  } else {
    at = emit(k, r, v.slot, b, 0);
  }
  k->depth--;
}

/* ---- calls --------------------------------------------------------------- */
static void link_call(Linker *k, const Instruction *in) {
  /* operands below the call stay lazy: they are read after it, as lua5.4
     reads its registers */
  uint32_t n = (uint32_t)in->a, callee = k->depth - n - 1;
  flush_from(k, callee);
  uint32_t a = phys(k, callee);
  bool spread = wf_opcode_info[in->op].flags & F_SPREAD;
  if (k->plan.gaps) {
    CHECK(k->ngaps > 0 && k->gap[k->ngaps - 1] == callee);
    k->ngaps--;
  } else {
    emit(k, LINK_SHIFT_ARGS, a, n, spread);
  }
  use_slot(k, a + n + 2);
  int32_t wanted = 0;
  LinkedOp op = LINK_CALL;
  switch (in->op) {
  case OP_CALL_1:
    wanted = 1;
    break;
  case OP_CALL_OPEN:
  case OP_CALL_SPREAD_OPEN:
    wanted = -1;
    break;
  case OP_CALL:
  case OP_CALL_SPREAD:
    wanted = (int32_t)in->b;
    break;
  default:
    break;
  }
  if (in->op == OP_TAIL_CALL || in->op == OP_TAIL_CALL_SPREAD) {
    /* natives are called, then returned from by the second instruction */
    bool closes = k->p->flags & MOD_NEEDS_CLOSE;
    emit(k,
         spread   ? LINK_TAIL_CALL_SPREAD
         : closes ? LINK_TAIL_CALL_CLOSE
                  : LINK_TAIL_CALL,
         a, n, -1);
    emit(k, closes ? LINK_RET_CLOSE_SPREAD : LINK_RET_SPREAD, a, 0, 0);
    k->depth = callee;
    return;
  }
  if (spread)
    op = LINK_CALL_SPREAD;
  else if (wanted < 0 || wanted > 1)
    op = LINK_CALL_N;
  uint32_t at = emit(k, op, a, n, wanted);
  k->depth = callee;
  for (int32_t i = 0; i < wanted; i++) {
    use_slot(k, phys(k, k->depth));
    k->stack[k->depth++] = (Desc){IN_SLOT, 0, 0};
  }
  if (wanted == 1 && a == phys(k, callee)) {
    k->last.valid = true;
    k->last.is_call = true;
    k->last.has_acc = false;
    k->last.offset = at;
    k->last.index = callee;
  }
}

static void link_return(Linker *k, uint32_t n) {
  uint32_t first = k->depth - n;
  if (k->p->flags & MOD_NEEDS_CLOSE) {
    flush(k, k->depth);
    emit(k, LINK_RET_CLOSE, phys(k, first), n, 0);
  } else if (n == 0) {
    emit(k, LINK_RET0, 0, 0, 0);
  } else if (n == 1) {
    Operand o = operand(k, first);
    settle(k, &o, WEFT_FUSE);
    if (is_const(&o)) {
      uint32_t at = emit(k, LINK_RET1_K, 0, 0, 0);
      set_word(k, at, 0, o.k);
    } else if (in_acc(&o)) {
      take_acc(k);
      emit(k, LINK_RET1_A, 0, 0, 0);
    } else {
      emit(k, LINK_RET1_R, o.slot, 0, 0);
    }
  } else {
    flush(k, k->depth);
    emit(k, LINK_RET_N, phys(k, first), n, 0);
  }
  k->depth = first;
}

static void link_return_spread(Linker *k, uint32_t n) {
  flush(k, k->depth);
  uint32_t first = phys(k, k->depth - n);
  emit(k, k->p->flags & MOD_NEEDS_CLOSE ? LINK_RET_CLOSE_SPREAD
                                        : LINK_RET_SPREAD,
       first, n, 0);
  k->depth -= n;
}

/* ---- the rest ------------------------------------------------------------ */
static void link_append(Linker *k, const Instruction *in, LinkedOp op) {
  uint32_t n = (uint32_t)in->a;
  flush_from(k, k->depth - n - 1);
  uint32_t table = k->depth - n - 1;
  uint32_t at = emit(k, op, phys(k, table), n, 0);
  set_word(k, at, 0, (uint64_t)in->b);
  k->depth = table + 1;
}

static void link_concat(Linker *k, uint32_t n) {
  flush_from(k, k->depth - n);
  uint32_t first = k->depth - n, slot = phys(k, first);
  uint32_t at = emit(k, LINK_CONCAT, slot, n, (int32_t)slot);
  k->depth = first;
  push_result(k, at, false);
  k->last.dst_in_c = true;
}

static void link_for_in_loop(Linker *k, const Instruction *in) {
  uint32_t a = phys(k, k->depth - 4), n = (uint32_t)in->a;
  flush(k, k->depth);
  branch_to(k, emit(k, LINK_FOR_IN, a, n, 0), (uint32_t)in->target);
  emit(k, LINK_FOR_IN_CALL, a, n, (int32_t)n);
  branch_to(k, emit(k, LINK_FOR_IN_CALLED, a, n, 0), (uint32_t)in->target);
  use_slot(k, a + 8 + n);
}

static void link_loop(Linker *k, LinkedOp op, const Instruction *in,
                      uint32_t values) {
  flush(k, k->depth);
  uint32_t at = emit(k, op, phys(k, k->depth - values), 0, 0);
  branch_to(k, at, (uint32_t)in->target);
}

static void link_plain(Linker *k, LinkedOp op, uint32_t b, int32_t c,
                       bool retarget) {
  uint32_t at = emit(k, op, phys(k, k->depth), b, c);
  push_result(k, at, false);
  if (!retarget)
    k->last.valid = false;
}

/* Links one instruction; true when it took in the next one too. */
static bool link_one(Linker *k, const Instruction *in) {
  uint32_t at;
  switch (in->op) {
  case OP_NIL:
    push_const(k, VALUE_NIL);
    break;
  case OP_NILS:
    for (int64_t i = 0; i < in->a; i++)
      k->stack[k->depth++] = (Desc){IN_SLOT, 0, 0};
    if (in->a > 0) {
      emit_quiet(k, LINK_LOADNIL, phys(k, k->depth - (uint32_t)in->a),
                 (uint32_t)in->a, 0);
      use_slot(k, phys(k, k->depth - 1));
    }
    break;
  case OP_FALSE:
    push_const(k, VALUE_FALSE);
    break;
  case OP_TRUE:
    push_const(k, VALUE_TRUE);
    break;
  case OP_INT8:
  case OP_INT16:
    push_const(k, value_from_inline_int(in->a));
    break;
  case OP_CONST:
    push_const(k, const_at(k, in->a));
    break;
  case OP_GET_LOCAL:
    push_local(k, (uint32_t)in->a);
    break;
  case OP_SET_LOCAL:
    link_set_local(k, (uint32_t)in->a);
    break;
  case OP_POP:
    k->depth--;
    break;
  case OP_POP_N:
    k->depth -= (uint32_t)in->a;
    break;
  case OP_GET_UPVAL:
    at = emit(k, LINK_GET_UPVAL_R, 0, (uint32_t)in->a, 0);
    push_result(k, at, true);
    break;
  case OP_SET_UPVAL:
    link_set_value(k, LINK_SET_UPVAL_R, LINK_SET_UPVAL_A, LINK_SET_UPVAL_K,
                   (uint32_t)in->a);
    break;
  case OP_GET_GLOBAL:
    at = emit(k, LINK_GET_GLOBAL_N_R, 0, k->p->env_upval, 0);
    set_key(k, at, const_at(k, in->a));
    push_result(k, at, true);
    break;
  case OP_SET_GLOBAL: {
    link_set_value(k, LINK_SET_GLOBAL_R, LINK_SET_GLOBAL_A, LINK_SET_GLOBAL_R,
                   k->p->env_upval);
    uint32_t len = wf_linked_length[LINK_SET_GLOBAL_R];
    set_key(k, (uint32_t)k->code.len - len, const_at(k, in->a));
    break;
  }
  case OP_NEW_TABLE:
    link_plain(k, LINK_NEW_TABLE, in->b > 0xFFFF ? 0xFFFF : (uint32_t)in->b,
               (int32_t)(in->a < NEW_TABLE_ITEMS ? in->a : NEW_TABLE_ITEMS) |
                   (int32_t)(phys(k, k->depth) << NEW_TABLE_TOP),
               true);
    break;
  case OP_INIT_FIELD:
    link_set_field(k, k->depth - 2, k->depth - 1, const_at(k, in->a));
    k->depth--;
    break;
  case OP_INIT_INDEX:
    flush_from(k, k->depth - 3);
    emit(k, LINK_INIT_INDEX, phys(k, k->depth - 3), 0, 0);
    k->depth -= 2;
    break;
  case OP_APPEND:
    link_append(k, in, LINK_APPEND);
    break;
  case OP_APPEND_SPREAD:
    link_append(k, in, LINK_APPEND_SPREAD);
    break;
  case OP_GET_FIELD:
    link_get_field(k, in);
    break;
  case OP_SET_FIELD:
    link_set_field(k, k->depth - 2, k->depth - 1, const_at(k, in->a));
    k->depth -= 2;
    break;
  case OP_GET_INDEX:
    link_get_index(k);
    break;
  case OP_SET_INDEX:
    link_set_index(k);
    break;
  case OP_METHOD:
    link_method(k, in);
    break;
  case OP_NEG:
    link_unary(k, LINK_NEG_RR, LINK_NEG_RA);
    break;
  case OP_BNOT:
    link_unary(k, LINK_BNOT_RR, LINK_BNOT_RA);
    break;
  case OP_NOT:
    link_unary(k, LINK_NOT_RR, LINK_NOT_RA);
    break;
  case OP_LEN:
    link_unary(k, LINK_LEN_RR, LINK_LEN_RA);
    break;
  case OP_CONCAT:
    link_concat(k, (uint32_t)in->a);
    break;
  case OP_EQ:
  case OP_NE:
  case OP_LT:
  case OP_LE:
  case OP_GT:
  case OP_GE:
    return link_compare(k, in);
  case OP_JUMP:
    flush(k, k->depth);
    at = emit(k, in->target <= in->offset ? LINK_LOOP : LINK_JUMP, 0, 0, 0);
    branch_to(k, at, (uint32_t)in->target);
    break;
  case OP_JUMP_IF_FALSE:
    link_jump_if(k, in, false);
    break;
  case OP_JUMP_IF_TRUE:
    link_jump_if(k, in, true);
    break;
  case OP_AND:
  case OP_OR:
    flush(k, k->depth);
    at = emit(k, in->op == OP_AND ? LINK_JF_R : LINK_JT_R,
              phys(k, k->depth - 1), 0, 0);
    branch_to(k, at, (uint32_t)in->target);
    k->depth--;
    break;
  case OP_CLOSURE:
    link_plain(k, LINK_CLOSURE, phys(k, k->depth), (int32_t)in->a, true);
    break;
  case OP_RETURN_0:
    link_return(k, 0);
    break;
  case OP_RETURN_1:
    link_return(k, 1);
    break;
  case OP_RETURN:
    link_return(k, (uint32_t)in->a);
    break;
  case OP_RETURN_SPREAD:
    link_return_spread(k, (uint32_t)in->a);
    break;
  case OP_VARARG: {
    uint32_t n = (uint32_t)in->a;
    emit(k, LINK_VARARG, phys(k, k->depth), n, 0);
    for (uint32_t i = 0; i < n; i++) {
      use_slot(k, phys(k, k->depth));
      k->stack[k->depth++] = (Desc){IN_SLOT, 0, 0};
    }
    break;
  }
  case OP_VARARG_OPEN:
    emit(k, LINK_VARARG_OPEN, phys(k, k->depth), 0, 0);
    break;
  case OP_TO_CLOSE:
    flush(k, k->depth);
    emit(k, LINK_TO_CLOSE, phys(k, k->depth - 1), 0, 0);
    break;
  case OP_CLOSE:
    flush(k, k->depth);
    emit(k, LINK_CLOSE, phys(k, (uint32_t)in->a), 0, 0);
    break;
  case OP_FOR_PREP:
    link_loop(k, LINK_FOR_PREP, in, 3);
    break;
  case OP_FOR_LOOP:
    link_loop(k,
              k->plan.flags[in->target] & PLAN_STEP_1 ? LINK_FOR_LOOP_1
                                                      : LINK_FOR_LOOP,
              in, 3);
    k->depth -= 3;
    break;
  case OP_FOR_IN_PREP:
    link_loop(k, LINK_FOR_IN_PREP, in, 4);
    break;
  case OP_FOR_IN_LOOP:
    link_for_in_loop(k, in);
    break;
  default:
    if (in->op >= OP_INT_0 && in->op <= OP_INT_7)
      push_const(k, value_from_inline_int((int64_t)in->op - OP_INT_0));
    else if (in->op >= OP_GET_LOCAL_0 && in->op <= OP_GET_LOCAL_7)
      push_local(k, in->op - OP_GET_LOCAL_0);
    else if (in->op >= OP_SET_LOCAL_0 && in->op <= OP_SET_LOCAL_7)
      link_set_local(k, in->op - OP_SET_LOCAL_0);
    else if (wf_plan_callee(in))
      link_call(k, in);
    else
      link_binary(k, in->op);
    break;
  }
  return false;
}

static void link_all(Linker *k) {
  const Proto *p = k->p;
  bool falls = true;
  for (uint32_t at = 0; at < p->bytecode_size;) {
    Instruction in;
    wf_opcode_decode(p->bytecode, p->bytecode_size, at, &in);
    uint32_t next = at + in.length;
    if (k->plan.depth[at] == PLAN_UNREACHED) {
      falls = false;
      at = next;
      continue;
    }
    if (!falls) {
      k->depth = k->plan.depth[at];
      for (uint32_t i = 0; i < k->depth; i++)
        k->stack[i] = (Desc){IN_SLOT, 0, 0};
      close_gaps(k, at);
    }
    uint8_t flags = k->plan.flags[at];
    k->at = at;
    if (flags & PLAN_TARGET) {
      flush(k, k->depth);
      k->last.valid = false;
    }
    k->label[at] = (uint32_t)k->code.len;
    if ((flags & PLAN_GAP) && k->plan.gaps)
      begin_gap(k, k->depth - 1);
    if (link_one(k, &in)) { /* took in a conditional jump */
      wf_opcode_decode(p->bytecode, p->bytecode_size, next, &in);
      next += in.length;
    }
    falls = !(wf_opcode_info[in.op].flags & F_END);
    at = next;
  }
}

static void resolve(Linker *k) {
  const Fixup *f = (const Fixup *)(void *)k->fixups.data;
  size_t n = k->fixups.len / sizeof *f;
  for (size_t i = 0; i < n; i++)
    head_at(k, f[i].at)->c = (int32_t)(k->label[f[i].target] - f[i].at);
  for (size_t at = 0; at < k->code.len;) {
    LinkedHead *h = linked_head(k->code.data + at);
    LinkedOp op = (LinkedOp)h->handler;
    at += wf_linked_length[op];
    if (op >= LINK_JLT_RR && op <= LINK_JF_A && h->c <= 0)
      op = (LinkedOp)(op + LINK_BJLT_RR - LINK_JLT_RR);
    h->handler = wf_linked_encode(op);
  }
}

static void linker_free(Linker *k) {
  wf_plan_free(&k->plan);
  wf_buffer_free(&k->code);
  wf_buffer_free(&k->map);
  wf_buffer_free(&k->fixups);
  wf_alloc_free(k->label);
  wf_alloc_free(k);
}

static bool link_into(Linker *k, Proto *p) {
  k->p = p;
  wf_buffer_init(&k->code);
  wf_buffer_init(&k->map);
  wf_buffer_init(&k->fixups);
  k->label = wf_alloc_zeroed(p->bytecode_size + 1, sizeof *k->label);
  if (!k->label ||
      !wf_plan_make(&k->plan, p))
    return false;
  k->depth = p->nparams;
  for (uint32_t i = 0; i < p->nparams; i++)
    k->stack[i] = (Desc){IN_SLOT, 0, 0};
  k->frame = p->nparams;
  link_all(k);
  if (k->code.failed || k->map.failed || k->fixups.failed)
    return false;
  resolve(k);
  return true;
}

void wf_link_proto(Thread *L, Proto *p) {
  VM *vm = L->vm;
  if (p->code)
    return;
  Linker *k = wf_alloc_zeroed(1, sizeof *k);
  if (!k)
    wf_error_memory(vm);
  char *code = NULL;
  uint32_t *map = NULL;
  if (link_into(k, p)) {
    code = wf_gc_try_alloc(vm, k->code.len);
    map = wf_gc_try_alloc(vm, k->map.len);
  }
  if (!code || !map) {
    linker_free(k);
    wf_error_memory(vm);
  }
  memcpy(code, k->code.data, k->code.len);
  memcpy(map, k->map.data, k->map.len);
  p->code_size = (uint32_t)k->code.len;
  p->map_count = (uint32_t)(k->map.len / 8);
  p->linked_map = map; /* NOBARRIER: N2, black cells */
  p->frame_size = (uint16_t)(k->frame + FRAME_EXTRA);
  p->code = code;
#ifdef WEFT_STATS
  wf_opstats_linked(p);
#endif
  linker_free(k);
}

void wf_link_closure(Function *f) {
  const Proto *p = f->of.proto;
  f->entry.code = p->code;
  f->frame_size = p->frame_size;
  f->nparams = p->flags & MOD_VARARG ? ENTRY_VARARG : p->nparams;
}

void wf_link_dump(Thread *L, Proto *p, Buffer *out) {
  wf_link_proto(L, p);
  for (uint32_t i = 0; i < p->map_count; i++) {
    uint32_t offset = p->linked_map[2 * i], pc = p->linked_map[2 * i + 1];
    char *at = p->code + offset;
    const LinkedHead *h = linked_head(at);
    LinkedOp op = wf_linked_decode(h->handler);
    uint32_t line = wf_module_line(p->lines, p->lines_size, p->line_defined, pc);
    wf_buffer_format(out, "%6u  %5u [%u]  %-18s a=%u b=%u c=%d", offset, pc,
                     line, wf_linked_name[op], h->a, h->b, h->c);
    if (wf_linked_length[op] > sizeof *h) {
      Value w = linked_words(at)[0];
      if (value_is_inline_int(w))
        wf_buffer_format(out, "  ; %lld", (long long)value_as_inline_int(w));
      else if (value_is_string(w))
        wf_buffer_format(out, "  ; '%.40s'", value_as_string(w)->bytes);
      else if (value_is_float(w))
        wf_buffer_format(out, "  ; %.14g", value_as_float(w));
    }
    wf_buffer_byte(out, '\n');
  }
}
