/* codegen.c: statements and functions.
 *
 * Locals live where their initial value was pushed, so at the start of every
 * statement the stack holds exactly the variables in scope: the slot of a new
 * one is the depth. Leaving a block, by its end or by a jump, means CLOSE if
 * something above is captured or to-be-closed, then pops.
 *
 * Loops test at the bottom and are entered by a jump to the test. */
#include "compiler/codegen.h"
#include "compiler/fold.h"
#include "vm/base/alloc.h"

static void block(Gen *g, const Block *b, GenBlock *gb);
static void statements(Gen *g, const Stmt *s);

/* Variables and scopes */

static void push_var(Gen *g, Var *v, uint32_t slot, bool close) {
  g->vars =
      array_room(g->c, g->vars, &g->vars_cap, g->nvars + 1, sizeof *g->vars);
  g->vars[g->nvars++] = (GenVar){slot, wf_emit_var_start(g->e, v, slot), close};
}

static void declare(Gen *g, Var *v, uint32_t slot) {
  v->slot = (uint16_t)slot;
  push_var(g, v, slot, v->captured || v->attrib == ATTRIB_CLOSE);
}

/* Lowest slot from `depth` up that has to be closed, or UINT32_MAX. */
static uint32_t lowest_close(const Gen *g, uint32_t depth) {
  uint32_t lowest = UINT32_MAX;
  for (uint32_t i = g->nvars; i > 0 && g->vars[i - 1].slot >= depth; i--)
    if (g->vars[i - 1].close && g->vars[i - 1].slot < lowest)
      lowest = g->vars[i - 1].slot;
  return lowest;
}

/* Drops what lies above `depth`. */
static void leave_to(Gen *g, uint32_t depth, uint32_t line) {
  uint32_t low = lowest_close(g, depth);
  if (low != UINT32_MAX)
    wf_emit_op(g->e, OP_CLOSE, low, 0, 0, line);
  wf_emit_pop(g->e, g->e->depth - depth, line);
}

static void end_vars(Gen *g, uint32_t first) {
  while (g->nvars > first)
    wf_emit_var_end(g->e, g->vars[--g->nvars].number);
}

/* Jumps to a label where the stack has `depth` slots. */
static void jump_out(Gen *g, uint32_t label, uint32_t depth, uint32_t line) {
  uint32_t here = g->e->depth;
  leave_to(g, depth, line);
  wf_emit_jump(g->e, OP_JUMP, JUMP_STAYS, label, 0, 0, line);
  wf_emit_adjust(g->e, (int)(here - g->e->depth), line);
}

static void open_block(Gen *g, GenBlock *gb, const Block *b, uint32_t base) {
  gb->up = g->block;
  gb->block = b;
  gb->base = gb->depth = base;
  gb->first_var = g->nvars;
  g->block = gb;
}

/* The variables of the innermost block go out of scope. */
static void drop_locals(Gen *g, uint32_t line) {
  const GenBlock *gb = g->block;
  uint32_t low = lowest_close(g, gb->base);
  end_vars(g, gb->first_var);
  if (low != UINT32_MAX)
    wf_emit_op(g->e, OP_CLOSE, low, 0, 0, line);
  wf_emit_pop(g->e, g->e->depth - gb->base, line);
}

static void close_block(Gen *g, uint32_t line) {
  drop_locals(g, line);
  g->block = g->block->up;
}

static void block(Gen *g, const Block *b, GenBlock *gb) {
  open_block(g, gb, b, g->e->depth);
  statements(g, b->first);
  close_block(g, b->end_line);
}

static void plain_block(Gen *g, const Block *b) {
  GenBlock gb = {0};
  block(g, b, &gb);
}

/* local */

/* Fields that the following statements will give to a new table in `v`: only a
 * hint for its size. */
static uint32_t count_fields(const Stmt *s, const Var *v) {
  enum { STATEMENTS = 64 };
  uint32_t n = 0;
  for (int i = 0; s && i < STATEMENTS; s = s->next, i++) {
    const Expr *t = s->kind == S_ASSIGN ? s->assign.targets : NULL;
    n += t && t->kind == E_FIELD && t->left->kind == E_LOCAL &&
         t->left->local == v;
  }
  return n;
}

/* `local t = {}` and `local t = setmetatable({}, ...)`. */
static void size_new_table(const Stmt *s) {
  Expr *e = s->local.exprs;
  if (!e || s->local.vars->next)
    return;
  if (e->kind == E_CALL && e->right)
    e = e->right;
  if (e->kind == E_TABLE && !e->table->items)
    e->table->nfields = count_fields(s->next, s->local.vars);
}

static void mark_to_close(Gen *g, Var *v, uint32_t line) {
  Emit *e = g->e;
  if ((uint32_t)v->slot + 1 != e->depth) {
    /* TO_CLOSE wants the top slot: the variable moves there. */
    wf_emit_get_local(e, v->slot, line);
    v->slot = (uint16_t)(e->depth - 1);
  }
}

static void local_statement(Gen *g, const Stmt *s) {
  uint32_t n = 0, base = g->e->depth;
  const Expr *exprs = s->local.exprs;
  for (Var *v = s->local.vars; v; v = v->next)
    n += !v->value;
  size_new_table(s);
  if (n || !s->local.vars->value)
    wf_gen_expr_list(g, exprs, n, s->line);
  uint32_t slot = base;
  for (Var *v = s->local.vars; v; v = v->next)
    v->slot = v->value ? 0 : (uint16_t)slot++;
  if (s->local.to_close)
    mark_to_close(g, s->local.to_close, s->line);
  for (Var *v = s->local.vars; v; v = v->next)
    if (!v->value)
      declare(g, v, v->slot);
  if (s->local.to_close)
    wf_emit_op(g->e, OP_TO_CLOSE, 0, 0, 0, s->line);
}

static bool captures(const Expr *function, const Var *v) {
  const Closure *cl = function->closure;
  for (uint32_t i = 0; i < cl->ncaptures; i++)
    if (cl->captures[i].var == v)
      return true;
  return false;
}

/* A function that refers to itself captures its slot, which must exist. */
static void local_function(Gen *g, const Stmt *s) {
  Var *v = s->local_function.var;
  const Expr *f = s->local_function.func;
  v->slot = (uint16_t)g->e->depth;
  if (captures(f, v)) {
    wf_emit_nils(g->e, 1, s->line);
    wf_gen_expr(g, f);
    wf_emit_set_local(g->e, v->slot, f->line);
  } else {
    wf_gen_expr(g, f);
  }
  declare(g, v, v->slot);
}

/* Assignment */

/* Pops the top value into a variable. */
static void store_variable(Gen *g, const Expr *t, uint32_t line) {
  if (t->kind == E_LOCAL)
    wf_emit_set_local(g->e, t->local->slot, line);
  else if (t->kind == E_UPVAL)
    wf_emit_op(g->e, OP_SET_UPVAL, t->upval.index, 0, -1, line);
  else
    wf_emit_op(g->e, OP_SET_GLOBAL, wf_emit_string(g->e, t->global), 0, -1,
               line);
}

static void single_value(Gen *g, const Stmt *s) {
  if (s->assign.exprs->next)
    wf_gen_expr_list(g, s->assign.exprs, 1, s->line);
  else
    wf_gen_expr(g, s->assign.exprs);
}

static void set_field(Gen *g, const Expr *t, uint32_t line) {
  wf_emit_op(g->e, OP_SET_FIELD, wf_emit_string(g->e, t->name), 0, -2, line);
}

static void assign_one(Gen *g, const Stmt *s) {
  const Expr *t = s->assign.targets;
  Emit *e = g->e;
  if (t->kind == E_FIELD && t->left->kind == E_UPVAL && s->flag) {
    /* C Lua reads the upvalue at the store, after calls on the right side. */
    uint32_t value = e->depth;
    single_value(g, s);
    wf_gen_expr(g, t->left);
    wf_emit_get_local(e, value, s->line);
    set_field(g, t, s->line);
    wf_emit_pop(e, 1, s->line);
  } else if (t->kind == E_FIELD) {
    wf_gen_expr(g, t->left);
    single_value(g, s);
    set_field(g, t, s->line);
  } else if (t->kind == E_INDEX) {
    wf_gen_expr(g, t->left);
    wf_gen_expr(g, t->right);
    single_value(g, s);
    wf_emit_op(e, OP_SET_INDEX, 0, 0, -3, s->line);
  } else {
    single_value(g, s);
    store_variable(g, t, s->line);
  }
}

/* Multiple assignment:
 *
 *   o1 k1 o3 ...  v1 v2 v3 ...
 *
 * Objects and keys are pushed first, unless they are constants or locals this
 * statement does not assign; then the values, stored from the last. */

typedef struct Place {
  const Expr *target;
  uint32_t object, key; /* slots */
} Place;

static bool assigned_in(const Stmt *s, const Expr *e) {
  if (e->kind == E_LOCAL)
    for (const Expr *t = s->assign.targets; t; t = t->next)
      if (t->kind == E_LOCAL && t->local == e->local)
        return true;
  return false;
}

/* Slot of a part of a target, pushed if necessary. */
static uint32_t part(Gen *g, const Stmt *s, const Expr *e) {
  if (e->kind == E_LOCAL && !assigned_in(s, e))
    return e->local->slot;
  if (expr_is_constant(e))
    return 0;
  wf_gen_expr(g, e);
  return g->e->depth - 1;
}

/* Pops the top value into a place. */
static void store_place(Gen *g, const Place *p, uint32_t line) {
  Emit *e = g->e;
  const Expr *t = p->target;
  if (t->kind != E_FIELD && t->kind != E_INDEX) {
    store_variable(g, t, line);
    return;
  }
  uint32_t value = e->depth - 1;
  if (expr_is_constant(t->left))
    wf_gen_expr(g, t->left);
  else
    wf_emit_get_local(e, p->object, line);
  if (t->kind == E_FIELD) {
    wf_emit_get_local(e, value, line);
    set_field(g, t, line);
  } else {
    if (expr_is_constant(t->right))
      wf_gen_expr(g, t->right);
    else
      wf_emit_get_local(e, p->key, line);
    wf_emit_get_local(e, value, line);
    wf_emit_op(e, OP_SET_INDEX, 0, 0, -3, line);
  }
  wf_emit_pop(e, 1, line);
}

static NOINLINE void assign_many(Gen *g, const Stmt *s) {
  Place places[MAX_LEVELS + 1];
  uint32_t n = 0, base = g->e->depth;
  for (const Expr *t = s->assign.targets; t; t = t->next) {
    Place *p = &places[n++];
    p->target = t;
    if (t->kind == E_FIELD || t->kind == E_INDEX)
      p->object = part(g, s, t->left);
    if (t->kind == E_INDEX)
      p->key = part(g, s, t->right);
  }
  wf_gen_expr_list(g, s->assign.exprs, n, s->line);
  while (n)
    store_place(g, &places[--n], s->line);
  wf_emit_pop(g->e, g->e->depth - base, s->line);
}

static void assignment(Gen *g, const Stmt *s) {
  if (s->assign.targets->next)
    assign_many(g, s);
  else
    assign_one(g, s);
}

/* Jumps */

static uint32_t label_id(Gen *g, Label *l) {
  if (!l->id)
    l->id = wf_emit_label(g->e) + 1;
  return l->id - 1;
}

/* Label and depth a break or goto goes to. */
static uint32_t jump_target(Gen *g, const Stmt *s, uint32_t *depth) {
  const GenBlock *gb = g->block;
  if (s->kind == S_BREAK) {
    while (!gb->is_loop)
      gb = gb->up;
    *depth = gb->break_depth;
    return gb->break_label;
  }
  Label *l = s->target;
  if (l->placed) {
    *depth = l->depth;
  } else {
    while (gb->block != l->block)
      gb = gb->up;
    *depth = l->at_end ? gb->base : gb->depth;
  }
  return label_id(g, l);
}

static void jump_statement(Gen *g, const Stmt *s) {
  uint32_t depth, label = jump_target(g, s, &depth);
  jump_out(g, label, depth, s->line);
}

static void label_statement(Gen *g, const Stmt *s) {
  Label *l = s->label;
  uint32_t id = label_id(g, l);
  if (l->at_end) {
    drop_locals(g, s->line);
    g->block->depth = g->block->base;
  }
  if (l->used && !g->e->reachable && !g->e->labels[id].refs)
    g->e->sweep = true;
  wf_emit_place(g->e, id, l->used);
  l->placed = true;
  l->depth = (uint16_t)g->e->depth;
}

static void return_statement(Gen *g, const Stmt *s) {
  const Expr *e = s->results;
  bool open;
  if (!e) {
    wf_emit_op(g->e, OP_RETURN_0, 0, 0, 0, s->line);
    return;
  }
  if (!e->next && e->kind == E_CALL && expr_is_multi(e) && !s->flag) {
    wf_gen_expr_tail_call(g, e);
    return;
  }
  uint32_t n = wf_gen_expr_list_all(g, e, &open);
  if (open)
    wf_emit_op(g->e, OP_RETURN_SPREAD, n, 0, -(int)n, s->line);
  else
    wf_emit_op(g->e, n == 1 ? OP_RETURN_1 : OP_RETURN, n, 0, -(int)n, s->line);
}

/* Conditionals */

/* A clause that only jumps, needing nothing closed or dropped before: its
 * condition can jump there itself. */
static bool jump_clause(Gen *g, const Clause *clause) {
  const Stmt *s = clause->body.first;
  if (!s || s->next || (s->kind != S_BREAK && s->kind != S_GOTO))
    return false;
  uint32_t depth, label = jump_target(g, s, &depth);
  if (depth != g->e->depth)
    return false;
  wf_gen_expr_jump(g, clause->cond, true, label, clause->line);
  return true;
}

static void if_statement(Gen *g, const Stmt *s) {
  uint32_t end = wf_emit_label(g->e);
  for (const Clause *cl = s->clauses; cl; cl = cl->next) {
    int truth = cl->cond ? fold_truth(cl->cond) : 1;
    uint32_t next = wf_emit_label(g->e);
    if (truth == 0) { /* only for who traces lines */
      wf_emit_jump(g->e, OP_JUMP, JUMP_STAYS, next, 0, 0, cl->line);
      wf_emit_place(g->e, next, false);
      continue;
    }
    if (truth == 1) {
      plain_block(g, &cl->body);
      break;
    }
    if (jump_clause(g, cl))
      continue;
    wf_gen_expr_jump(g, cl->cond, false, next, cl->line);
    plain_block(g, &cl->body);
    if (cl->next)
      wf_emit_jump(g->e, OP_JUMP, 0, end, 0, 0, cl->body.end_line);
    wf_emit_place(g->e, next, false);
  }
  wf_emit_place(g->e, end, false);
}

/* Loops */

static GenBlock loop_block(Gen *g) {
  return (GenBlock){.is_loop = true,
                    .break_label = wf_emit_label(g->e),
                    .break_depth = g->e->depth};
}

/* Line of the first instruction of a condition. */
static uint32_t first_line(const Expr *e) {
  for (;;) {
    if (e->kind == E_AND || e->kind == E_OR || e->kind == E_CONCAT)
      e = e->chain.first;
    else if (expr_has_left(e))
      e = e->left;
    else
      return e->line;
  }
}

static void while_statement(Gen *g, const Stmt *s) {
  Emit *e = g->e;
  int truth = fold_truth(s->loop.cond);
  if (truth == 0)
    return;
  GenBlock gb = loop_block(g);
  uint32_t body = wf_emit_label(e), cond = wf_emit_label(e);
  bool reachable = e->reachable;
  if (truth < 0)
    wf_emit_jump(e, OP_JUMP, 0, cond, 0, 0, first_line(s->loop.cond));
  wf_emit_place(e, body, reachable);
  block(g, &s->loop.body, &gb);
  wf_emit_place(e, cond, false);
  if (truth < 0)
    wf_gen_expr_jump(g, s->loop.cond, true, body, s->loop.cond_line);
  else
    wf_emit_jump(e, OP_JUMP, 0, body, 0, 0, s->loop.body.end_line);
  wf_emit_place(e, gb.break_label, false);
}

/* The condition sees the body's locals. With locals to drop both ways out of
 * it do so; the way back is placed after the way on, where a jump to a jump
 * can be shortened. */
static void repeat_statement(Gen *g, const Stmt *s) {
  Emit *e = g->e;
  uint32_t body = wf_emit_label(e), line = s->loop.body.end_line;
  GenBlock gb = loop_block(g);
  wf_emit_place(e, body, e->reachable);
  open_block(g, &gb, &s->loop.body, e->depth);
  statements(g, s->loop.body.first);
  if (e->depth == gb.base) {
    wf_gen_expr_jump(g, s->loop.cond, false, body, s->loop.cond_line);
    close_block(g, line);
  } else {
    uint32_t again = wf_emit_label(e);
    wf_gen_expr_jump(g, s->loop.cond, false, again, s->loop.cond_line);
    jump_out(g, gb.break_label, gb.base, line);
    wf_emit_place(e, again, false);
    close_block(g, line);
    wf_emit_jump(e, OP_JUMP, 0, body, 0, 0, line);
  }
  wf_emit_place(e, gb.break_label, false);
}

static void hidden_vars(Gen *g, uint32_t base, uint32_t n, bool close) {
  for (uint32_t i = 0; i < n; i++)
    push_var(g, NULL, base + i, close && i == 0);
}

/* The loop's own counter cannot be captured or assigned: then the body gets a
 * fresh copy in a slot of its own. */
static void numeric_for(Gen *g, const Stmt *s) {
  Emit *e = g->e;
  Var *v = s->for_.vars;
  uint32_t base = e->depth, first = g->nvars;
  bool copy = v->captured || v->assigned;
  GenBlock gb = loop_block(g);
  uint32_t body = wf_emit_label(e);
  const Expr *limit = s->for_.exprs->next;
  wf_gen_expr(g, s->for_.exprs);
  wf_gen_expr(g, limit);
  if (limit->next)
    wf_gen_expr(g, limit->next);
  else
    wf_emit_int(e, 1, limit->line);
  wf_emit_jump(e, OP_FOR_PREP, 0, gb.break_label, 0, -3, s->for_.prep_line);
  wf_emit_place(e, body, e->reachable);
  hidden_vars(g, base, copy ? 3 : 2, false);
  open_block(g, &gb, &s->for_.body, e->depth);
  if (copy)
    wf_emit_get_local(e, base + 2, s->line);
  declare(g, v, e->depth - 1);
  gb.depth = e->depth;
  statements(g, s->for_.body.first);
  close_block(g, s->for_.body.end_line);
  wf_emit_jump(e, OP_FOR_LOOP, 0, body, -3, 0, s->line);
  end_vars(g, first);
  wf_emit_place(e, gb.break_label, false);
}

static void generic_for(Gen *g, const Stmt *s) {
  Emit *e = g->e;
  uint32_t base = e->depth, first = g->nvars, n = 0;
  uint32_t body = wf_emit_label(e), loop = wf_emit_label(e);
  wf_gen_expr_list(g, s->for_.exprs, 4, s->line);
  bool reachable = e->reachable;
  GenBlock gb = loop_block(g);
  wf_emit_jump(e, OP_FOR_IN_PREP, 0, loop, 0, 0, s->for_.prep_line);
  hidden_vars(g, base, 4, true);
  open_block(g, &gb, &s->for_.body, e->depth);
  for (const Var *v = s->for_.vars; v; v = v->next)
    n++;
  wf_emit_adjust(e, (int)n, s->line);
  wf_emit_place(e, body, reachable);
  uint32_t slot = gb.base;
  for (Var *v = s->for_.vars; v; v = v->next)
    declare(g, v, slot++);
  statements(g, s->for_.body.first);
  close_block(g, s->for_.body.end_line);
  wf_emit_place(e, loop, false);
  wf_emit_jump(e, OP_FOR_IN_LOOP, n, body, 0, (int)n, s->line);
  wf_emit_place(e, gb.break_label, false);
  end_vars(g, first);
  wf_emit_op(e, OP_CLOSE, base, 0, 0, s->for_.end_line);
  wf_emit_pop(e, 4, s->for_.end_line);
}

static void statement(Gen *g, const Stmt *s) {
  switch ((StmtKind)s->kind) {
  case S_LOCAL:
    local_statement(g, s);
    break;
  case S_ASSIGN:
    assignment(g, s);
    break;
  case S_CALL:
    wf_gen_expr_call_statement(g, s->call);
    break;
  case S_DO:
    plain_block(g, &s->body);
    break;
  case S_WHILE:
    while_statement(g, s);
    break;
  case S_REPEAT:
    repeat_statement(g, s);
    break;
  case S_IF:
    if_statement(g, s);
    break;
  case S_FOR_NUM:
    numeric_for(g, s);
    break;
  case S_FOR_IN:
    generic_for(g, s);
    break;
  case S_LOCAL_FUNCTION:
    local_function(g, s);
    break;
  case S_RETURN:
    return_statement(g, s);
    break;
  case S_BREAK:
  case S_GOTO:
    jump_statement(g, s);
    break;
  case S_LABEL:
    label_statement(g, s);
    break;
  }
}

static void statements(Gen *g, const Stmt *s) {
  check_c_stack(g->c);
  for (; s; s = s->next) {
    g->block->depth = g->e->depth;
    statement(g, s);
  }
}

void wf_codegen_function(Compiler *c, Func *f) {
  Gen *g = c->gen;
  GenBlock gb = {0};
  wf_emit_start(g->e, f);
  g->nvars = g->nspine = 0;
  g->block = NULL;
  uint32_t slot = 0;
  for (Var *v = f->params; v; v = v->next)
    declare(g, v, slot++);
  open_block(g, &gb, &f->body, slot);
  statements(g, f->body.first);
  g->e->reachable = true;
  wf_emit_op(g->e, OP_RETURN_0, 0, 0, 0, f->return_line);
  end_vars(g, 0);
  f->proto = wf_emit_finish(g->e);
}

void wf_codegen_init(Gen *g, Compiler *c, Emit *e) {
  *g = (Gen){.c = c, .e = e};
  c->gen = g;
}

void wf_codegen_free(Gen *g) {
  wf_alloc_free(g->vars);
  wf_alloc_free(g->spine);
}
