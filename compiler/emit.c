/* emit.c: instructions of one function, from symbolic to bytes.
 *
 * Jump displacements are variable-length and depend on each other: sizes start
 * at the smallest and only grow, so the fixpoint is reached; after a few
 * rounds, which real code never needs, jumps grow with a margin (the encoding
 * pads), so that the number of rounds stays bounded. */
#include "compiler/emit.h"
#include "compiler/lexer.h"
#include "vm/base/alloc.h"
#include "vm/base/numeral.h"
#include <string.h>

struct ConstSlot {
  uint64_t bits;
  uint32_t serial, index; /* serial 0: empty */
  ModConstKind kind;
};

enum { HOPS = 8, EXACT_ROUNDS = 8 };
static const uint32_t UNPLACED = UINT32_MAX;

static const uint8_t operand_formats[OPCODE_COUNT] = {
#define OP(name, operands, pops, pushes, flags, picture, text)                 \
  OPERANDS_##operands,
#include "vm/bytecode/opcodes.def"
#undef OP
};
static const uint8_t opcode_flags[OPCODE_COUNT] = {
#define OP(name, operands, pops, pushes, flags, picture, text) flags,
#include "vm/bytecode/opcodes.def"
#undef OP
};

void wf_emit_init(Emit *e, Compiler *c) {
  *e = (Emit){.c = c};
  wf_buffer_init(&e->lines);
}

void wf_emit_free(Emit *e) {
  wf_alloc_free(e->code);
  wf_alloc_free(e->offsets);
  wf_alloc_free(e->jumps);
  wf_alloc_free(e->labels);
  wf_alloc_free(e->consts);
  wf_alloc_free(e->numbers);
  wf_alloc_free(e->children);
  wf_alloc_free(e->vars);
  wf_alloc_free(e->work);
  wf_buffer_free(&e->lines);
}

void wf_emit_start(Emit *e, Func *f) {
  e->func = f;
  e->serial++;
  e->depth = e->max_depth = f->nparams;
  e->reachable = true;
  e->sweep = false;
  e->barrier = 0;
  e->ncode = e->njumps = e->nlabels = e->nconsts = 0;
  e->nnumbers = e->nchildren = e->nvars = 0;
}

/* Appending */

static inline uint32_t varint_size(uint32_t v) {
  return v < 1u << 7    ? 1
         : v < 1u << 14 ? 2
         : v < 1u << 21 ? 3
         : v < 1u << 28 ? 4
                        : 5;
}

/* Bytes of instructions whose operands do not decide; 0: they do. */
static const uint8_t fixed_sizes[] = {
    [OPERANDS_NONE] = 1,  [OPERANDS_I8] = 2,          [OPERANDS_I16] = 3,
    [OPERANDS_LOCAL] = 0, [OPERANDS_COUNT_COUNT] = 0, [OPERANDS_COUNT_JUMP] = 0,
    [OPERANDS_JUMP] = 2};

static inline uint32_t instr_size(Opcode op, uint32_t a, uint32_t b) {
  OperandFormat format = operand_formats[op];
  uint32_t size = fixed_sizes[format];
  if (size)
    return size;
  size = 1 + varint_size(a);
  if (format == OPERANDS_COUNT_COUNT)
    size += varint_size(b);
  return format == OPERANDS_COUNT_JUMP ? size + 1 : size;
}

static inline void change_depth(Emit *e, int delta, uint32_t line) {
  CHECK((int)e->depth + delta >= 0);
  e->depth += (uint32_t)delta;
  if (e->depth > e->max_depth) {
    e->max_depth = e->depth;
    if (UNLIKELY(e->depth > MAX_SLOTS))
      wf_lexer_error_at(e->c->lexer, line,
                        "function or expression needs too many registers");
  }
}

static inline void append(Emit *e, Opcode op, uint32_t a, uint32_t b,
                          uint32_t line) {
  if (UNLIKELY(e->ncode >= e->code_cap))
    e->code =
        array_room(e->c, e->code, &e->code_cap, e->ncode + 1, sizeof *e->code);
  e->code[e->ncode++] =
      (EmitInstr){a, b, line, (uint8_t)op, (uint8_t)instr_size(op, a, b)};
}

void wf_emit_op(Emit *e, Opcode op, uint32_t a, uint32_t b, int delta,
                uint32_t line) {
  change_depth(e, delta, line);
  if (!e->reachable)
    return;
  append(e, op, a, b, line);
  if (opcode_flags[op] & F_END)
    e->reachable = false;
}

void wf_emit_adjust(Emit *e, int delta, uint32_t line) {
  change_depth(e, delta, line);
}

void wf_emit_get_local(Emit *e, uint32_t slot, uint32_t line) {
  wf_emit_op(e, slot < 8 ? OP_GET_LOCAL_0 + slot : OP_GET_LOCAL, slot, 0, 1,
             line);
}

void wf_emit_set_local(Emit *e, uint32_t slot, uint32_t line) {
  wf_emit_op(e, slot < 8 ? OP_SET_LOCAL_0 + slot : OP_SET_LOCAL, slot, 0, -1,
             line);
}

/* The last instruction, if the next may be merged into it. */
static EmitInstr *mergeable(Emit *e) {
  return e->reachable && e->ncode > e->barrier ? &e->code[e->ncode - 1] : NULL;
}

void wf_emit_nils(Emit *e, uint32_t n, uint32_t line) {
  EmitInstr *last = mergeable(e);
  if (last && (last->op == OP_NIL || last->op == OP_NILS)) {
    change_depth(e, (int)n, line);
    last->a = n + (last->op == OP_NIL ? 1 : last->a);
    last->op = OP_NILS;
    last->size = (uint8_t)instr_size(OP_NILS, last->a, 0);
    return;
  }
  wf_emit_op(e, n == 1 ? OP_NIL : OP_NILS, n, 0, (int)n, line);
}

void wf_emit_pop(Emit *e, uint32_t n, uint32_t line) {
  EmitInstr *last = mergeable(e);
  if (n == 0)
    return;
  if (last && (last->op == OP_POP || last->op == OP_POP_N)) {
    change_depth(e, -(int)n, line);
    last->a = n + (last->op == OP_POP ? 1 : last->a);
    last->op = OP_POP_N;
    last->size = (uint8_t)instr_size(OP_POP_N, last->a, 0);
    return;
  }
  wf_emit_op(e, n == 1 ? OP_POP : OP_POP_N, n, 0, -(int)n, line);
}

/* Constants */

static uint32_t add_const(Emit *e, ModConst k) {
  e->consts = array_room(e->c, e->consts, &e->consts_cap, e->nconsts + 1,
                         sizeof *e->consts);
  e->consts[e->nconsts] = k;
  return e->nconsts++;
}

uint32_t wf_emit_string(Emit *e, Name *name) {
  if (!e->reachable)
    return 0;
  if (name->const_owner != e->serial) {
    ModConst k = {.kind = MOD_STRING};
    k.as.s = wf_context_store(e->c, name);
    name->const_owner = e->serial;
    name->const_index = add_const(e, k);
  }
  return name->const_index;
}

static void grow_numbers(Emit *e) {
  uint32_t size = e->numbers_size ? e->numbers_size * 2 : 64;
  ConstSlot *slots = wf_alloc_zeroed(size, sizeof *slots);
  if (!slots)
    wf_context_no_memory(e->c);
  for (uint32_t i = 0; i < e->numbers_size; i++) {
    ConstSlot *s = &e->numbers[i];
    if (s->serial != e->serial)
      continue;
    uint32_t at =
        (uint32_t)((s->bits ^ e->c->seed) * UINT64_C(0x9E3779B97F4A7C15) >>
                   32) &
        (size - 1);
    while (slots[at].serial)
      at = (at + 1) & (size - 1);
    slots[at] = *s;
  }
  wf_alloc_free(e->numbers);
  e->numbers = slots;
  e->numbers_size = size;
}

static uint32_t number_const(Emit *e, uint64_t bits, ModConst k) {
  if (!e->reachable)
    return 0;
  if (e->nnumbers * 2 >= e->numbers_size)
    grow_numbers(e);
  uint32_t mask = e->numbers_size - 1;
  uint32_t at =
      (uint32_t)((bits ^ e->c->seed) * UINT64_C(0x9E3779B97F4A7C15) >> 32) &
      mask;
  ConstSlot *s = &e->numbers[at];
  for (; s->serial == e->serial; s = &e->numbers[at = (at + 1) & mask])
    if (s->bits == bits && s->kind == k.kind)
      return s->index;
  e->nnumbers++;
  *s = (ConstSlot){bits, e->serial, add_const(e, k), k.kind};
  return s->index;
}

void wf_emit_int(Emit *e, int64_t i, uint32_t line) {
  if (i >= 0 && i <= 7) {
    wf_emit_op(e, (Opcode)(OP_INT_0 + i), 0, 0, 1, line);
  } else if (i >= INT8_MIN && i <= INT8_MAX) {
    wf_emit_op(e, OP_INT8, (uint32_t)i, 0, 1, line);
  } else if (i >= INT16_MIN && i <= INT16_MAX) {
    wf_emit_op(e, OP_INT16, (uint32_t)i, 0, 1, line);
  } else {
    ModConst k = {.kind = MOD_INT, .as.i = i};
    wf_emit_op(e, OP_CONST, number_const(e, (uint64_t)i, k), 0, 1, line);
  }
}

void wf_emit_float(Emit *e, double d, uint32_t line) {
  ModConst k = {.kind = MOD_FLOAT, .as.d = d};
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  wf_emit_op(e, OP_CONST, number_const(e, bits, k), 0, 1, line);
}

/* Labels and jumps */

uint32_t wf_emit_label(Emit *e) {
  e->labels = array_room(e->c, e->labels, &e->labels_cap, e->nlabels + 1,
                         sizeof *e->labels);
  e->labels[e->nlabels] = (EmitLabel){.pos = UNPLACED};
  return e->nlabels++;
}

void wf_emit_place(Emit *e, uint32_t label, bool entered) {
  EmitLabel *l = &e->labels[label];
  CHECK(!l->refs || l->depth == e->depth);
  l->pos = e->barrier = e->ncode;
  l->depth = (uint16_t)e->depth;
  if (l->refs || entered)
    e->reachable = true;
}

void wf_emit_jump(Emit *e, Opcode op, uint32_t a, uint32_t label, int delta,
                  int taken, uint32_t line) {
  EmitLabel *l = &e->labels[label];
  uint32_t depth = e->depth;
  change_depth(e, taken, line);
  if (e->reachable) {
    CHECK((l->pos == UNPLACED && !l->refs) || l->depth == e->depth);
    l->refs++;
    l->depth = (uint16_t)e->depth;
    e->jumps = array_room(e->c, e->jumps, &e->jumps_cap, e->njumps + 1,
                          sizeof *e->jumps);
    e->jumps[e->njumps++] = e->ncode;
    append(e, op, a, label, line);
    if (opcode_flags[op] & F_END)
      e->reachable = false;
  }
  e->depth = depth;
  change_depth(e, delta, line);
}

/* Debug information, children */

uint32_t wf_emit_var_start(Emit *e, Var *var, uint32_t slot) {
  e->vars =
      array_room(e->c, e->vars, &e->vars_cap, e->nvars + 1, sizeof *e->vars);
  e->vars[e->nvars] = (EmitVar){var, slot, e->ncode, e->ncode};
  return e->nvars++;
}

void wf_emit_var_end(Emit *e, uint32_t number) {
  e->vars[number].end = e->ncode;
}

uint32_t wf_emit_child(Emit *e, ModFunction *child) {
  if (!e->reachable)
    return 0;
  e->children = array_room(e->c, e->children, &e->children_cap,
                           e->nchildren + 1, sizeof *e->children);
  e->children[e->nchildren] = child;
  return e->nchildren++;
}

/* Finishing */

/* Jumps to jumps go straight to the final target; jumps to the next
 * instruction vanish. */
static void thread_jumps(Emit *e) {
  for (uint32_t i = 0; i < e->njumps; i++) {
    EmitInstr *in = &e->code[e->jumps[i]];
    if (in->op < OP_JUMP || in->op > OP_OR)
      continue;
    for (int hop = 0; hop < HOPS; hop++) {
      const EmitInstr *target = &e->code[e->labels[in->b].pos];
      if (target->op != OP_JUMP || target == in)
        break;
      in->b = target->b;
      e->sweep = true;
    }
    if (in->op == OP_JUMP && in->a != JUMP_STAYS &&
        e->labels[in->b].pos == e->jumps[i] + 1)
      in->size = 0;
  }
}

/* Drops what control cannot reach. A label's `depth` is no longer needed and
 * serves as the mark of its target; the final return stays. */
static void drop_unreachable(Emit *e) {
  uint32_t n = 0, i = 0;
  e->work =
      array_room(e->c, e->work, &e->work_cap, e->njumps + 1, sizeof *e->work);
  e->offsets = array_room(e->c, e->offsets, &e->offsets_cap, e->ncode + 1,
                          sizeof *e->offsets);
  uint32_t *seen = e->offsets;
  memset(seen, 0, e->ncode * sizeof *seen);
  for (;;) {
    while (!seen[i]) {
      const EmitInstr *in = &e->code[i];
      seen[i] = 1;
      if (opcode_flags[in->op] & F_JUMP) {
        uint32_t target = e->labels[in->b].pos;
        if (!seen[target])
          e->work[n++] = target;
      }
      if ((opcode_flags[in->op] & F_END) && in->size)
        break;
      i++;
    }
    if (!n)
      break;
    i = e->work[--n];
  }
  for (i = 0; i + 1 < e->ncode; i++)
    if (!seen[i])
      e->code[i].size = 0;
}

static void set_offsets(Emit *e) {
  uint32_t pc = 0;
  for (uint32_t i = 0; i < e->ncode; i++) {
    e->offsets[i] = pc;
    pc += e->code[i].size;
  }
  e->offsets[e->ncode] = pc;
}

static uint32_t zigzag(int64_t v) {
  return (uint32_t)((uint64_t)v << 1 ^ (uint64_t)(v >> 63));
}

static uint32_t displacement(const Emit *e, uint32_t i) {
  uint32_t target = e->labels[e->code[i].b].pos;
  return zigzag((int64_t)e->offsets[target] - (int64_t)e->offsets[i]);
}

static void size_jumps(Emit *e) {
  set_offsets(e);
  for (int round = 0;; round++) {
    bool grew = false;
    for (uint32_t i = 0; i < e->njumps; i++) {
      EmitInstr *in = &e->code[e->jumps[i]];
      if (!in->size)
        continue;
      uint32_t fixed = instr_size(in->op, in->a, 0) - 1;
      uint32_t need = varint_size(displacement(e, e->jumps[i]));
      if (fixed + need > in->size) {
        if (round >= EXACT_ROUNDS && need < 5)
          need++;
        in->size = (uint8_t)(fixed + need);
        grew = true;
      }
    }
    if (!grew)
      return;
    set_offsets(e);
  }
}

static uint8_t *put_varint(uint8_t *p, uint32_t v) {
  for (; v >= 0x80; v >>= 7)
    *p++ = (uint8_t)(v | 0x80);
  *p++ = (uint8_t)v;
  return p;
}

static uint8_t *put_padded(uint8_t *p, uint32_t v, const uint8_t *end) {
  for (; p + 1 < end; v >>= 7)
    *p++ = (uint8_t)(v | 0x80);
  *p++ = (uint8_t)(v & 0x7F);
  return p;
}

static uint8_t *encode_operands(const Emit *e, uint32_t i, uint8_t *p) {
  const EmitInstr *in = &e->code[i];
  const uint8_t *end = p + in->size - 1;
  switch ((OperandFormat)operand_formats[in->op]) {
  case OPERANDS_I16:
    *p++ = (uint8_t)in->a;
    *p++ = (uint8_t)(in->a >> 8);
    return p;
  case OPERANDS_COUNT_COUNT:
    return put_varint(put_varint(p, in->a), in->b);
  case OPERANDS_COUNT_JUMP:
    return put_padded(put_varint(p, in->a), displacement(e, i), end);
  case OPERANDS_JUMP:
    return put_padded(p, displacement(e, i), end);
  default:
    return put_varint(p, in->a);
  }
}

/* Code and line table. The code has one byte to spare: short instructions are
 * stored as two bytes, whether or not there is an operand. */
static void encode(Emit *e, ModFunction *m) {
  uint8_t *p = m->code;
  uint32_t last_pc = 0, last_line = m->line_defined;
  e->lines.len = 0;
  for (uint32_t i = 0; i < e->ncode; i++) {
    const EmitInstr *in = &e->code[i];
    if (!in->size)
      continue;
    if (in->line != last_line)
      wf_module_line_add(&e->lines, &last_pc, &last_line,
                         (uint32_t)(p - m->code), in->line);
    p[0] = in->op;
    if (in->size <= 2 && !(opcode_flags[in->op] & F_JUMP)) {
      p[1] = (uint8_t)in->a;
      p += in->size;
    } else {
      p = encode_operands(e, i, p + 1);
    }
    CHECK((uint32_t)(p - m->code) == e->offsets[i + 1]);
  }
}

static void *module_copy(Emit *e, const void *from, size_t size) {
  if (!size)
    return NULL;
  void *to = wf_context_module_alloc(e->c, size);
  memcpy(to, from, size);
  return to;
}

static void fill_lines(Emit *e, ModFunction *m) {
  if (e->lines.failed)
    wf_context_no_memory(e->c);
  m->lines_size = (uint32_t)e->lines.len;
  m->lines = m->lines_size ? module_copy(e, e->lines.data, e->lines.len)
                           : wf_context_module_alloc(e->c, 1);
}

static void fill_vars(Emit *e, ModFunction *m) {
  m->nvars = e->nvars;
  m->vars = e->nvars ? wf_context_module_alloc(e->c, e->nvars * sizeof *m->vars)
                     : NULL;
  for (uint32_t i = 0; i < e->nvars; i++) {
    const EmitVar *v = &e->vars[i];
    m->vars[i] = (ModVar){.name = {"(for state)", 11},
                          .slot = (uint16_t)v->slot,
                          .start = e->offsets[v->start],
                          .end = e->offsets[v->end]};
    if (v->var)
      m->vars[i].name = wf_context_store(e->c, v->var->name);
  }
}

static void fill_upvals(Emit *e, ModFunction *m) {
  const Func *f = e->func;
  m->nupvals = (uint16_t)f->nupvals;
  m->upvals =
      f->nupvals ? wf_context_module_alloc(e->c, f->nupvals * sizeof *m->upvals)
                 : NULL;
  for (uint32_t i = 0; i < f->nupvals; i++) {
    const Upval *u = &f->upvals[i];
    m->upvals[i] = (ModUpval){.name = wf_context_store(e->c, u->name),
                              .from_local = u->from_local,
                              .index = u->index};
  }
}

ModFunction *wf_emit_finish(Emit *e) {
  const Func *f = e->func;
  if (e->njumps)
    thread_jumps(e);
  if (e->sweep)
    drop_unreachable(e);
  e->offsets = array_room(e->c, e->offsets, &e->offsets_cap, e->ncode + 1,
                          sizeof *e->offsets);
  size_jumps(e);
  ModFunction *m = wf_context_module_alloc(e->c, sizeof *m);
  *m = (ModFunction){.env_upval = f->env_upval,
                     .nparams = f->nparams,
                     .max_stack = (uint16_t)e->max_depth,
                     .line_defined = f->line_defined,
                     .last_line = f->last_line};
  if (f->vararg)
    m->flags |= MOD_VARARG;
  if (f->needs_close)
    m->flags |= MOD_NEEDS_CLOSE;
  m->code_size = e->offsets[e->ncode];
  m->code = wf_context_module_alloc(e->c, m->code_size + 1);
  encode(e, m);
  m->nconsts = e->nconsts;
  m->consts = module_copy(e, e->consts, e->nconsts * sizeof *e->consts);
  m->nchildren = e->nchildren;
  m->children = module_copy(e, e->children, e->nchildren * sizeof *e->children);
  fill_lines(e, m);
  fill_vars(e, m);
  fill_upvals(e, m);
  return m;
}
