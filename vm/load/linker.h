/* linker.h: the state of one function's linking, the instruction being emitted
 * and its operands. Shared by link.c, which says how linking works, and
 * link_operators.c. */
#ifndef WEFT_LINKER_H
#define WEFT_LINKER_H

#include "vm/load/linked.h"
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

enum { NO_SHAPE = 0xFFFFFFFFu };

typedef enum DescKind { IN_SLOT, LAZY_LOCAL, LAZY_CONST } DescKind;
typedef struct Desc {
  DescKind kind;
  uint32_t local; /* frame slot */
  Value k;
  bool held; /* lazy across branches: PLAN_HELD */
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
  uint32_t *label; /* linked offset per bytecode offset */
  uint32_t depth;
  Desc stack[MAX_SLOTS + 8];
  uint32_t gap[MAX_SLOTS + 8]; /* callee slots of open gaps, ascending */
  uint32_t ngaps;
  uint32_t gaps_begun, gaps_ended; /* so far; as the plan has them */
  uint32_t frame;                  /* highest frame slot used + 1 */
  uint32_t at;                     /* bytecode offset being linked */
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
static inline uint32_t phys(const Linker *k, uint32_t index) {
  uint32_t n = 0;
  while (n < k->ngaps && k->gap[n] < index)
    n++;
  return index + n;
}

static inline void use_slot(Linker *k, uint32_t slot) {
  if (slot >= k->frame)
    k->frame = slot + 1;
}

static inline uint32_t emit(Linker *k, LinkedOp op, uint32_t a, uint32_t b,
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
static inline LinkedHead *head_at(Linker *k, uint32_t offset) {
  static LinkedHead scratch;
  return k->code.failed ? &scratch : linked_head(k->code.data + offset);
}
static inline void set_word(Linker *k, uint32_t offset, uint32_t i,
                            uint64_t w) {
  if (!k->code.failed)
    linked_words(k->code.data + offset)[i] = w;
}
static inline void set_key(Linker *k, uint32_t offset, Value key) {
  if (k->code.failed)
    return;
  FieldCache *c = linked_cache(k->code.data + offset);
  c->key = key;
  c->shape = NO_SHAPE;
}

/* Moves and constant loads touch neither accumulator nor other results. */
static inline void emit_quiet(Linker *k, LinkedOp op, uint32_t a, uint32_t b,
                              Value v) {
  __typeof__(k->last) last = k->last;
  uint32_t offset = emit(k, op, a, b, 0);
  if (op == LINK_LOADK)
    set_word(k, offset, 0, v);
  use_slot(k, a);
  k->last = last;
}

static inline void materialise(Linker *k, uint32_t index) {
  Desc *d = &k->stack[index];
  uint32_t slot = phys(k, index);
  if (d->kind == LAZY_LOCAL && d->local != slot)
    emit_quiet(k, LINK_MOVE, slot, d->local, 0);
  else if (d->kind == LAZY_CONST)
    emit_quiet(k, LINK_LOADK, slot, 0, d->k);
  d->kind = IN_SLOT;
}
static inline void flush_from(Linker *k, uint32_t from) {
  for (uint32_t i = from; i < k->depth; i++)
    if (k->stack[i].kind != IN_SLOT)
      materialise(k, i);
}
/* Before control branches or joins. */
static inline void flush(Linker *k, uint32_t below) {
  for (uint32_t i = 0; i < below; i++)
    if (k->stack[i].kind != IN_SLOT && !k->stack[i].held)
      materialise(k, i);
}
/* Before local `slot` changes. */
static inline void flush_copies_of(Linker *k, uint32_t slot, uint32_t below) {
  for (uint32_t i = 0; i < below; i++)
    if (k->stack[i].kind == LAZY_LOCAL && k->stack[i].local == slot)
      materialise(k, i);
}

static inline void push_lazy(Linker *k, Desc d) {
  uint32_t index = k->depth++;
  d.held = k->plan.flags[k->at] & PLAN_HELD;
  k->stack[index] = d;
  use_slot(k, phys(k, index));
  if (!WEFT_FOLD || !(k->plan.flags[k->at] & PLAN_LAZY))
    materialise(k, index);
}
static inline void push_const(Linker *k, Value v) {
  push_lazy(k, (Desc){LAZY_CONST, 0, v, false});
}
static inline void push_local(Linker *k, uint32_t index) {
  push_lazy(k, (Desc){LAZY_LOCAL, phys(k, index), 0, false});
}

/* Pushes the result of the instruction at `offset`, whose destination field is
 * filled in here. */
static inline void push_result(Linker *k, uint32_t offset, bool has_acc) {
  uint32_t index = k->depth++;
  k->stack[index] = (Desc){IN_SLOT, 0, 0, false};
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
static inline Operand operand(Linker *k, uint32_t index) {
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
static inline void take_acc(Linker *k) {
  if (!k->last.is_call)
    head_at(k, k->last.offset)->handler++;
}
static inline bool in_acc(const Operand *o) { return o->from == FROM_ACC; }
static inline bool is_const(const Operand *o) { return o->from == FROM_CONST; }
/* Makes it a slot operand (a result stays in its slot). */
static inline void to_slot(Linker *k, Operand *o) {
  if (o->from == FROM_CONST) {
    materialise(k, o->index);
    o->slot = phys(k, o->index);
  }
  o->from = FROM_SLOT;
}
static inline bool fits_int(const Operand *o) { /* boxed ones too */
  return WEFT_FUSE && is_const(o) && value_is_int(o->k);
}
static inline bool fits_inline(const Operand *o) {
  return WEFT_FUSE && is_const(o) && value_is_inline_int(o->k);
}
static inline bool fits_float(const Operand *o) {
  return WEFT_FUSE && is_const(o) && value_is_float(o->k);
}
static inline bool fits_number(const Operand *o) {
  return fits_int(o) || fits_float(o);
}
/* A constant that `wanted` does not accept goes to a slot. */
static inline void settle(Linker *k, Operand *o, bool accepted) {
  if (is_const(o) && !accepted)
    to_slot(k, o);
}
static inline uint64_t double_word(Value v) {
  double d = value_to_double(v);
  uint64_t w;
  memcpy(&w, &d, sizeof w);
  return w;
}
static inline void set_number(Linker *k, uint32_t offset, Value v) {
  set_word(k, offset, 0, v);
  set_word(k, offset, 1, double_word(v));
}

/* An instruction with one operand, in its slot or accumulator form. */
static inline uint32_t one_register(Linker *k, LinkedOp r, LinkedOp a,
                                    const Operand *o) {
  if (in_acc(o)) {
    take_acc(k);
    return emit(k, a, 0, 0, 0);
  }
  return emit(k, r, 0, o->slot, 0);
}

/* ---- link_operators.c ---------------------------------------------------- */
/* Pop their operands and push the result. */
void wf_link_binary(Linker *k, Opcode op);
void wf_link_unary(Linker *k, LinkedOp r, LinkedOp a);
/* Notes that the branch at linked offset `at` goes to bytecode `target`. */
void wf_link_branch_to(Linker *k, uint32_t at, uint32_t target);
/* JUMP_IF_TRUE (sense true) and JUMP_IF_FALSE. */
void wf_link_jump_if(Linker *k, const Instruction *in, bool sense);
/* A comparison; true when the conditional jump behind it was taken in. */
bool wf_link_compare(Linker *k, const Instruction *in);

#endif
