/* debuginfo.c: frames, positions, names and hooks, read from what is there
 * anyway: return words, the linked code's map to bytecode, line and variable
 * tables.
 *
 *   linked pc --map--> bytecode offset --lines--> source line
 *                              \--vars--> names of slots
 *
 * Nothing is recorded while the program runs, so all of this costs only those
 * who ask. Names of values that are no variables ("field 'x'") come from the
 * bytecode: a scan from the function's start to the instruction in progress
 * tracks which instruction pushed each stack slot. Where control joins, what
 * was pushed since the earliest jump to that place becomes unknown: a value
 * that two paths may have produced has no name. */
#include "vm/exec/debuginfo.h"
#include "vm/base/chunkname.h"
#include "vm/bytecode/opcode.h"
#include "vm/exec/frame.h"
#include "vm/exec/interp.h"
#include "vm/gc/gc.h"
#include "vm/load/linked.h"
#include "vm/value/table.h"

#define NO_OFFSET UINT32_MAX

/* ---- frames -------------------------------------------------------------- */

/* The Lua function running at base, NULL for natives. */
static const Function *lua_function(const Value *base) {
  if (!value_is_function(base[-2]))
    return NULL;
  const Function *f = value_as_function(base[-2]);
  return function_is_native(f) ? NULL : f;
}

static const Proto *frame_proto(const Value *base) {
  const Function *f = lua_function(base);
  return f ? f->of.proto : NULL;
}

/* The lower part of an activation, which has the real return word. */
static Value *lower_part(Value *base) {
  while (frame_kind(base[-1]) == FRAME_VARARG)
    base = frame_below(base);
  return base;
}

static uint32_t offset_of(const Thread *L, const Value *at) {
  return (uint32_t)(at - L->stack);
}

static bool fill_frame(const Thread *L, Value *base, char *pc,
                       const Value *next, FrameRef *out) {
  const Value *low = lower_part(base);
  if (frame_kind(low[-1]) == FRAME_BOTTOM)
    return false;
  out->base = offset_of(L, base);
  out->pc = lua_function(base) ? pc : NULL;
  out->is_tail = low[-1] & FRAME_TAIL;
  out->next_base = offset_of(L, next);
  return true;
}

bool wf_debuginfo_newest(Thread *L, FrameRef *out) {
  return fill_frame(L, L->base, L->pc, L->top, out);
}

/* Where a Lua function was when native code called from its frame. */
static char *entry_pc(const Thread *L, const Value *base) {
  for (const Entry *e = L->vm->entry; e; e = e->previous)
    if (e->thread == L && e->base == offset_of(L, base))
      return e->pc;
  return NULL;
}

static bool is_cont(const Value *low, ContKind kind) {
  return frame_kind(low[-1]) == FRAME_CONT && frame_cont_kind(low[-3]) == kind;
}

bool wf_debuginfo_caller(Thread *L, FrameRef *frame) {
  Value *low = lower_part(L->stack + frame->base);
  Value *below = frame_below(low);
  const Value *next = low - 2;
  char *pc = frame_pc(low[-1]);
  if (pc)
    pc--; /* return pcs point behind */
  if (frame_kind(low[-1]) == FRAME_CONT) {
    next = low - 3;
    switch (frame_cont_kind(low[-3])) {
    case CONT_LEAVE:
      pc = entry_pc(L, below);
      break;
    case CONT_CONCAT:
    case CONT_PCALL:
    case CONT_CLOSE_ERROR:
      next = low - 4;
      break;
    default:
      break;
    }
  }
  return fill_frame(L, below, pc, next, frame);
}

bool wf_debuginfo_frame(Thread *L, int level, FrameRef *out) {
  if (level < 0 || !wf_debuginfo_newest(L, out))
    return false;
  while (level-- > 0)
    if (!wf_debuginfo_caller(L, out))
      return false;
  return true;
}

Value wf_debuginfo_function(Thread *L, const FrameRef *frame) {
  return L->stack[frame->base - 2];
}

/* ---- positions ----------------------------------------------------------- */

/* Index of the map entry of the linked instruction at (or around) pc, or
 * NO_OFFSET when pc is not in p's code. */
static uint32_t map_index(const Proto *p, const char *pc) {
  if (!pc || !p->code || pc < p->code ||
      (size_t)(pc - p->code) >= p->code_size || p->map_count == 0)
    return NO_OFFSET;
  uint32_t at = (uint32_t)(pc - p->code), low = 0, high = p->map_count;
  while (high - low > 1) {
    uint32_t mid = low + (high - low) / 2;
    if (p->linked_map[2 * mid] <= at)
      low = mid;
    else
      high = mid;
  }
  return low;
}

/* Bytecode offset of the instruction in progress, or NO_OFFSET. */
static uint32_t bytecode_offset(const Proto *p, const char *pc) {
  uint32_t i = map_index(p, pc);
  return i == NO_OFFSET ? NO_OFFSET : p->linked_map[2 * i + 1];
}

static int line_at(const Proto *p, uint32_t offset) {
  if (!p->lines || offset == NO_OFFSET)
    return -1;
  return (int)wf_module_line(p->lines, p->lines_size, p->line_defined, offset);
}

int wf_debuginfo_line_at(const Proto *p, const char *pc) {
  return line_at(p, bytecode_offset(p, pc));
}

int wf_debuginfo_line(Thread *L, const FrameRef *frame) {
  const Proto *p = frame_proto(L->stack + frame->base);
  return p ? wf_debuginfo_line_at(p, frame->pc) : -1;
}

void wf_debuginfo_active_lines(Thread *L, Value f, Table *into) {
  const Proto *p = value_as_function(f)->of.proto;
  if (!p->lines)
    return;
  int last = -1;
  Instruction in;
  for (uint32_t at = 0;
       wf_opcode_decode(p->bytecode, p->bytecode_size, at, &in);
       at += in.length) {
    int line = line_at(p, at);
    if (line != last)
      wf_table_set_int(L->vm, into, line, VALUE_TRUE);
    last = line;
  }
}

/* ---- variables ----------------------------------------------------------- */

static const char *name_of(const String *s) { return s ? s->bytes : "?"; }

/* The variable that lives in `slot` at a bytecode offset, NULL if none. */
static const ProtoVar *variable_in(const Proto *p, int slot, uint32_t at) {
  const ProtoVar *found = NULL;
  for (uint32_t i = 0; i < p->nvars && p->vars[i].start <= at; i++)
    if (p->vars[i].slot == slot && at < p->vars[i].end)
      found = &p->vars[i];
  return found;
}

static bool is_state(const ProtoVar *v) {
  return v->name && strcmp(v->name->bytes, "(for state)") == 0;
}

/* Numeric loops keep their state in two slots; Lua 5.4 shows three. True when
 * vars[i] ends the state of such a loop. */
static bool ends_numeric_state(const Proto *p, uint32_t i) {
  const ProtoVar *v = &p->vars[i];
  if (!is_state(v) || i == 0 || !is_state(v - 1) || v[-1].start != v->start)
    return false;
  bool third = i >= 2 && is_state(v - 2) && v[-2].start == v->start;
  bool more = i + 1 < p->nvars && is_state(v + 1) && v[1].start == v->start;
  return !third && !more;
}

/* Name and slot of the n-th variable alive at a bytecode offset. When there
 * are fewer: NULL, and *slot is the n-th slot when these come first. */
static const char *nth_variable(const Proto *p, int n, uint32_t at, int *slot) {
  *slot = n - 1;
  for (uint32_t i = 0; i < p->nvars && p->vars[i].start <= at; i++) {
    const ProtoVar *v = &p->vars[i];
    if (at >= v->end)
      continue;
    if (--n == 0) {
      *slot = v->slot;
      return name_of(v->name);
    }
    if (!ends_numeric_state(p, i))
      continue;
    --*slot;
    if (--n == 0) {
      *slot = v->slot + 1; /* the visible counter stands for the third */
      return v->name->bytes;
    }
  }
  return NULL;
}

static const char *vararg_slot(Value *base, int n, Value **slot) {
  if (frame_kind(base[-1]) != FRAME_VARARG)
    return NULL;
  int fixed = frame_proto(base)->nparams;
  int given = (int)(base[-1] >> 4) - 2;
  if (n < fixed - given) /* also when fewer than the parameters were given */
    return NULL;
  *slot = frame_below(base) + fixed - n - 1;
  return "(vararg)";
}

const char *wf_debuginfo_local(Thread *L, const FrameRef *frame, int n,
                               Value **slot) {
  Value *base = L->stack + frame->base;
  const Proto *p = frame_proto(base);
  if (n < 0)
    return p ? vararg_slot(base, n, slot) : NULL;
  if (n == 0)
    return NULL;
  int index = n - 1;
  if (p) {
    uint32_t at = bytecode_offset(p, frame->pc);
    const char *name = nth_variable(p, n, at == NO_OFFSET ? 0 : at, &index);
    if (name && base + index < L->stack + frame->next_base) {
      *slot = base + index;
      return name;
    }
  }
  if (frame->next_base <= frame->base ||
      (uint32_t)index >= frame->next_base - frame->base)
    return NULL;
  *slot = base + index;
  return p ? "(temporary)" : "(C temporary)";
}

const char *wf_debuginfo_param(Value f, int n) {
  int slot;
  if (!value_is_function(f) || function_is_native(value_as_function(f)) ||
      n <= 0)
    return NULL;
  return nth_variable(value_as_function(f)->of.proto, n, 0, &slot);
}

/* ---- what pushed a value ------------------------------------------------- */

enum { UNKNOWN = UINT32_MAX, PENDING_MAX = 128 };

/* A forward jump to a place not reached yet. */
typedef struct PendingJump {
  uint32_t target, source; /* source: the earliest of all to this target */
  int depth;               /* of the stack at the target */
} PendingJump;

/* State of the operand stack before the instruction at `at`. */
typedef struct StackTrace {
  const Proto *p;
  uint32_t at, goal;
  int depth;
  uint32_t producer[MAX_SLOTS + 8]; /* offset of the instruction that pushed
                                       each value, or UNKNOWN */
  PendingJump pending[PENDING_MAX];
  int npending;
  uint32_t next_target; /* nearest of the pending ones */
  bool lost;            /* more joins than can be followed: no names */
} StackTrace;

static void trace_jump(StackTrace *t, uint32_t target, int depth) {
  if (target <= t->at || target > t->goal)
    return;
  for (int i = 0; i < t->npending; i++)
    if (t->pending[i].target == target)
      return;
  if (t->npending == PENDING_MAX) {
    t->lost = true;
    return;
  }
  t->pending[t->npending++] = (PendingJump){target, t->at, depth};
  if (target < t->next_target)
    t->next_target = target;
}

/* Control from jumps joins at t->at. */
static void trace_join(StackTrace *t) {
  int kept = 0;
  t->next_target = NO_OFFSET;
  for (int i = 0; i < t->npending; i++) {
    PendingJump j = t->pending[i];
    if (j.target != t->at) {
      t->pending[kept++] = j;
      if (j.target < t->next_target)
        t->next_target = j.target;
      continue;
    }
    t->depth = j.depth;
    for (int slot = 0; slot < t->depth; slot++)
      if (t->producer[slot] >= j.source)
        t->producer[slot] = UNKNOWN;
  }
  t->npending = kept;
}

static int pops_of(const Instruction *in) {
  int64_t pops, pushes;
  wf_opcode_effect(in, &pops, &pushes);
  return (int)pops;
}

/* The slot that an instruction of the families reads or writes, or -1. */
static int local_read(const Instruction *in) {
  if (in->op >= OP_GET_LOCAL_0 && in->op <= OP_GET_LOCAL_7)
    return (int)in->op - OP_GET_LOCAL_0;
  return in->op == OP_GET_LOCAL ? (int)in->a : -1;
}
static int local_written(const Instruction *in) {
  if (in->op >= OP_SET_LOCAL_0 && in->op <= OP_SET_LOCAL_7)
    return (int)in->op - OP_SET_LOCAL_0;
  return in->op == OP_SET_LOCAL ? (int)in->a : -1;
}

static void trace_step(StackTrace *t, const Instruction *in) {
  if (wf_opcode_info[in->op].flags & F_JUMP) {
    int taken = t->depth; /* the stack at the target */
    if (in->op == OP_JUMP_IF_FALSE || in->op == OP_JUMP_IF_TRUE)
      taken -= 1;
    else if (in->op == OP_FOR_PREP)
      taken -= 3;
    trace_jump(t, (uint32_t)in->target, taken);
  }
  int64_t pops, pushes;
  wf_opcode_effect(in, &pops, &pushes);
  t->depth -= (int)pops;
  if (t->depth < 0)
    t->depth = 0;
  for (int64_t i = 0; i < pushes && t->depth < MAX_SLOTS; i++)
    t->producer[t->depth++] = in->offset;
  int written = local_written(in);
  if (written >= 0)
    t->producer[written] = in->offset;
  Instruction loop;
  /* only the loop's end jumps to the body, with its variables */
  if (in->op == OP_FOR_IN_PREP &&
      wf_opcode_decode(t->p->bytecode, t->p->bytecode_size,
                       (uint32_t)in->target, &loop))
    for (int i = 0; i < loop.a && t->depth < MAX_SLOTS; i++)
      t->producer[t->depth++] = UNKNOWN;
}

/* Follows the stack up to the instruction at goal, decoded to *in. */
static bool trace_to(StackTrace *t, const Proto *p, uint32_t goal,
                     Instruction *in) {
  t->p = p;
  t->goal = goal;
  t->npending = 0;
  t->next_target = NO_OFFSET;
  t->lost = false;
  t->depth = p->nparams;
  for (int i = 0; i < t->depth; i++)
    t->producer[i] = UNKNOWN;
  for (t->at = 0;; t->at += in->length) {
    if (!wf_opcode_decode(p->bytecode, p->bytecode_size, t->at, in))
      return false;
    if (t->at == t->next_target)
      trace_join(t);
    if (t->at >= goal)
      return t->at == goal && !t->lost;
    trace_step(t, in);
  }
}

/* ---- names of values ----------------------------------------------------- */

static bool is_env(const String *name) {
  return name && strcmp(name->bytes, "_ENV") == 0;
}

static const String *string_constant(const Proto *p, const Instruction *in) {
  if (wf_opcode_info[in->op].operands != OPERANDS_CONST ||
      in->a >= p->nconsts || !value_is_string(p->consts[in->a]))
    return NULL;
  return value_as_string(p->consts[in->a]);
}

/* The name of t[k], t being the value below the k of GET_INDEX at `at`. */
static const char *name_of_key(StackTrace *t, uint32_t at, const char **name) {
  Instruction in;
  *name = "?";
  if (!trace_to(t, t->p, at, &in) || t->depth < 2)
    return "field";
  uint32_t from = t->producer[t->depth - 1];
  if (from == UNKNOWN ||
      !wf_opcode_decode(t->p->bytecode, t->p->bytecode_size, from, &in))
    return "field";
  bool small = (in.op >= OP_INT_0 && in.op <= OP_INT_7) ||
               ((in.op == OP_INT8 || in.op == OP_INT16) && in.a >= 0 &&
                in.a <= UINT8_MAX);
  const String *s = in.op == OP_CONST ? string_constant(t->p, &in) : NULL;
  if (small)
    *name = "integer index";
  else if (s)
    *name = s->bytes;
  return "field";
}

/* Whether the object indexed at `at` is a variable called _ENV. */
static bool indexes_env(StackTrace *t, uint32_t at) {
  const Proto *p = t->p;
  Instruction in;
  if (!trace_to(t, p, at, &in) || t->depth < 1)
    return false;
  uint32_t from = t->producer[t->depth - 1];
  if (from == UNKNOWN ||
      !wf_opcode_decode(p->bytecode, p->bytecode_size, from, &in))
    return false;
  if (in.op == OP_GET_UPVAL)
    return is_env(p->upvals[in.a].name);
  int local = local_read(&in);
  const ProtoVar *v = local >= 0 ? variable_in(p, local, from) : NULL;
  return v && is_env(v->name);
}

/* Name of the value in `slot` before the instruction t stands at. Overwrites
 * *t. */
static const char *name_of_slot(StackTrace *t, int slot, const char **name) {
  const Proto *p = t->p;
  for (;;) {
    const ProtoVar *v = variable_in(p, slot, t->at);
    if (v) {
      *name = name_of(v->name);
      return "local";
    }
    if (slot < 0 || slot >= t->depth || t->producer[slot] == UNKNOWN)
      return NULL;
    uint32_t from = t->producer[slot];
    bool second = slot > 0 && t->producer[slot - 1] == from;
    Instruction in;
    if (!wf_opcode_decode(p->bytecode, p->bytecode_size, from, &in))
      return NULL;
    const String *key = string_constant(p, &in);
    switch (in.op) {
    case OP_GET_UPVAL:
      *name = name_of(p->upvals[in.a].name);
      return "upvalue";
    case OP_GET_GLOBAL:
      *name = name_of(key);
      return is_env(p->upvals[p->env_upval].name) ? "global" : "field";
    case OP_GET_FIELD:
      *name = name_of(key);
      return indexes_env(t, from) ? "global" : "field";
    case OP_GET_INDEX:
      return name_of_key(t, from, name);
    case OP_CONST:
      *name = name_of(key);
      return key ? "constant" : NULL;
    case OP_METHOD:
      if (!second) {
        *name = name_of(key);
        return "method";
      }
      if (!trace_to(t, p, from, &in)) /* the object */
        return NULL;
      slot = t->depth - 1;
      break;
    default:
      slot = local_read(&in);
      if (slot < 0 || !trace_to(t, p, from, &in))
        return NULL;
      break;
    }
  }
}

/* Whether v may be the object that the linked instruction in progress indexes:
 * its slot is in one of the operand fields, or it is the accumulator. If not, v
 * was met on the way along a chain of metatables. */
static bool may_be_object(const Thread *L, Value v) {
  const LinkedHead *h = linked_head(L->pc);
  return L->base[h->a] == v || L->base[h->b] == v || L->vm->acc == v;
}

/* Which of the values at s made a concatenation fail: one of the topmost two
 * (wf_slow_concat_rest), the right one if the left one can be joined. */
static int concat_culprit(const Thread *L, const Value *s) {
  int right = (int)(L->top - s) - 1;
  Value left = s[right - 1];
  return value_is_string(left) || value_is_number(left) ? right : right - 1;
}

/* The operand of `in` in this role, counted from the first; or -1. */
static int operand_index(const Thread *L, const Instruction *in, Value v,
                         OperandRole role) {
  switch (in->op) {
  case OP_GET_FIELD:
  case OP_SET_FIELD:
  case OP_GET_INDEX:
  case OP_SET_INDEX:
  case OP_METHOD:
    return may_be_object(L, v) ? 0 : -1;
  case OP_CONCAT:
    return role == OPERAND_CONCAT
               ? concat_culprit(L, L->base + linked_head(L->pc)->a)
               : -1;
  default:
    return role == OPERAND_RIGHT;
  }
}

/* What the instruction at pc of the Lua function at base calls, and how. */
static const char *name_from_call(const Value *base, const char *pc,
                                  const char **name);

const char *wf_debuginfo_describe(Thread *L, Value v, OperandRole role,
                                  const char **name) {
  const Proto *p = frame_proto(L->base);
  uint32_t at = p ? bytecode_offset(p, L->pc) : NO_OFFSET;
  StackTrace t;
  Instruction in;
  if (at == NO_OFFSET || !trace_to(&t, p, at, &in))
    return NULL;
  if (in.op == OP_GET_GLOBAL || in.op == OP_SET_GLOBAL) {
    const Function *f = value_as_function(L->base[-2]);
    if (*f->upvals[p->env_upval].up->v != v)
      return NULL;
    *name = name_of(p->upvals[p->env_upval].name);
    return "upvalue";
  }
  int index = operand_index(L, &in, v, role), n = pops_of(&in);
  return index < 0 || index >= n ? NULL
                                 : name_of_slot(&t, t.depth - n + index, name);
}

const char *wf_debuginfo_describe_callee(Thread *L, const char **name) {
  return frame_proto(L->base) ? name_from_call(L->base, L->pc, name) : NULL;
}

const char *wf_debuginfo_variable(Thread *L, const Value *slot) {
  const Proto *p = frame_proto(L->base);
  uint32_t at = p ? bytecode_offset(p, L->pc) : NO_OFFSET;
  Instruction in;
  if (at == NO_OFFSET ||
      !wf_opcode_decode(p->bytecode, p->bytecode_size, at, &in))
    return "?";
  const ProtoVar *v = variable_in(p, (int)(slot - L->base), at);
  if (!v) /* it starts behind the instruction that marks it */
    v = variable_in(p, (int)(slot - L->base), at + in.length);
  if (!v && in.op == OP_FOR_IN_PREP) /* alive in the loop's body */
    v = variable_in(p, (int)(slot - L->base), (uint32_t)in.target);
  return v ? name_of(v->name) : "?";
}

/* ---- names of functions -------------------------------------------------- */

/* The event whose metamethod an instruction calls; EVENT_COUNT: none. */
static Event event_of(Opcode op) {
  switch (op) {
  case OP_GET_GLOBAL:
  case OP_GET_FIELD:
  case OP_GET_INDEX:
  case OP_METHOD:
    return EVENT_INDEX;
  case OP_SET_GLOBAL:
  case OP_SET_FIELD:
  case OP_SET_INDEX:
    return EVENT_NEWINDEX;
  case OP_ADD:
    return EVENT_ADD;
  case OP_SUB:
    return EVENT_SUB;
  case OP_MUL:
    return EVENT_MUL;
  case OP_DIV:
    return EVENT_DIV;
  case OP_MOD:
    return EVENT_MOD;
  case OP_POW:
    return EVENT_POW;
  case OP_IDIV:
    return EVENT_IDIV;
  case OP_BAND:
    return EVENT_BAND;
  case OP_BOR:
    return EVENT_BOR;
  case OP_BXOR:
    return EVENT_BXOR;
  case OP_SHL:
    return EVENT_SHL;
  case OP_SHR:
    return EVENT_SHR;
  case OP_NEG:
    return EVENT_UNM;
  case OP_BNOT:
    return EVENT_BNOT;
  case OP_LEN:
    return EVENT_LEN;
  case OP_CONCAT:
    return EVENT_CONCAT;
  case OP_EQ:
  case OP_NE:
    return EVENT_EQ;
  case OP_LT:
  case OP_GT:
    return EVENT_LT;
  case OP_LE:
  case OP_GE:
    return EVENT_LE;
  case OP_CLOSE:
  case OP_RETURN_0:
  case OP_RETURN_1:
  case OP_RETURN:
  case OP_RETURN_SPREAD:
    return EVENT_CLOSE;
  default:
    return EVENT_COUNT;
  }
}

static const char *name_from_call(const Value *base, const char *pc,
                                  const char **name) {
  const Proto *p = frame_proto(base);
  uint32_t at = bytecode_offset(p, pc);
  Instruction in;
  if (at == NO_OFFSET ||
      !wf_opcode_decode(p->bytecode, p->bytecode_size, at, &in))
    return NULL;
  StackTrace t;
  switch (in.op) {
  case OP_CALL:
  case OP_CALL_0:
  case OP_CALL_1:
  case OP_CALL_OPEN:
  case OP_CALL_SPREAD:
  case OP_CALL_SPREAD_OPEN:
  case OP_TAIL_CALL:
  case OP_TAIL_CALL_SPREAD:
    return trace_to(&t, p, at, &in)
               ? name_of_slot(&t, t.depth - pops_of(&in), name)
               : NULL;
  case OP_FOR_IN_LOOP:
    *name = "for iterator";
    return "for iterator";
  default:
    break;
  }
  Event event = event_of(in.op);
  if (event == EVENT_COUNT)
    return NULL;
  *name = wf_state_event_names[event] + 2;
  return "metamethod";
}

static bool hook_runs_on(const Thread *L, const Value *base);

/* Whether f is the __gc metamethod of an object. */
static bool finalizes(VM *vm, Value f, Value object) {
  Table *meta = wf_state_metatable(vm, object);
  return meta && wf_table_get_string(vm, meta, vm->event_names[EVENT_GC]) == f;
}

/* A finalizer called by the collector (call.c). Its parameter may have been
 * dropped or changed, but the protected call it was made with keeps function,
 * object and handler below the frame. */
static bool is_finalizer(const Thread *L, const Value *low) {
  enum { BELOW = 6 };
  return low - L->stack > BELOW && low[-BELOW] == low[-2] &&
         finalizes(L->vm, low[-2], low[-BELOW + 1]);
}

/* How the function in frame was called. */
static const char *name_of_frame(Thread *L, const FrameRef *frame,
                                 const char **name) {
  FrameRef caller = *frame;
  if (frame->is_tail || !wf_debuginfo_caller(L, &caller))
    return NULL;
  const Value *low = lower_part(L->stack + frame->base);
  const Value *below = L->stack + caller.base;
  if (is_cont(low, CONT_LEAVE)) {
    if (hook_runs_on(L, below)) {
      *name = "?";
      return "hook";
    }
    if (is_finalizer(L, low)) {
      *name = wf_state_event_names[EVENT_GC];
      return "metamethod";
    }
  }
  return caller.pc ? name_from_call(below, caller.pc, name) : NULL;
}

/* ---- all about a function ------------------------------------------------ */

static void fill_source(const Proto *p, DebugInfo *out) {
  if (!p) {
    out->source = "=[C]";
    out->what = "C";
    out->line_defined = out->last_line = -1;
  } else {
    out->source = p->source ? p->source->bytes : "=?";
    out->what = p->line_defined == 0 ? "main" : "Lua";
    out->line_defined = (int)p->line_defined;
    out->last_line = (int)p->last_line;
  }
  out->source_len = p && p->source ? p->source->len : strlen(out->source);
  wf_chunkname_display(out->source, out->source_len, out->short_buf);
  out->short_src = out->short_buf;
}

void wf_debuginfo_get(Thread *L, const FrameRef *frame, Value f,
                      const char *options, DebugInfo *out) {
  const Function *fn = value_as_function(f);
  const Proto *p = function_is_native(fn) ? NULL : fn->of.proto;
  for (; *options; options++) {
    switch (*options) {
    case 'S':
      fill_source(p, out);
      break;
    case 'l':
      out->current_line = frame ? wf_debuginfo_line(L, frame) : -1;
      break;
    case 'u':
      out->nups = (int)function_shown_upvals(fn);
      out->is_vararg = !p || (p->flags & MOD_VARARG);
      out->nparams = p ? p->nparams : 0;
      break;
    case 't':
      out->is_tail_call = frame && frame->is_tail;
      break;
    case 'n':
      out->name = NULL;
      out->namewhat = frame ? name_of_frame(L, frame, &out->name) : NULL;
      if (!out->namewhat) {
        out->namewhat = "";
        out->name = NULL;
      }
      break;
    case 'r': {
      bool moving = frame && hook_runs_on(L, L->stack + frame->base);
      out->transfer_count = moving ? L->transfer_count : 0;
      out->first_transfer = out->transfer_count ? L->transfer_first : 0;
      break;
    }
    default:
      break;
    }
  }
}

/* ---- hooks ---------------------------------------------------------------
 * hook_frame is the frame of the last instruction traced and hook_old_pc that
 * instruction's linked offset. While a hook runs they say instead which frame
 * it was called for, and how deep the C calls were, marked HOOK_BUSY: an error
 * may leave a hook without any notice, and then these are fewer again. */

#define HOOK_BUSY 0x80000000u
#define HOOK_FRESH 0x7FFFFFFFu /* nothing traced in hook_frame yet */

static bool hook_is_running(const Thread *L) {
  return !L->allow_hook && (L->hook_old_pc & HOOK_BUSY) &&
         L->nentries > (L->hook_old_pc & ~HOOK_BUSY);
}

static bool hook_runs_on(const Thread *L, const Value *base) {
  return hook_is_running(L) && L->hook_frame == base;
}

static void hook_forget(Thread *L) {
  L->hook_frame = NULL;
  L->hook_old_pc = HOOK_FRESH;
}

static bool hook_is_allowed(Thread *L) {
  if (UNLIKELY((L->hook_old_pc & HOOK_BUSY) && !hook_is_running(L))) {
    L->allow_hook = true;
    hook_forget(L);
  }
  return L->allow_hook;
}

void wf_debuginfo_set_hook(Thread *L, HookFn hook, int mask, int count) {
  if (!hook || mask == 0) {
    hook = NULL;
    mask = 0;
  }
  L->hook = hook;
  L->hook_base_count = L->hook_count = count;
  L->hook_mask = (uint8_t)mask;
  L->vm->hooked = mask != 0;
}

/* Calls the hook; no pointer into the stack survives it. */
static void call_hook(Thread *L, int event, int line) {
  VM *vm = L->vm;
  uint32_t base = offset_of(L, L->base), top = offset_of(L, L->top);
  uint32_t old_frame = L->hook_frame ? offset_of(L, L->hook_frame) : 0;
  uint32_t old_pc = L->hook_old_pc;
  char *pc = L->pc;
  const Function *f = lua_function(L->base);
  if (f && L->top < L->base + f->frame_size)
    L->top = L->base + f->frame_size;
  if (L->stack_end - L->top < NATIVE_STACK + 1)
    wf_frame_grow(L, NATIVE_STACK + 1);
  uint32_t acc = offset_of(L, L->top);
  *L->top++ = vm->acc;
  L->hook_frame = L->base;
  L->hook_old_pc = HOOK_BUSY | L->nentries;
  L->allow_hook = false;
  L->hook(L, event, line);
  L->allow_hook = true;
  L->hook_frame = old_frame ? L->stack + old_frame : NULL;
  L->hook_old_pc = old_pc;
  vm->acc = L->stack[acc];
  L->base = L->stack + base;
  L->top = L->stack + top;
  L->pc = pc;
}

/* Control is about to go back to the caller of the frame at L->base, into the
 * middle of a line that was traced already. */
static void hook_note_return(Thread *L) {
  FrameRef frame;
  hook_forget(L);
  if (!wf_debuginfo_newest(L, &frame) || !wf_debuginfo_caller(L, &frame) ||
      !frame.pc)
    return;
  Value *base = L->stack + frame.base;
  const Proto *p = frame_proto(base);
  uint32_t i = map_index(p, frame.pc);
  if (i != NO_OFFSET) {
    L->hook_frame = base;
    L->hook_old_pc = p->linked_map[2 * i];
  }
}

void wf_debuginfo_run_hook(Thread *L, int event, int line) {
  static const uint8_t masks[] = {[HOOK_CALL] = HOOK_MASK_CALL,
                                  [HOOK_RETURN] = HOOK_MASK_RETURN,
                                  [HOOK_LINE] = HOOK_MASK_LINE,
                                  [HOOK_COUNT] = HOOK_MASK_COUNT,
                                  [HOOK_TAIL_CALL] = HOOK_MASK_CALL};
  if (!L->hook || !hook_is_allowed(L))
    return;
  const Function *f = lua_function(L->base);
  if (event == HOOK_CALL || event == HOOK_TAIL_CALL) {
    L->transfer_first = 1;
    L->transfer_count = f ? f->of.proto->nparams : (uint16_t)(L->top - L->base);
  } else if (event != HOOK_RETURN) {
    L->transfer_first = L->transfer_count = 0;
  }
  if (L->hook_mask & masks[event])
    call_hook(L, event, line);
  if (event == HOOK_RETURN)
    hook_note_return(L);
  else if (f && (event == HOOK_CALL || event == HOOK_TAIL_CALL))
    hook_forget(L);
}

/* Whether going on at the instruction of entry i of the map is an event:
 * another line than before, or back in the code. */
static bool enters_line(const Thread *L, const Proto *p, uint32_t i) {
  const uint32_t *now = p->linked_map + 2 * i;
  if (i == 0)
    return true; /* the function starts, or starts over */
  uint32_t before = i - 1;
  if (L->hook_frame == L->base && L->hook_old_pc != HOOK_FRESH) {
    Instruction in;
    if (now[0] < L->hook_old_pc)
      return true;
    if (now[0] == L->hook_old_pc) /* run again, unless it jumps to itself */
      return wf_opcode_decode(p->bytecode, p->bytecode_size, now[1], &in) &&
             wf_opcode_info[in.op].flags & F_JUMP;
    before = map_index(p, p->code + L->hook_old_pc);
    if (before == NO_OFFSET)
      return true;
  }
  return line_at(p, p->linked_map[2 * before + 1]) != line_at(p, now[1]);
}

void wf_debuginfo_trace(Thread *L, char *pc) {
  unsigned mask = L->hook_mask;
  if (!(mask & (HOOK_MASK_LINE | HOOK_MASK_COUNT)) || !L->hook ||
      !hook_is_allowed(L))
    return;
  L->pc = pc;
  if (mask & HOOK_MASK_COUNT && --L->hook_count <= 0) {
    L->hook_count = L->hook_base_count;
    wf_debuginfo_run_hook(L, HOOK_COUNT, -1);
  }
  const Proto *p = frame_proto(L->base);
  if (!(L->hook_mask & HOOK_MASK_LINE) || !p)
    return;
  uint32_t i = map_index(p, pc);
  if (i == NO_OFFSET)
    return;
  if (enters_line(L, p, i))
    wf_debuginfo_run_hook(L, HOOK_LINE, line_at(p, p->linked_map[2 * i + 1]));
  L->hook_frame = L->base;
  L->hook_old_pc = p->linked_map[2 * i];
}
