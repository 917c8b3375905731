/* gen_expr.c: expressions.
 *
 * Left operands, callees and indexed objects are walked by a loop over an
 * explicit stack, the spine, so `a.b.c...` and `a + b + ...` may be of any
 * length; other operands recurse, within the parser's nesting limit.
 *
 * and/or produce no booleans on the way. Three entries cover every use:
 *
 *   wf_gen_expr          the value                          a and b or c
 *   value_or_fall        the value if its truth is `sense`, and on to a label;
 *                        else nothing, falling through
 *   wf_gen_expr_jump     no value, only a jump              if a and b then */
#include "compiler/codegen.h"
#include "compiler/fold.h"

/* Positional items collected before they are stored into a table. */
enum { ITEMS_PER_APPEND = 50, SLOTS_TO_SPARE = 8 };

static void call(Gen *g, const Expr *e, int want);

static void constant(Gen *g, const Expr *e) {
  switch (e->kind) {
  case E_NIL:
    wf_emit_nils(g->e, 1, e->line);
    break;
  case E_FALSE:
    wf_emit_op(g->e, OP_FALSE, 0, 0, 1, e->line);
    break;
  case E_TRUE:
    wf_emit_op(g->e, OP_TRUE, 0, 0, 1, e->line);
    break;
  case E_INT:
    wf_emit_int(g->e, e->lit.as.i, e->line);
    break;
  case E_FLOAT:
    wf_emit_float(g->e, e->lit.as.d, e->line);
    break;
  default:
    wf_emit_op(g->e, OP_CONST, wf_emit_string(g->e, e->lit.as.name), 0, 1,
               e->line);
    break;
  }
}

static void function(Gen *g, const Expr *e) {
  const Closure *cl = e->closure;
  for (uint32_t i = 0; i < cl->ncaptures; i++)
    cl->proto->upvals[cl->captures[i].upval].index = cl->captures[i].var->slot;
  wf_emit_op(g->e, OP_CLOSURE, wf_emit_child(g->e, cl->proto), 0, 1, e->line);
}

/* and, or */

static uint32_t test_line(const Expr *e) { return e->line + e->test; }

/* One chain in value context: operands but the last leave with their value if
 * it decides. `end` is placed after. */
static void value_or_fall(Gen *g, const Expr *e, bool sense, uint32_t end) {
  bool decides = e->kind == E_OR;
  if (e->kind != E_AND && e->kind != E_OR) {
    wf_gen_expr(g, e);
    wf_emit_jump(g->e, sense ? OP_OR : OP_AND, 0, end, -1, 0, test_line(e));
  } else if (decides == sense) {
    for (const Expr *x = e->chain.first; x; x = x->next)
      value_or_fall(g, x, sense, end);
  } else {
    uint32_t next = wf_emit_label(g->e);
    const Expr *x = e->chain.first;
    for (; x->next; x = x->next)
      wf_gen_expr_jump(g, x, decides, next, test_line(x));
    value_or_fall(g, x, sense, end);
    wf_emit_place(g->e, next, false);
  }
}

static void logical(Gen *g, const Expr *e) {
  uint32_t end = wf_emit_label(g->e);
  const Expr *x = e->chain.first;
  for (; x->next; x = x->next)
    value_or_fall(g, x, e->kind == E_OR, end);
  wf_gen_expr(g, x);
  wf_emit_place(g->e, end, false);
}

void wf_gen_expr_jump(Gen *g, const Expr *e, bool sense, uint32_t label,
                      uint32_t line) {
  check_c_stack(g->c);
  while (e->kind == E_NOT) {
    e = e->left;
    sense = !sense;
  }
  int truth = fold_truth(e);
  if (truth >= 0) {
    if ((bool)truth == sense)
      wf_emit_jump(g->e, OP_JUMP, 0, label, 0, 0, line);
  } else if (e->kind != E_AND && e->kind != E_OR) {
    wf_gen_expr(g, e);
    wf_emit_jump(g->e, sense ? OP_JUMP_IF_TRUE : OP_JUMP_IF_FALSE, 0, label, -1,
                 -1, e->kind == E_COMPARE ? e->line : line);
  } else if ((e->kind == E_OR) == sense) {
    for (const Expr *x = e->chain.first; x; x = x->next)
      wf_gen_expr_jump(g, x, sense, label, x->next ? test_line(x) : line);
  } else {
    uint32_t next = wf_emit_label(g->e);
    const Expr *x = e->chain.first;
    for (; x->next; x = x->next)
      wf_gen_expr_jump(g, x, !sense, next, test_line(x));
    wf_gen_expr_jump(g, x, sense, label, line);
    wf_emit_place(g->e, next, false);
  }
}

static void concat(Gen *g, const Expr *e) {
  uint32_t n = 0;
  for (const Expr *x = e->chain.first; x; x = x->next, n++)
    wf_gen_expr(g, x);
  wf_emit_op(g->e, OP_CONCAT, n, 0, 1 - (int)n, e->line);
}

/* Lists */

/* A multi expression for `want` values, or all of them if negative. */
static void multi(Gen *g, const Expr *e, int want) {
  if (e->kind == E_CALL)
    call(g, e, want);
  else if (want < 0)
    wf_emit_op(g->e, OP_VARARG_OPEN, 0, 0, 0, e->line);
  else if (want > 0)
    wf_emit_op(g->e, OP_VARARG, (uint32_t)want, 0, want, e->line);
}

uint32_t wf_gen_expr_list_all(Gen *g, const Expr *list, bool *open) {
  uint32_t n = 0;
  *open = false;
  for (const Expr *x = list; x; x = x->next) {
    if (!x->next && expr_is_multi(x)) {
      multi(g, x, -1);
      *open = true;
    } else {
      wf_gen_expr(g, x);
      n++;
    }
  }
  return n;
}

void wf_gen_expr_list(Gen *g, const Expr *list, uint32_t want, uint32_t line) {
  uint32_t n = 0;
  for (const Expr *x = list; x; x = x->next) {
    if (!x->next && expr_is_multi(x)) {
      multi(g, x, want > n ? (int)(want - n) : 0);
      n = want > n ? want : n;
    } else {
      wf_gen_expr(g, x);
      n++;
    }
  }
  if (n < want)
    wf_emit_nils(g->e, want - n, line);
  else
    wf_emit_pop(g->e, n - want, line);
}

/* Calls. The callee (and the object of a method call) is on the stack. */

static uint32_t arguments(Gen *g, const Expr *e, bool *open) {
  uint32_t n = wf_gen_expr_list_all(g, e->right, open);
  return n + (e->left->kind == E_SELF);
}

static void finish_call(Gen *g, const Expr *e, int want) {
  bool open;
  uint32_t n = arguments(g, e, &open);
  int delta = (want < 0 ? 0 : want) - (int)n - 1;
  if (want < 0)
    wf_emit_op(g->e, open ? OP_CALL_SPREAD_OPEN : OP_CALL_OPEN, n, 0, delta,
               e->line);
  else if (open)
    wf_emit_op(g->e, OP_CALL_SPREAD, n, (uint32_t)want, delta, e->line);
  else if (want <= 1)
    wf_emit_op(g->e, want ? OP_CALL_1 : OP_CALL_0, n, 0, delta, e->line);
  else
    wf_emit_op(g->e, OP_CALL, n, (uint32_t)want, delta, e->line);
}

static void call(Gen *g, const Expr *e, int want) {
  wf_gen_expr(g, e->left);
  finish_call(g, e, want);
}

void wf_gen_expr_call_statement(Gen *g, const Expr *e) { call(g, e, 0); }

void wf_gen_expr_tail_call(Gen *g, const Expr *e) {
  bool open;
  wf_gen_expr(g, e->left);
  uint32_t n = arguments(g, e, &open);
  wf_emit_op(g->e, open ? OP_TAIL_CALL_SPREAD : OP_TAIL_CALL, n, 0, -(int)n - 1,
             e->line);
}

/* Table constructors
 *
 *   t  v1 ... vn      n positional items wait for their APPEND
 *
 * An item with a key needs the table under its value. With string keys the
 * waiting items are stored first, which nobody can tell. Computed keys might
 * equal a position, and then the positional item must win, as it does in C
 * Lua where it is stored later: in such constructors items go on waiting and
 * the table is pushed again. */

typedef struct TableGen {
  const Table *t;
  uint32_t slot, waiting, stored, line;
} TableGen;

static void append_waiting(Gen *g, TableGen *tg, uint32_t line) {
  if (tg->waiting)
    wf_emit_op(g->e, OP_APPEND, tg->waiting, tg->stored + 1, -(int)tg->waiting,
               line);
  tg->stored += tg->waiting;
  tg->waiting = 0;
}

static void pair(Gen *g, TableGen *tg, const Expr *item) {
  const Expr *key = item->left;
  bool field = key->kind == E_STRING;
  if (tg->waiting && !tg->t->has_computed)
    append_waiting(g, tg, tg->line);
  bool again = tg->waiting;
  if (again)
    wf_emit_get_local(g->e, tg->slot, item->line);
  if (!field)
    wf_gen_expr(g, key);
  wf_gen_expr(g, item->right);
  if (field)
    wf_emit_op(g->e, again ? OP_SET_FIELD : OP_INIT_FIELD,
               wf_emit_string(g->e, key->lit.as.name), 0, again ? -2 : -1,
               item->line);
  else
    wf_emit_op(g->e, again ? OP_SET_INDEX : OP_INIT_INDEX, 0, 0,
               again ? -3 : -2, item->line);
}

static void table(Gen *g, const Expr *e) {
  const Table *t = e->table;
  TableGen tg = {.t = t, .slot = g->e->depth, .line = e->line};
  bool open = false;
  wf_emit_op(g->e, OP_NEW_TABLE, t->npositional, t->nfields, 1, e->line);
  for (const Expr *x = t->items; x; x = x->next) {
    if (tg.waiting == ITEMS_PER_APPEND ||
        (tg.waiting && g->e->depth > MAX_SLOTS - SLOTS_TO_SPARE))
      append_waiting(g, &tg, tg.line);
    if (x->kind == E_PAIR) {
      pair(g, &tg, x);
    } else if (!x->next && expr_is_multi(x)) {
      multi(g, x, -1);
      open = true;
    } else {
      wf_gen_expr(g, x);
      tg.waiting++;
      tg.line = x->line;
    }
  }
  if (open)
    wf_emit_op(g->e, OP_APPEND_SPREAD, tg.waiting, tg.stored + 1,
               -(int)tg.waiting, t->end_line);
  else
    append_waiting(g, &tg, t->end_line);
}

/* Everything */

/* Pushes an expression without `left`. */
static void leaf(Gen *g, const Expr *e) {
  switch (e->kind) {
  case E_LOCAL:
    wf_emit_get_local(g->e, e->local->slot, e->line);
    break;
  case E_UPVAL:
    wf_emit_op(g->e, OP_GET_UPVAL, e->upval.index, 0, 1, e->line);
    break;
  case E_GLOBAL:
    wf_emit_op(g->e, OP_GET_GLOBAL, wf_emit_string(g->e, e->global), 0, 1,
               e->line);
    break;
  case E_VARARG:
    wf_emit_op(g->e, OP_VARARG, 1, 0, 1, e->line);
    break;
  case E_FUNCTION:
    function(g, e);
    break;
  case E_TABLE:
    table(g, e);
    break;
  case E_AND:
  case E_OR:
    logical(g, e);
    break;
  case E_CONCAT:
    concat(g, e);
    break;
  case E_NOT:
    wf_gen_expr(g, e->left);
    wf_emit_op(g->e, OP_NOT, 0, 0, 0, e->line);
    break;
  case E_UNARY:
    wf_gen_expr(g, e->left);
    wf_emit_op(g->e, e->op, 0, 0, 0, e->line);
    break;
  default:
    constant(g, e);
    break;
  }
}

/* Completes an expression whose `left` has been pushed. */
static void finish(Gen *g, const Expr *e) {
  switch (e->kind) {
  case E_FIELD:
    wf_emit_op(g->e, OP_GET_FIELD, wf_emit_string(g->e, e->name), 0, 0,
               e->line);
    break;
  case E_INDEX:
    wf_gen_expr(g, e->right);
    wf_emit_op(g->e, OP_GET_INDEX, 0, 0, -1, e->line);
    break;
  case E_SELF:
    wf_emit_op(g->e, OP_METHOD, wf_emit_string(g->e, e->name), 0, 1, e->line);
    break;
  case E_CALL:
    finish_call(g, e, 1);
    break;
  default:
    wf_gen_expr(g, e->right);
    wf_emit_op(g->e, e->op, 0, 0, -1, e->line);
    break;
  }
}

void wf_gen_expr(Gen *g, const Expr *e) {
  if (!expr_has_left(e)) {
    if (e->kind <= E_STRING) {
      constant(g, e);
    } else {
      check_c_stack(g->c);
      leaf(g, e);
    }
    return;
  }
  uint32_t base = g->nspine;
  check_c_stack(g->c);
  for (; expr_has_left(e); e = e->left) {
    g->spine = array_room(g->c, g->spine, &g->spine_cap, g->nspine + 1,
                          sizeof *g->spine);
    g->spine[g->nspine++] = e;
  }
  leaf(g, e);
  while (g->nspine > base)
    finish(g, g->spine[--g->nspine]);
}
