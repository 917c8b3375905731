/* verify.c: abstract interpretation of one function at a time.
 *
 * Four passes, each linear in the code, none recursive:
 *
 *   operands      decodes the whole code in order; checks what one instruction
 *                 says by itself; marks boundaries and jump targets
 *   flow          follows control from the entry; each reachable instruction
 *                 is interpreted once, and every other path to it must arrive
 *                 with the same state: stack depth and *groups*
 *   constructors  (when there are any) in code order: which slots hold a table
 *                 that NEW_TABLE just made
 *   captures      (when closures capture locals) which slots an open upvalue
 *                 may point at; the one property that may differ between
 *                 paths, so it is joined by union until nothing grows, at most
 *                 MAX_SLOTS times per target
 *
 * A group is a run of slots that only certain instructions may touch:
 *
 *      slot  0   1   2   3   4   5   6        FOR     limit state, step, var
 *          | x | s1| s2| i | t | y |          FOR_IN  f s c closing
 *              '---FOR-----'   '-TBC          TBC     a to-be-closed slot
 *                                             SPENT   left over by a CLOSE
 * below a FOR: only to be dropped
 *
 * Groups lie in the stack in slot order, so the state keeps just the topmost;
 * each knows the one below. A group has an identity, the instruction that made
 * it, and joins compare identities: this pairs each FOR_LOOP with one FOR_PREP
 * and costs one comparison. A compiler never joins paths whose loops or
 * to-be-closed variables come from different instructions.
 *
 * Tables in construction need no such identity at joins: a constructor is
 * straight code but for forward jumps inside it. A slot counts as a new table
 * from its NEW_TABLE on, in code order, until something pops or assigns it or
 * a jump enters from before the NEW_TABLE or from behind.
 *
 * The same passes without the checks give the linker its facts. */
#include "vm/load/verify.h"
#include "vm/base/alloc.h"
#include <string.h>

typedef enum GroupKind {
  GROUP_FOR,
  GROUP_FOR_IN,
  GROUP_TBC,
  GROUP_SPENT
} GroupKind;

typedef struct Group {
  GroupKind kind;
  uint16_t start, end; /* slots */
  uint32_t below;      /* the next group down, 0 for none */
  uint32_t body, exit; /* loops: after the PREP; the PREP's target */
} Group;

typedef struct SlotSet {
  uint64_t bits[4];
} SlotSet;

typedef struct Target {
  uint32_t group;           /* topmost group on arrival */
  uint32_t first_source;    /* lowest pc that jumps here */
  bool backward;            /* some jump comes from here or behind */
  bool queued, seen, dirty; /* captures: see there */
} Target;

typedef struct Verifier {
  const uint8_t *code;
  uint32_t size;
  const ModFunction *f; /* NULL: trusted code, facts only */
  FunctionFacts *facts;
  /* from the operands pass */
  uint32_t njumps, ngroup_makers;
  bool constructors, captures;
  /* targets: numbered in code order; rank[i] targets lie below pc 64 * i */
  uint32_t ntargets;
  uint32_t *rank;
  Target *targets;
  uint32_t *work; /* targets, by pc, to be visited */
  uint32_t nwork;
  Group *groups; /* from 1 */
  uint32_t ngroups;
  /* state of the path being followed */
  uint32_t depth;
  uint32_t group;
  uint32_t jump_group; /* topmost group when the instruction jumps */
  VerifyRule rule;
  uint32_t pc;
} Verifier;

/* facts->depth while flow runs; the first two at places not reached yet. */
enum {
  INSIDE = 0xFEFE, /* not the first byte of an instruction */
  INSIDE_BYTE = 0xFE,
  PENDING = 0x8000 /* flag: arrived at by a jump, not interpreted yet */
};
enum { MAX_LINE = INT32_MAX, LARGEST_TABLE = 1 << 30 };

static const char *const reasons[] = {[VERIFY_PASSED] = NULL,
#define VERIFY_RULE(name, text) [VERIFY_##name] = text,
                                      VERIFY_RULES(VERIFY_RULE)
#undef VERIFY_RULE
                                          [VERIFY_MEMORY] =
                                              "not enough memory"};

const char *wf_verify_reason(VerifyRule rule) { return reasons[rule]; }

static COLDFN bool fail(Verifier *v, VerifyRule rule, uint32_t pc) {
  v->rule = rule;
  v->pc = pc;
  return false;
}

/* As wf_opcode_decode, for a pc inside the code: most instructions are one byte
 * and need no call. */
static ALWAYS_INLINE bool decode(const Verifier *v, uint32_t pc,
                                 Instruction *in) {
  uint8_t op = v->code[pc];
  if (op >= OPCODE_COUNT || wf_opcode_info[op].operands != OPERANDS_NONE)
    return wf_opcode_decode(v->code, v->size, pc, in);
  *in = (Instruction){(Opcode)op, pc, 1, 0, 0, 0};
  return true;
}

/* Headers and debug information. */

static bool check_header(Verifier *v, const ModFunction *parent) {
  const ModFunction *f = v->f;
  if (f->flags & ~(MOD_VARARG | MOD_NEEDS_CLOSE))
    return fail(v, VERIFY_FLAGS, 0);
  if (f->max_stack > MAX_SLOTS)
    return fail(v, VERIFY_STACK_LIMIT, 0);
  if (f->nparams > f->max_stack)
    return fail(v, VERIFY_PARAMS, 0);
  if (f->nupvals > MAX_UPVALS)
    return fail(v, VERIFY_UPVAL_LIMIT, 0);
  if (f->env_upval != MOD_NO_ENV && f->env_upval >= f->nupvals)
    return fail(v, VERIFY_ENV, 0);
  if (f->code_size > MAX_CODE_SIZE)
    return fail(v, VERIFY_CODE_LIMIT, 0);
  for (uint32_t i = 0; parent && i < f->nupvals; i++)
    if (!f->upvals[i].from_local && f->upvals[i].index >= parent->nupvals)
      return fail(v, VERIFY_OUTER_UPVAL, 0);
  return true;
}

static bool check_consts(Verifier *v) {
  static const uint64_t canonical_nan = 0x7FF8000000000000;
  for (uint32_t i = 0; i < v->f->nconsts; i++) {
    const ModConst *k = &v->f->consts[i];
    if (k->kind != MOD_INT && k->kind != MOD_FLOAT && k->kind != MOD_STRING)
      return fail(v, VERIFY_CONST_KIND, 0);
    if (k->kind == MOD_FLOAT && k->as.d != k->as.d &&
        memcmp(&k->as.d, &canonical_nan, sizeof canonical_nan) != 0)
      return fail(v, VERIFY_CONST_NAN, 0);
  }
  return true;
}

/* A number of a line table, which fits 33 bits (a zigzagged line delta); false
 * when it does not or the table ends. */
static bool line_varint(const uint8_t **p, const uint8_t *end, uint64_t *out) {
  uint64_t value = 0;
  for (unsigned shift = 0; *p < end && shift < 35; shift += 7) {
    uint8_t byte = *(*p)++;
    value |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) {
      *out = value;
      return true;
    }
  }
  return false;
}

static bool check_lines(Verifier *v) {
  const ModFunction *f = v->f;
  if (f->line_defined > MAX_LINE || f->last_line > MAX_LINE)
    return fail(v, VERIFY_LINE_RANGE, 0);
  if (!f->lines)
    return true;
  const uint8_t *p = f->lines, *end = f->lines + f->lines_size;
  uint64_t pc = 0, delta;
  int64_t line = f->line_defined;
  while (p < end) {
    if (!line_varint(&p, end, &delta))
      return fail(v, VERIFY_LINE_TABLE, 0);
    pc += delta;
    if (pc >= f->code_size || !line_varint(&p, end, &delta))
      return fail(v, VERIFY_LINE_TABLE, 0);
    line += (int64_t)(delta >> 1) ^ -(int64_t)(delta & 1);
    if (line < 0 || line > MAX_LINE)
      return fail(v, VERIFY_LINE_RANGE, (uint32_t)pc);
  }
  return true;
}

static bool check_vars(Verifier *v) {
  uint32_t last_start = 0;
  for (uint32_t i = 0; i < v->f->nvars; i++) {
    const ModVar *var = &v->f->vars[i];
    if (!var->name.bytes)
      return fail(v, VERIFY_VAR_NAME, 0);
    if (var->slot >= v->f->max_stack)
      return fail(v, VERIFY_VAR_SLOT, 0);
    if (var->start > var->end || var->end > v->f->code_size)
      return fail(v, VERIFY_VAR_RANGE, 0);
    if (var->start < last_start)
      return fail(v, VERIFY_VAR_ORDER, 0);
    last_start = var->start;
  }
  return true;
}

/* Pass 1: operands. */

static bool captures_locals(const ModFunction *child) {
  for (uint32_t i = 0; i < child->nupvals; i++)
    if (child->upvals[i].from_local)
      return true;
  return false;
}

static bool check_const(Verifier *v, const Instruction *in) {
  const ModFunction *f = v->f;
  if (in->a >= f->nconsts)
    return fail(v, VERIFY_CONST_INDEX, in->offset);
  if (in->op == OP_CONST)
    return true;
  if (f->consts[in->a].kind != MOD_STRING)
    return fail(v, VERIFY_CONST_STRING, in->offset);
  if ((in->op == OP_GET_GLOBAL || in->op == OP_SET_GLOBAL) &&
      f->env_upval == MOD_NO_ENV)
    return fail(v, VERIFY_ENV_NEEDED, in->offset);
  return true;
}

static bool check_proto(Verifier *v, const Instruction *in) {
  const ModFunction *f = v->f;
  if (in->a >= f->nchildren)
    return fail(v, VERIFY_PROTO_INDEX, in->offset);
  if (captures_locals(f->children[in->a])) {
    v->captures = true;
    if (!(f->flags & MOD_NEEDS_CLOSE))
      return fail(v, VERIFY_CLOSE_FLAG, in->offset);
  }
  return true;
}

static const bool has_rule[OPCODE_COUNT] = {
    [OP_VARARG] = true,      [OP_VARARG_OPEN] = true,   [OP_TO_CLOSE] = true,
    [OP_FOR_IN_PREP] = true, [OP_CONCAT] = true,        [OP_NEW_TABLE] = true,
    [OP_APPEND] = true,      [OP_APPEND_SPREAD] = true, [OP_INIT_FIELD] = true,
    [OP_INIT_INDEX] = true,  [OP_FOR_IN_LOOP] = true};

/* Rules of those opcodes. One byte of code can push MAX_SLOTS values at most,
 * which bounds what sizes and indexes a constructor can need; they also fit the
 * linked form's 31 bits. */
static bool check_opcode(Verifier *v, const Instruction *in) {
  const ModFunction *f = v->f;
  int64_t most = (int64_t)f->code_size * MAX_SLOTS;
  if (most > LARGEST_TABLE)
    most = LARGEST_TABLE;
  switch (in->op) {
  case OP_VARARG:
  case OP_VARARG_OPEN:
    if (!(f->flags & MOD_VARARG))
      return fail(v, VERIFY_VARARG_NEEDED, in->offset);
    return true;
  case OP_TO_CLOSE:
  case OP_FOR_IN_PREP:
    if (!(f->flags & MOD_NEEDS_CLOSE))
      return fail(v, VERIFY_CLOSE_FLAG, in->offset);
    return true;
  case OP_CONCAT:
    if (in->a < 2)
      return fail(v, VERIFY_CONCAT_COUNT, in->offset);
    return true;
  case OP_NEW_TABLE:
    if (in->a > most || in->b > most)
      return fail(v, VERIFY_TABLE_SIZE, in->offset);
    return true;
  case OP_APPEND:
  case OP_APPEND_SPREAD:
    v->constructors = true;
    if (in->b < 1 || in->b + in->a - 1 > most)
      return fail(v, VERIFY_APPEND_INDEX, in->offset);
    return true;
  case OP_INIT_FIELD:
  case OP_INIT_INDEX:
    v->constructors = true;
    return true;
  case OP_FOR_IN_LOOP:
    if (in->a < 1)
      return fail(v, VERIFY_FOR_IN_COUNT, in->offset);
    return true;
  default:
    return true;
  }
}

static bool check_operands(Verifier *v, const Instruction *in) {
  switch (wf_opcode_info[in->op].operands) {
  case OPERANDS_CONST:
    if (!check_const(v, in))
      return false;
    break;
  case OPERANDS_UPVAL:
    if (in->a >= v->f->nupvals)
      return fail(v, VERIFY_UPVAL_INDEX, in->offset);
    break;
  case OPERANDS_PROTO:
    if (!check_proto(v, in))
      return false;
    break;
  default:
    break;
  }
  return !has_rule[in->op] || check_opcode(v, in);
}

/* Whether a group may begin here. */
static bool makes_group(Opcode op) { return op >= OP_TO_CLOSE; }

_Static_assert(OP_GET_LOCAL == OP_GET_LOCAL_7 + 1 &&
                   OP_SET_LOCAL == OP_SET_LOCAL_7 + 1,
               "the general form of a local access follows the short ones");
_Static_assert(OP_TO_CLOSE > OP_CLOSURE && OP_CLOSE > OP_TO_CLOSE &&
                   OP_FOR_PREP > OP_TO_CLOSE && OP_FOR_IN_PREP > OP_TO_CLOSE &&
                   OP_TAIL_CALL > OP_CLOSURE &&
                   OP_TAIL_CALL_SPREAD > OP_CLOSURE,
               "check_slots and makes_group rely on the table's order");

static void mark_target(Verifier *v, uint32_t pc) {
  v->facts->targets[pc >> 6] |= (uint64_t)1 << (pc & 63);
}

static bool operands(Verifier *v) {
  uint16_t *depth = v->facts->depth;
  uint8_t before = 0; /* flags of the instruction before */
  Instruction in;
  for (uint32_t pc = 0; pc < v->size; pc += in.length) {
    if (!decode(v, pc, &in))
      return fail(v, VERIFY_DECODE, pc);
    depth[pc] = DEPTH_UNREACHABLE;
    uint8_t flags = wf_opcode_info[in.op].flags;
    if (v->f && !check_operands(v, &in))
      return false;
    if ((before & F_MULTI) && !(flags & F_SPREAD))
      return fail(v, VERIFY_MULTI_UNUSED, pc);
    if ((flags & F_SPREAD) && !(before & F_MULTI))
      return fail(v, VERIFY_MULTI_MISSING, pc);
    if (flags & F_JUMP) {
      if (in.target < 0 || in.target >= v->size)
        return fail(v, VERIFY_JUMP_TARGET, pc);
      mark_target(v, (uint32_t)in.target);
      v->njumps++;
    }
    v->ngroup_makers += makes_group(in.op);
    before = flags;
  }
  if (before & F_MULTI)
    return fail(v, VERIFY_MULTI_UNUSED, v->size - 1);
  return true;
}

/* Numbers the targets and checks where they lie. */
static bool number_targets(Verifier *v) {
  for (uint32_t word = 0; word <= (v->size - 1) >> 6; word++) {
    v->rank[word] = v->ntargets;
    uint64_t bits = v->facts->targets[word];
    v->ntargets += (uint32_t)__builtin_popcountll(bits);
    for (; bits; bits &= bits - 1) {
      uint32_t pc = word * 64 + (uint32_t)__builtin_ctzll(bits);
      if (v->facts->depth[pc] == INSIDE)
        return fail(v, VERIFY_JUMP_TARGET, pc);
      if (wf_opcode_info[v->code[pc]].flags & F_SPREAD)
        return fail(v, VERIFY_MULTI_TARGET, pc);
    }
  }
  return true;
}

/* The target at pc, which must be one. */
static uint32_t target_number(const Verifier *v, uint32_t pc) {
  uint64_t below =
      v->facts->targets[pc >> 6] & (((uint64_t)1 << (pc & 63)) - 1);
  return v->rank[pc >> 6] + (uint32_t)__builtin_popcountll(below);
}

/* Pass 2: flow. */

static void push_group(Verifier *v, GroupKind kind, uint32_t start,
                       const Instruction *in) {
  v->groups[++v->ngroups] =
      (Group){kind,     (uint16_t)start,         (uint16_t)v->depth,
              v->group, in->offset + in->length, (uint32_t)in->target};
  v->group = v->ngroups;
}

static bool is_return(Opcode op) {
  return op == OP_RETURN_0 || op == OP_RETURN_1 || op == OP_RETURN ||
         op == OP_RETURN_SPREAD || op == OP_TAIL_CALL ||
         op == OP_TAIL_CALL_SPREAD;
}

/* The group `slot` belongs to, NULL for an ordinary slot. */
static const Group *group_of(const Verifier *v, int64_t slot) {
  uint32_t g = v->group;
  while (g && v->groups[g].start > slot)
    g = v->groups[g].below;
  return g && slot < v->groups[g].end ? &v->groups[g] : NULL;
}

/* An instruction pops the slots from `low` up. */
static bool release_groups(Verifier *v, const Instruction *in, uint32_t low) {
  bool drop = in->op == OP_POP || in->op == OP_POP_N;
  uint32_t i = v->group;
  for (; i && v->groups[i].end > low; i = v->groups[i].below) {
    const Group *g = &v->groups[i];
    if (g->kind == GROUP_SPENT && drop && g->start < low)
      break;
    if (g->kind == GROUP_FOR || g->kind == GROUP_SPENT) {
      if (!drop || g->start < low)
        return fail(v, VERIFY_SLOT_USED, in->offset);
    } else if (!is_return(in->op)) {
      return fail(v, VERIFY_SLOT_OPEN, in->offset);
    }
  }
  v->group = i;
  return true;
}

static bool check_read(Verifier *v, const Instruction *in, int64_t slot) {
  if (slot >= v->depth)
    return fail(v, VERIFY_LOCAL_INDEX, in->offset);
  const Group *g = group_of(v, slot);
  if (g &&
      (g->kind == GROUP_SPENT || (g->kind == GROUP_FOR && slot + 1 != g->end)))
    return fail(v, VERIFY_SLOT_READ, in->offset);
  return true;
}

static bool check_write(Verifier *v, const Instruction *in, int64_t slot) {
  if (slot + 1 >= v->depth)
    return fail(v, VERIFY_LOCAL_INDEX, in->offset);
  if (group_of(v, slot))
    return fail(v, VERIFY_SLOT_WRITE, in->offset);
  return true;
}

static bool check_captured(Verifier *v, const Instruction *in) {
  const ModFunction *child = v->f->children[in->a];
  for (uint32_t i = 0; i < child->nupvals; i++) {
    if (!child->upvals[i].from_local)
      continue;
    uint32_t slot = child->upvals[i].index;
    if (slot >= v->depth)
      return fail(v, VERIFY_CAPTURE_INDEX, in->offset);
    const Group *g = group_of(v, slot);
    if (g && g->kind != GROUP_TBC)
      return fail(v, VERIFY_CAPTURE_LOOP, in->offset);
  }
  return true;
}

/* Everything from in->a up is closed. A FOR above it goes on existing, but only
 * to be dropped: its group may lie above one that ends here. */
static bool close_groups(Verifier *v, const Instruction *in) {
  if (in->a >= v->depth)
    return fail(v, VERIFY_LOCAL_INDEX, in->offset);
  bool spent = false;
  for (; v->group; v->group = v->groups[v->group].below) {
    const Group *g = &v->groups[v->group];
    bool inert = g->kind == GROUP_FOR || g->kind == GROUP_SPENT;
    if (g->end <= in->a || (inert && g->start < in->a))
      break;
    spent |= inert;
  }
  if (spent)
    push_group(v, GROUP_SPENT, (uint32_t)in->a, in);
  return true;
}

static bool check_tail(Verifier *v, const Instruction *in) {
  for (uint32_t i = v->group; i; i = v->groups[i].below)
    if (v->groups[i].kind == GROUP_TBC || v->groups[i].kind == GROUP_FOR_IN)
      return fail(v, VERIFY_TAIL_OPEN, in->offset);
  return true;
}

static bool check_for_loop(Verifier *v, const Instruction *in) {
  const Group *g = &v->groups[v->group];
  if (!v->group || g->kind != GROUP_FOR || g->end != v->depth)
    return fail(v, VERIFY_LOOP_STATE, in->offset);
  if (in->target != g->body || in->offset + in->length != g->exit)
    return fail(v, VERIFY_LOOP_TARGET, in->offset);
  v->group = g->below;
  return true;
}

static bool check_for_in_loop(Verifier *v, const Instruction *in) {
  const Group *g = &v->groups[v->group];
  if (!v->group || g->kind != GROUP_FOR_IN || g->end != v->depth)
    return fail(v, VERIFY_FOR_IN_STATE, in->offset);
  if (in->target != g->body || in->offset != g->exit)
    return fail(v, VERIFY_FOR_IN_TARGET, in->offset);
  return true;
}

/* What the instruction does to groups; `low` is the depth its pops leave. On
 * return `group` holds for falling through and `jump_group` for jumping. */
static bool check_slots(Verifier *v, const Instruction *in, uint32_t low) {
  uint32_t before = v->jump_group = v->group;
  if (in->op >= OP_GET_LOCAL_0 && in->op <= OP_GET_LOCAL)
    return check_read(v, in,
                      in->op == OP_GET_LOCAL ? in->a : in->op - OP_GET_LOCAL_0);
  if (in->op == OP_FOR_LOOP)
    return check_for_loop(v, in);
  if (in->op == OP_FOR_IN_LOOP)
    return check_for_in_loop(v, in);
  if (v->group && v->groups[v->group].end > low && !release_groups(v, in, low))
    return false;
  if (in->op >= OP_SET_LOCAL_0 && in->op <= OP_SET_LOCAL)
    return check_write(
        v, in, in->op == OP_SET_LOCAL ? in->a : in->op - OP_SET_LOCAL_0);
  if (in->op < OP_CLOSURE)
    return true;
  switch (in->op) {
  case OP_CLOSURE:
    return check_captured(v, in);
  case OP_CLOSE:
    return close_groups(v, in);
  case OP_TAIL_CALL:
  case OP_TAIL_CALL_SPREAD:
    v->group = before;
    return check_tail(v, in);
  case OP_TO_CLOSE:
    push_group(v, GROUP_TBC, low, in);
    return true;
  case OP_FOR_PREP:
    push_group(v, GROUP_FOR, low, in);
    return true;
  case OP_FOR_IN_PREP:
    if (v->code[in->target] != OP_FOR_IN_LOOP)
      return fail(v, VERIFY_FOR_IN_TARGET, in->offset);
    push_group(v, GROUP_FOR_IN, low, in);
    v->jump_group = v->group;
    return true;
  default:
    return true;
  }
}

/* Depth on arrival at the target of a jump. */
static uint32_t jump_depth(const Instruction *in, uint32_t depth,
                           uint32_t low) {
  switch (in->op) {
  case OP_AND:
  case OP_OR:
  case OP_FOR_LOOP:
  case OP_FOR_IN_PREP:
    return depth;
  case OP_FOR_IN_LOOP:
    return depth + (uint32_t)in->a;
  default:
    return low;
  }
}

/* A jump from the current instruction arrives at its target. */
static bool jump_arrives(Verifier *v, const Instruction *in, uint32_t depth) {
  uint32_t pc = (uint32_t)in->target;
  uint16_t *slot = &v->facts->depth[pc];
  Target *t = &v->targets[target_number(v, pc)];
  if (in->offset < t->first_source)
    t->first_source = in->offset;
  if (in->offset >= pc)
    t->backward = true;
  if (*slot == DEPTH_UNREACHABLE) {
    *slot = (uint16_t)(depth | PENDING);
    t->group = v->jump_group;
    CHECK(v->nwork < v->njumps);
    v->work[v->nwork++] = pc;
    return true;
  }
  if ((*slot & ~PENDING) != depth)
    return fail(v, VERIFY_JOIN_DEPTH, in->offset);
  if (t->group != v->jump_group)
    return fail(v, VERIFY_JOIN_SLOTS, in->offset);
  return true;
}

/* The path reaches pc, whether by falling through or from the work list. Sets
 * *go when the instruction there is to be interpreted now. */
static bool path_arrives(Verifier *v, uint32_t pc, bool *go) {
  uint16_t *slot = &v->facts->depth[pc];
  *go = true;
  if (*slot != DEPTH_UNREACHABLE) {
    if ((*slot & ~PENDING) != v->depth)
      return fail(v, VERIFY_JOIN_DEPTH, pc);
    if (v->targets[target_number(v, pc)].group != v->group)
      return fail(v, VERIFY_JOIN_SLOTS, pc);
    *go = *slot & PENDING;
  } else if (facts_is_target(v->facts, pc)) {
    v->targets[target_number(v, pc)].group = v->group;
  }
  *slot = (uint16_t)v->depth;
  return true;
}

/* Interprets one instruction: state before it becomes state after it. */
static bool step(Verifier *v, const Instruction *in) {
  int64_t pops, pushes;
  wf_opcode_effect(in, &pops, &pushes);
  if (pops > v->depth)
    return fail(v, VERIFY_UNDERFLOW, in->offset);
  uint32_t low = v->depth - (uint32_t)pops;
  if (v->f) {
    if (low + pushes > v->f->max_stack ||
        (in->op == OP_FOR_IN_LOOP && v->depth + in->a > v->f->max_stack))
      return fail(v, VERIFY_OVERFLOW, in->offset);
    if (!check_slots(v, in, low))
      return false;
  }
  if ((wf_opcode_info[in->op].flags & F_JUMP) &&
      !jump_arrives(v, in, jump_depth(in, v->depth, low)))
    return false;
  v->depth = low + (uint32_t)pushes;
  return true;
}

/* Follows the path from pc until it ends or meets interpreted code. */
static bool follow(Verifier *v, uint32_t pc) {
  Instruction in;
  bool go;
  do {
    if (!path_arrives(v, pc, &go))
      return false;
    if (!go)
      return true;
    decode(v, pc, &in);
    if (!step(v, &in))
      return false;
    pc += in.length;
    if (wf_opcode_info[in.op].flags & F_END)
      return true;
  } while (pc < v->size);
  return fail(v, VERIFY_FALLS_OFF, in.offset);
}

static bool flow(Verifier *v, uint32_t nparams) {
  if (v->size == 0)
    return fail(v, VERIFY_FALLS_OFF, 0);
  v->depth = nparams;
  v->group = 0;
  if (!follow(v, 0))
    return false;
  while (v->nwork) {
    uint32_t pc = v->work[--v->nwork];
    uint16_t depth = v->facts->depth[pc];
    if (!(depth & PENDING))
      continue;
    v->depth = depth & ~PENDING;
    v->group = v->targets[target_number(v, pc)].group;
    if (!follow(v, pc))
      return false;
  }
  return true;
}

/* Sets of slots. */

static void set_add(SlotSet *s, uint32_t slot) {
  s->bits[slot >> 6] |= (uint64_t)1 << (slot & 63);
}

static void set_remove(SlotSet *s, uint32_t slot) {
  s->bits[slot >> 6] &= ~((uint64_t)1 << (slot & 63));
}

static bool set_has(const SlotSet *s, uint32_t slot) {
  return s->bits[slot >> 6] >> (slot & 63) & 1;
}

static bool set_has_from(const SlotSet *s, uint32_t slot) {
  uint64_t some = s->bits[slot >> 6] >> (slot & 63);
  for (uint32_t i = (slot >> 6) + 1; i < 4; i++)
    some |= s->bits[i];
  return some != 0;
}

static void set_remove_from(SlotSet *s, uint32_t slot) {
  s->bits[slot >> 6] &= ((uint64_t)1 << (slot & 63)) - 1;
  for (uint32_t i = (slot >> 6) + 1; i < 4; i++)
    s->bits[i] = 0;
}

/* Adds `more`; true when the set grew. */
static bool set_join(SlotSet *s, const SlotSet *more) {
  uint64_t grew = 0;
  for (int i = 0; i < 4; i++) {
    grew |= more->bits[i] & ~s->bits[i];
    s->bits[i] |= more->bits[i];
  }
  return grew != 0;
}

static void capture_locals(SlotSet *captured, const ModFunction *child) {
  for (uint32_t i = 0; i < child->nupvals; i++)
    if (child->upvals[i].from_local)
      set_add(captured, child->upvals[i].index);
}

/* Pass 3: constructors. */

/* Tables in construction, in slot order, which is also code order. */
typedef struct NewTables {
  uint32_t n;
  struct {
    uint32_t slot, pc;
  } at[MAX_SLOTS];
  SlotSet captured; /* those a closure may have assigned meanwhile */
} NewTables;

static void forget_slots(NewTables *tables, int64_t from) {
  while (tables->n && tables->at[tables->n - 1].slot >= from)
    tables->n--;
}

/* Jumps arrive at pc: only tables made before the first of them are sure. */
static void forget_joined(const Verifier *v, NewTables *tables, uint32_t pc) {
  const Target *t = &v->targets[target_number(v, pc)];
  if (t->backward)
    tables->n = 0;
  while (tables->n && tables->at[tables->n - 1].pc > t->first_source)
    tables->n--;
}

static bool follow_table(Verifier *v, NewTables *tables,
                         const Instruction *in) {
  int64_t pops, pushes, depth = v->facts->depth[in->offset];
  wf_opcode_effect(in, &pops, &pushes);
  int64_t low = depth - pops;
  forget_slots(tables, depth);
  switch (in->op) {
  case OP_INIT_FIELD:
  case OP_INIT_INDEX:
  case OP_APPEND:
  case OP_APPEND_SPREAD:
    forget_slots(tables, low + 1);
    if (!tables->n || tables->at[tables->n - 1].slot != low ||
        set_has(&tables->captured, (uint32_t)low))
      return fail(v, VERIFY_NOT_A_TABLE, in->offset);
    return true;
  case OP_SET_LOCAL:
    forget_slots(tables, in->a);
    return true;
  case OP_CLOSURE:
    capture_locals(&tables->captured, v->f->children[in->a]);
    return true;
  default:
    if (in->op >= OP_SET_LOCAL_0 && in->op <= OP_SET_LOCAL_7)
      forget_slots(tables, in->op - OP_SET_LOCAL_0);
  }
  forget_slots(tables, low);
  if (in->op == OP_NEW_TABLE) {
    tables->at[tables->n].slot = (uint32_t)depth;
    tables->at[tables->n++].pc = in->offset;
    set_remove(&tables->captured, (uint32_t)depth);
  }
  return true;
}

static bool constructors(Verifier *v) {
  NewTables tables = {.n = 0};
  Instruction in;
  for (uint32_t pc = 0; pc < v->size; pc += in.length) {
    decode(v, pc, &in);
    if (facts_is_target(v->facts, pc))
      forget_joined(v, &tables, pc);
    if (v->facts->depth[pc] != DEPTH_UNREACHABLE &&
        !follow_table(v, &tables, &in))
      return false;
  }
  return true;
}

/* Pass 4: captures. Each target keeps the union of what arrived; it is visited
 * again (`dirty`) when that grew. It is in the work list at most once
 * (`queued`), also when falling through has visited it meanwhile. */

/* One instruction of a path on which `captured` slots may be captured. */
static bool step_captures(Verifier *v, const Instruction *in, SlotSet *sets,
                          SlotSet *captured) {
  int64_t pops, pushes;
  wf_opcode_effect(in, &pops, &pushes);
  uint32_t low = v->facts->depth[in->offset] - (uint32_t)pops;
  if (pops && set_has_from(captured, low) && !is_return(in->op))
    return fail(v, VERIFY_CAPTURE_OPEN, in->offset);
  if (in->op == OP_CLOSURE)
    capture_locals(captured, v->f->children[in->a]);
  else if (in->op == OP_CLOSE)
    set_remove_from(captured, (uint32_t)in->a);
  if (wf_opcode_info[in->op].flags & F_JUMP) {
    uint32_t pc = (uint32_t)in->target, number = target_number(v, pc);
    Target *t = &v->targets[number];
    bool grew = set_join(&sets[number], captured);
    t->dirty |= grew || !t->seen;
    if (t->dirty && !t->queued) {
      CHECK(v->nwork < v->njumps);
      t->queued = true;
      v->work[v->nwork++] = pc;
    }
  }
  return true;
}

static bool follow_captures(Verifier *v, SlotSet *sets, uint32_t pc) {
  SlotSet captured = {{0, 0, 0, 0}};
  Instruction in;
  for (;; pc += in.length) {
    if (facts_is_target(v->facts, pc)) {
      uint32_t number = target_number(v, pc);
      Target *t = &v->targets[number];
      bool grew = set_join(&sets[number], &captured);
      if (t->seen && !t->dirty && !grew)
        return true;
      captured = sets[number];
      t->seen = true;
      t->dirty = false;
    }
    decode(v, pc, &in);
    if (!step_captures(v, &in, sets, &captured))
      return false;
    if (wf_opcode_info[in.op].flags & F_END)
      return true;
  }
}

static bool captures(Verifier *v) {
  SlotSet *sets = wf_alloc_zeroed(v->ntargets + 1, sizeof *sets);
  if (!sets)
    return fail(v, VERIFY_MEMORY, 0);
  bool ok = follow_captures(v, sets, 0);
  while (ok && v->nwork) {
    uint32_t pc = v->work[--v->nwork];
    Target *t = &v->targets[target_number(v, pc)];
    t->queued = false;
    if (t->dirty)
      ok = follow_captures(v, sets, pc);
  }
  wf_alloc_free(sets);
  return ok;
}

/* Memory, and the passes put together. */

static size_t bitmap_words(uint32_t size) { return (size_t)size / 64 + 1; }

/* Room for the facts: depths, then the bitmap, in one block. */
static bool new_facts(Verifier *v) {
  size_t depths = ((size_t)v->size * sizeof(uint16_t) + 7) & ~(size_t)7;
  size_t bitmap = bitmap_words(v->size) * sizeof(uint64_t);
  uint8_t *block = wf_alloc_get(depths + bitmap);
  *v->facts = (FunctionFacts){NULL, NULL};
  if (!block)
    return fail(v, VERIFY_MEMORY, 0);
  memset(block, INSIDE_BYTE, depths);
  memset(block + depths, 0, bitmap);
  v->facts->depth = (uint16_t *)(void *)block;
  v->facts->targets = (uint64_t *)(void *)(block + depths);
  return true;
}

/* Room for targets, work list and groups, in one block; *block is to be freed.
 */
static bool new_scratch(Verifier *v, void **block) {
  size_t words = bitmap_words(v->size);
  size_t targets_at = 0, groups_at = v->njumps * sizeof(Target);
  size_t work_at = groups_at + (v->ngroup_makers + 1) * sizeof(Group);
  size_t rank_at = work_at + v->njumps * sizeof(uint32_t);
  uint8_t *p = wf_alloc_get(rank_at + words * sizeof(uint32_t));
  *block = p;
  if (!p)
    return fail(v, VERIFY_MEMORY, 0);
  v->targets = (Target *)(void *)(p + targets_at);
  v->groups = (Group *)(void *)(p + groups_at);
  v->work = (uint32_t *)(void *)(p + work_at);
  v->rank = (uint32_t *)(void *)(p + rank_at);
  for (uint32_t i = 0; i < v->njumps; i++)
    v->targets[i] = (Target){.first_source = UINT32_MAX};
  v->groups[0] = (Group){GROUP_SPENT, 0, 0, 0, 0, 0};
  return true;
}

static bool run_passes(Verifier *v, uint32_t nparams) {
  void *scratch = NULL;
  bool ok = operands(v) && new_scratch(v, &scratch) &&
            (v->njumps == 0 || number_targets(v)) && flow(v, nparams) &&
            (!v->constructors || constructors(v)) &&
            (!v->captures || captures(v));
  wf_alloc_free(scratch);
  if (v->njumps == 0)
    v->facts->targets = NULL;
  return ok;
}

const char *wf_verify_function(const ModFunction *f, const ModFunction *parent,
                               FunctionFacts *facts, VerifyError *where) {
  Verifier v = {.code = f->code, .size = f->code_size, .f = f, .facts = facts};
  facts->depth = NULL;
  if (check_header(&v, parent) && check_consts(&v) && check_lines(&v) &&
      check_vars(&v) && new_facts(&v) && run_passes(&v, f->nparams))
    return NULL;
  wf_verify_facts_free(facts);
  if (where) {
    where->rule = v.rule;
    where->pc = v.pc;
    where->depth = 0;
  }
  return reasons[v.rule];
}

bool wf_verify_scan(const uint8_t *code, uint32_t code_size, uint16_t nparams,
                    FunctionFacts *facts) {
  Verifier v = {.code = code, .size = code_size, .facts = facts};
  if (new_facts(&v) && run_passes(&v, nparams))
    return true;
  wf_verify_facts_free(facts);
  return false;
}

void wf_verify_facts_free(FunctionFacts *facts) {
  wf_alloc_free(facts->depth);
  *facts = (FunctionFacts){NULL, NULL};
}

static const char *module_error(VerifyRule rule, VerifyError *where) {
  if (where) {
    where->rule = rule;
    where->pc = 0;
    where->depth = 0;
  }
  return reasons[rule];
}

const char *wf_verify_module(const Module *m, VerifyError *where) {
  if (!m->main)
    return module_error(VERIFY_MAIN_MISSING, where);
  FunctionWalk w;
  walk_start(&w, m->main);
  for (const ModFunction *f; (f = walk_next(&w));) {
    FunctionFacts facts;
    const char *why = wf_verify_function(f, walk_parent(&w), &facts, where);
    if (why) {
      if (where) {
        where->depth = w.depth;
        memcpy(where->path, w.index, (size_t)w.depth * sizeof w.index[0]);
      }
      return why;
    }
    wf_verify_facts_free(&facts);
  }
  if (w.too_deep)
    return module_error(VERIFY_NESTING, where);
  return NULL;
}
