/* plan.c: see plan.h. Linear in the code, no recursion. */
#include "vm/load/plan.h"
#include "vm/base/alloc.h"
#include <string.h>

typedef struct Gap {
  uint32_t start, end; /* bytecode offsets, inclusive */
  uint32_t callee;     /* operand slot */
} Gap;
typedef struct Jump {
  uint32_t from, to;
} Jump;
/* A value on the operand stack. From its producer to its consumer control may
 * branch and join; when no jump leads into that region or out of it, the value
 * is the same wherever it is read, and need not be in its slot. */
typedef struct Slot {
  uint32_t producer; /* offset of the pushing instruction */
  uint32_t reached;  /* offset at which the depth first passed this slot */
  bool alone;        /* and it was the topmost then */
  bool branched;     /* since then some jump started or ended */
  bool crossed;      /* which must not be, or the local it copies was set */
  uint32_t to;       /* the farthest offset that these jumps lead to */
  uint32_t local;    /* that the producer copies, or NO_LOCAL */
} Slot;
enum { NO_LOCAL = 0xFFFF };
/* Jumps to an offset: the first and the last one. */
typedef struct Entered {
  uint32_t first, last;
} Entered;

typedef struct Planner {
  Plan *plan;
  const Proto *proto;
  const uint8_t *code;
  uint32_t size;
  Slot slot[MAX_SLOTS + 8];
  uint32_t captured[MAX_SLOTS + 8]; /* behind the last CLOSURE to capture it */
  uint32_t ncaptured;               /* the highest slot captured, + 1 */
  Gap *gaps;
  uint32_t ngaps;
  Jump *jumps;
  uint32_t njumps;
  Entered *entered; /* per offset */
  uint32_t active;  /* the last instruction that may have run other code */
} Planner;

uint32_t wf_plan_callee(const Instruction *in) {
  switch (in->op) {
  case OP_CALL:
  case OP_CALL_0:
  case OP_CALL_1:
  case OP_CALL_OPEN:
  case OP_CALL_SPREAD:
  case OP_CALL_SPREAD_OPEN:
  case OP_TAIL_CALL:
  case OP_TAIL_CALL_SPREAD:
    return (uint32_t)in->a + 1;
  default:
    return 0;
  }
}

/* How many of the topmost operands may be read late, straight from where they
 * are lazily known to be. */
static uint32_t lazy_operands(Opcode op) {
  switch (op) {
  case OP_INIT_FIELD:
  case OP_SET_GLOBAL:
  case OP_SET_UPVAL:
  case OP_GET_FIELD:
  case OP_METHOD:
  case OP_NEG:
  case OP_BNOT:
  case OP_NOT:
  case OP_LEN:
  case OP_JUMP_IF_FALSE:
  case OP_JUMP_IF_TRUE:
  case OP_RETURN_1:
    return 1;
  case OP_SET_FIELD:
  case OP_GET_INDEX:
    return 2;
  case OP_SET_INDEX:
    return 3;
  default:
    if (op >= OP_ADD && op <= OP_SHR)
      return 2;
    if (op >= OP_EQ && op <= OP_GE)
      return 2;
    if (op >= OP_SET_LOCAL_0 && op <= OP_SET_LOCAL)
      return 1;
    return 0;
  }
}

/* Whether the topmost operand is a value to be stored. That of an assignment
 * to several variables is read before the expressions behind it run. */
static bool stores_topmost(Opcode op) {
  switch (op) {
  case OP_INIT_FIELD:
  case OP_SET_GLOBAL:
  case OP_SET_UPVAL:
  case OP_SET_FIELD:
  case OP_SET_INDEX:
    return true;
  default:
    return op >= OP_SET_LOCAL_0 && op <= OP_SET_LOCAL;
  }
}

static void force(Planner *p, uint32_t slot, uint32_t depth) {
  if (slot < depth && p->slot[slot].producer != UINT32_MAX) {
    uint8_t *f = &p->plan->flags[p->slot[slot].producer];
    *f = (uint8_t)((*f & ~PLAN_LAZY) | PLAN_FORCED);
  }
}

static uint32_t local_got(const Instruction *in) {
  if (in->op >= OP_GET_LOCAL_0 && in->op < OP_GET_LOCAL)
    return in->op - OP_GET_LOCAL_0;
  return in->op == OP_GET_LOCAL ? (uint32_t)in->a : NO_LOCAL;
}
static uint32_t local_set(const Instruction *in) {
  if (in->op >= OP_SET_LOCAL_0 && in->op < OP_SET_LOCAL)
    return in->op - OP_SET_LOCAL_0;
  return in->op == OP_SET_LOCAL ? (uint32_t)in->a : NO_LOCAL;
}

static void mark_set(Planner *p, uint32_t local, uint32_t depth) {
  for (uint32_t i = 0; i < depth; i++)
    p->slot[i].crossed |= p->slot[i].local == local;
}

static void mark_consumed(Planner *p, const Instruction *in, uint32_t depth) {
  uint32_t got = local_got(in), set = local_set(in);
  if (got != NO_LOCAL)
    force(p, got, depth);
  if (set != NO_LOCAL) {
    force(p, set, depth);
    mark_set(p, set, depth - 1);
  }
  if (stores_topmost(in->op)) {
    const Slot *s = &p->slot[depth - 1];
    if (s->local != NO_LOCAL && s->producer < p->active)
      force(p, depth - 1, depth);
  }
  if (got == NO_LOCAL && set == NO_LOCAL)
    p->active = in->offset;
  uint32_t n = lazy_operands(in->op);
  for (uint32_t i = 1; i <= n && i <= depth; i++) {
    const Slot *s = &p->slot[depth - i];
    if (s->producer == UINT32_MAX || p->plan->flags[s->producer] & PLAN_FORCED)
      continue;
    bool held = s->branched && !s->crossed && s->to <= in->offset;
    p->plan->flags[s->producer] |= held ? PLAN_LAZY | PLAN_HELD : PLAN_LAZY;
  }
}

/* The values below `depth` are alive where `in` jumps from; those below
 * `there` at the target too. */
static void mark_jump(Planner *p, const Instruction *in, uint32_t depth,
                      uint32_t there) {
  uint32_t to = (uint32_t)in->target;
  for (uint32_t i = 0; i < depth; i++) {
    Slot *s = &p->slot[i];
    s->branched = true;
    s->crossed |= i >= there || to <= in->offset;
    if (s->to < to)
      s->to = to;
  }
}

static void mark_target(Planner *p, uint32_t at, uint32_t depth) {
  const Entered *e = &p->entered[at];
  for (uint32_t i = 0; i < depth; i++) {
    Slot *s = &p->slot[i];
    s->branched = true;
    s->crossed |= e->first <= s->producer || e->last >= at;
  }
}

/* Closures find what they capture by its operand slot. */
static void mark_captured(Planner *p, const Instruction *in) {
  const Proto *child = p->proto->children[in->a];
  for (uint32_t i = 0; i < child->nupvals; i++) {
    const ProtoUpval *u = &child->upvals[i];
    if (!u->from_local)
      continue;
    p->captured[u->index] = in->offset + 1;
    if (u->index >= p->ncaptured)
      p->ncaptured = u->index + 1u;
  }
}

/* Whether a slot that the gap would shift is captured inside it. */
static bool has_captured(const Planner *p, const Gap *g) {
  for (uint32_t i = g->callee + 1; i < p->ncaptured; i++)
    if (p->captured[i] > g->start)
      return true;
  return false;
}

static void mark_callee(Planner *p, const Instruction *in, uint32_t callee) {
  Plan *plan = p->plan;
  const Slot *s = &p->slot[callee];
  Gap *g = &p->gaps[p->ngaps];
  g->end = in->offset;
  g->callee = callee;
  uint32_t producer = s->producer;
  /* of a METHOD's two results the function, not the object */
  if (producer != UINT32_MAX && p->code[producer] == OP_METHOD && !s->alone) {
    plan->flags[producer] |= PLAN_METHOD;
    g->start = s->reached;
  } else if (s->alone && plan->depth[s->reached] == callee + 1) {
    plan->flags[s->reached] |= PLAN_GAP;
    g->start = s->reached;
  } else {
    plan->gaps = false;
    return;
  }
  if (has_captured(p, g))
    plan->gaps = false;
  p->ngaps++;
}

/* Depth at the jump's target. */
static uint32_t target_depth(const Instruction *in, uint32_t depth,
                             uint32_t after) {
  switch (in->op) {
  case OP_AND:
  case OP_OR:
  case OP_FOR_LOOP:
  case OP_FOR_IN_PREP:
    return depth;
  case OP_FOR_PREP:
    return depth - 3;
  case OP_FOR_IN_LOOP:
    return depth + (uint32_t)in->a;
  default:
    return after;
  }
}

static void reach(Planner *p, uint32_t at, uint32_t depth, uint32_t *work,
                  uint32_t *n) {
  if (p->plan->depth[at] == PLAN_UNREACHED) {
    p->plan->depth[at] = (uint16_t)depth;
    work[(*n)++] = at;
  }
}

static void note_jump(Planner *p, const Instruction *in) {
  uint32_t to = (uint32_t)in->target, from = in->offset;
  Entered *e = &p->entered[to];
  if (!(p->plan->flags[to] & PLAN_TARGET))
    *e = (Entered){from, from};
  p->plan->flags[to] |= PLAN_TARGET;
  if (e->first > from)
    e->first = from;
  if (e->last < from)
    e->last = from;
}

/* Depth before every instruction that can be reached, and where jumps lead. */
static void find_depths(Planner *p, uint32_t nparams, uint32_t *work) {
  uint32_t n = 0;
  reach(p, 0, nparams, work, &n);
  while (n > 0) {
    uint32_t at = work[--n], depth = p->plan->depth[at];
    int64_t pops, pushes;
    Instruction in;
    bool ok = wf_opcode_decode(p->code, p->size, at, &in);
    CHECK(ok);
    (void)ok;
    wf_opcode_effect(&in, &pops, &pushes);
    uint32_t after = depth - (uint32_t)pops + (uint32_t)pushes;
    const OpcodeInfo *info = &wf_opcode_info[in.op];
    if (info->flags & F_JUMP) {
      note_jump(p, &in);
      reach(p, (uint32_t)in.target, target_depth(&in, depth, after), work, &n);
    }
    if (!(info->flags & F_END))
      reach(p, at + in.length, after, work, &n);
  }
}

/* Producers, gaps and laziness, in program order. */
static void scan(Planner *p, uint32_t nparams) {
  Plan *plan = p->plan;
  uint32_t depth = nparams;
  bool falls = true, step_1 = false;
  for (uint32_t i = 0; i < nparams; i++)
    p->slot[i] = (Slot){.producer = UINT32_MAX, .local = NO_LOCAL};
  for (uint32_t at = 0; at < p->size;) {
    Instruction in;
    wf_opcode_decode(p->code, p->size, at, &in);
    uint32_t next = at + in.length, now = plan->depth[at];
    if (now == PLAN_UNREACHED) {
      falls = false;
      at = next;
      continue;
    }
    if (!falls)
      for (uint32_t i = depth < now ? depth : now; i < now; i++)
        p->slot[i] = (Slot){.producer = UINT32_MAX,
                            .reached = at,
                            .alone = i + 1 == now,
                            .local = NO_LOCAL};
    depth = now;
    if (plan->flags[at] & PLAN_TARGET)
      mark_target(p, at, depth);
    int64_t pops, pushes;
    wf_opcode_effect(&in, &pops, &pushes);
    mark_consumed(p, &in, depth);
    if (in.op == OP_CLOSURE)
      mark_captured(p, &in);
    uint32_t back = wf_plan_callee(&in);
    if (back && plan->gaps)
      mark_callee(p, &in, depth - back);
    uint32_t low = depth - (uint32_t)pops, after = low + (uint32_t)pushes;
    for (uint32_t i = low; i < after; i++)
      p->slot[i] = (Slot){.producer = at,
                          .reached = next,
                          .alone = i + 1 == after,
                          .local = local_got(&in)};
    const OpcodeInfo *info = &wf_opcode_info[in.op];
    if (info->flags & F_JUMP) {
      p->jumps[p->njumps++] = (Jump){at, (uint32_t)in.target};
      mark_jump(p, &in, low, target_depth(&in, now, after));
      if (in.op == OP_FOR_PREP && step_1 && !(plan->flags[at] & PLAN_TARGET))
        plan->flags[next] |= PLAN_STEP_1;
    }
    step_1 = in.op == OP_INT_1;
    falls = !(info->flags & F_END);
    depth = after;
    at = next;
  }
}

/* Whether gaps nest, and no jump needs to know of one at one end only: by the
 * innermost gap around each offset, found in one sweep over sorted gaps. */
static bool jumps_are_clean(const Planner *p) {
  uint32_t n = p->size + 1;
  uint32_t *inner = wf_alloc_zeroed(n, sizeof *inner); /* gap index + 1 */
  uint32_t *parent = wf_alloc_zeroed(p->ngaps + 1, sizeof *parent);
  bool clean = inner && parent;
  /* gaps end in ascending order and nest, so inner ones come first */
  for (uint32_t i = p->ngaps; clean && i-- > 0;) {
    const Gap *g = &p->gaps[i];
    uint32_t outer = inner[g->end];
    parent[i + 1] = outer;
    if (outer && (p->gaps[outer - 1].callee >= g->callee ||
                  p->gaps[outer - 1].start > g->start))
      clean = false;
    for (uint32_t at = g->start; at <= g->end; at++)
      inner[at] = i + 1;
  }
  for (uint32_t i = 0; clean && i < p->njumps; i++) {
    uint32_t depth = p->plan->depth[p->jumps[i].to];
    uint32_t a = inner[p->jumps[i].from], b = inner[p->jumps[i].to];
    while (a && p->gaps[a - 1].callee + 1 >= depth)
      a = parent[a];
    while (b && p->gaps[b - 1].callee + 1 >= depth)
      b = parent[b];
    clean = a == b;
  }
  wf_alloc_free(inner);
  wf_alloc_free(parent);
  return clean;
}

static bool keep_gap_ends(const Planner *p) {
  uint32_t *ends = wf_alloc_get((p->ngaps + 1) * sizeof *ends);
  if (!ends)
    return false;
  for (uint32_t i = 0; i < p->ngaps; i++)
    ends[i] = p->gaps[i].end;
  p->plan->gap_ends = ends;
  p->plan->ngaps = p->ngaps;
  return true;
}

bool wf_plan_make(Plan *plan, const Proto *proto) {
  uint32_t size = proto->bytecode_size;
  Planner *p = wf_alloc_zeroed(1, sizeof *p);
  plan->depth = wf_alloc_get((size + 1) * sizeof *plan->depth);
  plan->flags = wf_alloc_zeroed(size + 1, 1);
  plan->gaps = true;
  plan->gap_ends = NULL;
  bool ok = p && plan->depth && plan->flags;
  if (ok) {
    p->plan = plan;
    p->proto = proto;
    p->code = proto->bytecode;
    p->size = size;
    p->gaps = wf_alloc_get((size + 1) * sizeof *p->gaps);
    p->jumps = wf_alloc_get((size + 1) * sizeof *p->jumps);
    p->entered = wf_alloc_get((size + 1) * sizeof *p->entered);
    ok = p->gaps && p->jumps && p->entered;
  }
  if (ok) {
    memset(plan->depth, 0xFF, (size + 1) * sizeof *plan->depth);
    /* the jump list is written after its memory served as work list */
    find_depths(p, proto->nparams, (uint32_t *)(void *)p->jumps);
    scan(p, proto->nparams);
    if (plan->gaps && p->njumps > 0 && p->ngaps > 0)
      plan->gaps = jumps_are_clean(p);
    ok = keep_gap_ends(p);
  }
  if (p) {
    wf_alloc_free(p->gaps);
    wf_alloc_free(p->jumps);
    wf_alloc_free(p->entered);
  }
  wf_alloc_free(p);
  if (!ok)
    wf_plan_free(plan);
  return ok;
}

void wf_plan_free(Plan *plan) {
  wf_alloc_free(plan->depth);
  wf_alloc_free(plan->flags);
  wf_alloc_free(plan->gap_ends);
  plan->gap_ends = NULL;
  plan->depth = NULL;
  plan->flags = NULL;
}
