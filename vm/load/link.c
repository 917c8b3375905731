/* link.c: one linear pass from stack bytecode to register instructions.
 *
 * The pass keeps a descriptor per operand-stack slot: in its own frame slot,
 * or lazily "a copy of local s" or "constant k", which become operands of the
 * consumer. A result whose consumer is the very next instruction travels in
 * the accumulator: the consumer is emitted in its A form and the producer, the
 * last instruction emitted, is turned into its A form (opcode + 1). SET_LOCAL
 * right after a producer retargets it. Lazies are materialised before a jump
 * target and before a jump, unless they are the same on every way to their
 * consumer (PLAN_HELD).
 *
 * WEFT_FOLD=0 materialises every push; WEFT_FUSE=0 keeps compare and branch
 * apart and constants in slots; WEFT_ACC=0 never uses the accumulator. */
#include "vm/load/link.h"
#include "vm/base/alloc.h"
#include "vm/gc/gc.h"
#include "vm/gc/gc_hooks.h"
#include "vm/load/linker.h"
#include "vm/load/opstats.h"

enum { FRAME_EXTRA = 4 }; /* slots above the highest one used */

/* ---- locals, fields ------------------------------------------------------ */
static void link_set_local(Linker *k, uint32_t index) {
  uint32_t slot = phys(k, index), top = k->depth - 1;
  Desc d = k->stack[top];
  bool copies = false;
  for (uint32_t i = 0; i < top; i++)
    copies |= k->stack[i].kind == LAZY_LOCAL && k->stack[i].local == slot;
  if (WEFT_FOLD && d.kind == IN_SLOT && k->last.valid && k->last.index == top &&
      !k->last.is_call && !copies) {
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
  uint32_t at = one_register(k, LINK_GET_FIELD_I_RR, LINK_GET_FIELD_I_RA, &o);
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
    k->stack[k->depth++] = (Desc){IN_SLOT, 0, 0, false};
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
  emit(k,
       k->p->flags & MOD_NEEDS_CLOSE ? LINK_RET_CLOSE_SPREAD : LINK_RET_SPREAD,
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
  wf_link_branch_to(k, emit(k, LINK_FOR_IN, a, n, 0), (uint32_t)in->target);
  emit(k, LINK_FOR_IN_CALL, a, n, (int32_t)n);
  wf_link_branch_to(k, emit(k, LINK_FOR_IN_CALLED, a, n, 0),
                    (uint32_t)in->target);
  use_slot(k, a + 8 + n);
}

static void link_loop(Linker *k, LinkedOp op, const Instruction *in,
                      uint32_t values) {
  flush(k, k->depth);
  uint32_t at = emit(k, op, phys(k, k->depth - values), 0, 0);
  wf_link_branch_to(k, at, (uint32_t)in->target);
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
      k->stack[k->depth++] = (Desc){IN_SLOT, 0, 0, false};
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
    wf_link_unary(k, LINK_NEG_RR, LINK_NEG_RA);
    break;
  case OP_BNOT:
    wf_link_unary(k, LINK_BNOT_RR, LINK_BNOT_RA);
    break;
  case OP_NOT:
    wf_link_unary(k, LINK_NOT_RR, LINK_NOT_RA);
    break;
  case OP_LEN:
    wf_link_unary(k, LINK_LEN_RR, LINK_LEN_RA);
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
    return wf_link_compare(k, in);
  case OP_JUMP:
    flush(k, k->depth);
    at = emit(k, in->target <= in->offset ? LINK_LOOP : LINK_JUMP, 0, 0, 0);
    wf_link_branch_to(k, at, (uint32_t)in->target);
    break;
  case OP_JUMP_IF_FALSE:
    wf_link_jump_if(k, in, false);
    break;
  case OP_JUMP_IF_TRUE:
    wf_link_jump_if(k, in, true);
    break;
  case OP_AND:
  case OP_OR:
    flush(k, k->depth);
    at = emit(k, in->op == OP_AND ? LINK_JF_R : LINK_JT_R,
              phys(k, k->depth - 1), 0, 0);
    wf_link_branch_to(k, at, (uint32_t)in->target);
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
      k->stack[k->depth++] = (Desc){IN_SLOT, 0, 0, false};
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
      wf_link_binary(k, in->op);
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
      uint32_t held = k->depth; /* none from here on */
      k->depth = k->plan.depth[at];
      for (uint32_t i = 0; i < k->depth; i++)
        if (i >= held || !k->stack[i].held)
          k->stack[i] = (Desc){IN_SLOT, 0, 0, false};
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
  if (!k->label || !wf_plan_make(&k->plan, p))
    return false;
  k->depth = p->nparams;
  for (uint32_t i = 0; i < p->nparams; i++)
    k->stack[i] = (Desc){IN_SLOT, 0, 0, false};
  k->frame = p->nparams;
  link_all(k);
  if (k->code.failed || k->map.failed || k->fixups.failed)
    return false;
  resolve(k);
  return true;
}

/* False, and nothing is changed, when memory is refused. */
static bool link_proto(VM *vm, Proto *p) {
  Linker *k = wf_alloc_zeroed(1, sizeof *k);
  if (!k)
    return false;
  char *code = NULL;
  uint32_t *map = NULL;
  if (link_into(k, p)) {
    code = wf_gc_try_alloc(vm, k->code.len);
    map = wf_gc_try_alloc(vm, k->map.len);
  }
  if (!code || !map) {
    linker_free(k);
    return false;
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
  return true;
}

void wf_link_proto(Thread *L, Proto *p) {
  if (p->code || link_proto(L->vm, p))
    return;
  /* where a call is made all is below L->top */
  if (!L->entering || !wf_gc_make_room(L) || !link_proto(L->vm, p))
    wf_error_memory(L->vm);
}

void wf_link_closure(Function *f) {
  const Proto *p = f->of.proto;
  f->entry.code = p->code;
  f->frame_size = p->frame_size;
  f->nparams = p->flags & MOD_VARARG ? ENTRY_VARARG : p->nparams;
}
