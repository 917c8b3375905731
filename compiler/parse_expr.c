/* parse_expr.c: expressions.
 *
 * Operator precedence by the usual two priorities per operator; the level
 * counter grows exactly where C Lua's does, so both accept the same nesting.
 *
 * Lines: an operation has the line of its operator, a call that of its opening
 * parenthesis. Loads have no place of their own: C Lua emits them when the
 * text after them makes it necessary, with the line of the last token read by
 * then. `settle` gives them that line. */
#include "compiler/fold.h"
#include "compiler/parser.h"

static void settle(Parser *p, Expr *e) {
  if ((e->kind <= E_STRING || (e->kind >= E_LOCAL && e->kind <= E_INDEX)) &&
      !(e->flags & EXPR_PAREN))
    e->line = p->lx.last_line;
}

void wf_parse_expr_settle(Parser *p, Expr *e) {
  while ((e->kind == E_AND || e->kind == E_OR) && !(e->flags & EXPR_PAREN))
    e = e->chain.last;
  settle(p, e);
}

/* Variables that are constants need no slot. */
static NOINLINE COLDFN void check_slots(Parser *p) {
  const Func *f = p->c->func;
  uint32_t n = p->waiting;
  for (uint32_t i = 0; i < f->nactive; i++)
    n += !p->rs.vars[f->first_var + i]->value;
  if (n > MAX_SLOTS)
    wf_lexer_error(&p->lx, "function or expression needs too many registers");
}

/* Another value waits in the stack while what follows is read. The generator
 * counts exactly; this count, of variables, lists and calls, knows which token
 * made the function too big. */
static inline void wait_value(Parser *p) {
  if (UNLIKELY(++p->waiting + p->c->func->nactive > MAX_SLOTS))
    check_slots(p);
}

Expr *wf_parse_expr_list(Parser *p, uint32_t *n, Expr **last) {
  Expr *first = wf_parse_expr(p), *e = first;
  *n = 1;
  while (accept(p, ',')) {
    settle(p, e);
    wait_value(p);
    e = e->next = wf_parse_expr(p);
    ++*n;
  }
  p->waiting -= *n - 1;
  *last = e;
  return first;
}

static Expr *leaf(Parser *p, ExprKind kind) {
  advance(p);
  return expr_new(p->c, kind, p->lx.last_line);
}

static Expr *string_leaf(Parser *p) {
  Name *name = p->lx.tok.as.name;
  Expr *e = leaf(p, E_STRING);
  e->lit.as.name = name;
  return e;
}

/* Table constructors */

static Expr *table_pair(Parser *p, Table *t) {
  Expr *key;
  if (at(p, '[')) {
    advance(p);
    key = wf_parse_expr(p);
    expect(p, ']');
    settle(p, key);
  } else {
    key = string_leaf(p);
  }
  expect(p, '=');
  if (key->kind == E_STRING)
    t->nfields++;
  else
    t->has_computed = true;
  Expr *pair = expr_new_left(p->c, E_PAIR, key, 0);
  pair->right = wf_parse_expr(p);
  pair->line = p->lx.last_line;
  return pair;
}

static Expr *table(Parser *p) {
  uint32_t line = p->lx.tok.line;
  Expr *e = expr_new(p->c, E_TABLE, p->lx.last_line);
  Table *t = e->table = pool_alloc(p->c, sizeof *t);
  *t = (Table){0};
  expect(p, '{');
  Expr **tail = &t->items, *item = NULL;
  while (!at(p, '}')) {
    if (item && item->kind != E_PAIR)
      settle(p, item);
    if (at(p, '[') || (at(p, TK_NAME) && wf_lexer_peek(&p->lx) == '=')) {
      item = table_pair(p, t);
    } else {
      item = wf_parse_expr(p);
      t->npositional++;
    }
    *tail = item;
    tail = &item->next;
    if (!accept(p, ',') && !accept(p, ';'))
      break;
  }
  wf_parser_close(p, '}', '{', line);
  if (item && item->kind != E_PAIR)
    settle(p, item);
  t->end_line = p->lx.last_line;
  return e;
}

/* Prefix expressions */

static Expr *primary(Parser *p) {
  if (LIKELY(at(p, TK_NAME))) {
    Name *name = p->lx.tok.as.name;
    advance(p);
    return wf_resolve_name(&p->rs, name);
  }
  if (!at(p, '('))
    wf_lexer_error(&p->lx, "unexpected symbol");
  uint32_t line = p->lx.tok.line;
  advance(p);
  Expr *e = wf_parse_expr(p);
  wf_parser_close(p, ')', '(', line);
  settle(p, e);
  e->flags |= EXPR_PAREN;
  return e;
}

Expr *wf_parse_expr_field(Parser *p, Expr *left) {
  Name *name = expect_name(p);
  Expr *e = expr_new_left(p->c, E_FIELD, left, p->lx.last_line);
  e->name = name;
  return e;
}

static Expr *index_of(Parser *p, Expr *left) {
  advance(p);
  Expr *key = wf_parse_expr(p);
  expect(p, ']');
  settle(p, key);
  Expr *e = expr_new_left(p->c, E_INDEX, left, p->lx.last_line);
  if (key->kind == E_STRING) {
    e->kind = E_FIELD;
    e->name = key->lit.as.name;
  } else {
    e->right = key;
  }
  return e;
}

static Expr *call(Parser *p, Expr *callee) {
  uint32_t line = p->lx.tok.line, n;
  Expr *e = expr_new_left(p->c, E_CALL, callee, line), *last;
  wait_value(p); /* the function */
  if (at(p, '(')) {
    advance(p);
    e->right = at(p, ')') ? NULL : wf_parse_expr_list(p, &n, &last);
    wf_parser_close(p, ')', '(', line);
    if (e->right)
      settle(p, last);
  } else if (at(p, TK_STRING)) {
    e->right = string_leaf(p);
  } else if (at(p, '{')) {
    e->right = table(p);
  } else {
    wf_lexer_error(&p->lx, "function arguments expected");
  }
  p->waiting--;
  p->calls++;
  return e;
}

Expr *wf_parse_expr_suffixed(Parser *p) {
  Expr *e = primary(p);
  for (;;) {
    switch (p->lx.tok.kind) {
    case '.':
      advance(p);
      e = wf_parse_expr_field(p, e);
      break;
    case '[':
      e = index_of(p, e);
      break;
    case ':':
      advance(p);
      e = wf_parse_expr_field(p, e);
      e->kind = E_SELF;
      wait_value(p); /* the object */
      e = call(p, e);
      p->waiting--;
      break;
    case '(':
    case '{':
    case TK_STRING:
      e = call(p, e);
      break;
    default:
      return e;
    }
  }
}

static Expr *simple(Parser *p) {
  Expr *e;
  switch (p->lx.tok.kind) {
  case TK_INT: {
    int64_t i = p->lx.tok.as.i;
    e = leaf(p, E_INT);
    e->lit.as.i = i;
    return e;
  }
  case TK_FLOAT: {
    double d = p->lx.tok.as.d;
    e = leaf(p, E_FLOAT);
    e->lit.as.d = d;
    return e;
  }
  case TK_STRING:
    return string_leaf(p);
  case TK_NIL:
    return leaf(p, E_NIL);
  case TK_TRUE:
    return leaf(p, E_TRUE);
  case TK_FALSE:
    return leaf(p, E_FALSE);
  case TK_DOTS:
    if (!p->c->func->vararg)
      wf_lexer_error(&p->lx, "cannot use '...' outside a vararg function");
    e = expr_new(p->c, E_VARARG, p->lx.last_line);
    advance(p);
    return e;
  case '{':
    return table(p);
  case TK_FUNCTION:
    advance(p);
    return wf_parser_function(p, false, p->lx.tok.line);
  default:
    return wf_parse_expr_suffixed(p);
  }
}

/* Operators */

typedef struct BinaryOp {
  uint8_t left, right; /* priorities; 0: no operator */
  uint8_t kind, op;
} BinaryOp;

enum { UNARY_PRIORITY = 12 };

// clang-format off
static const BinaryOp binary_ops[TK_STRING + 1] = {
    [TK_OR] = {1, 1, E_OR, 0},
    [TK_AND] = {2, 2, E_AND, 0},
    ['<'] = {3, 3, E_COMPARE, OP_LT},     ['>'] = {3, 3, E_COMPARE, OP_GT},
    [TK_LE] = {3, 3, E_COMPARE, OP_LE},   [TK_GE] = {3, 3, E_COMPARE, OP_GE},
    [TK_NE] = {3, 3, E_COMPARE, OP_NE},   [TK_EQ] = {3, 3, E_COMPARE, OP_EQ},
    ['|'] = {4, 4, E_BINARY, OP_BOR},
    ['~'] = {5, 5, E_BINARY, OP_BXOR},
    ['&'] = {6, 6, E_BINARY, OP_BAND},
    [TK_SHL] = {7, 7, E_BINARY, OP_SHL},  [TK_SHR] = {7, 7, E_BINARY, OP_SHR},
    [TK_CONCAT] = {9, 8, E_CONCAT, 0},
    ['+'] = {10, 10, E_BINARY, OP_ADD},   ['-'] = {10, 10, E_BINARY, OP_SUB},
    ['*'] = {11, 11, E_BINARY, OP_MUL},   ['/'] = {11, 11, E_BINARY, OP_DIV},
    [TK_IDIV] = {11, 11, E_BINARY, OP_IDIV},
    ['%'] = {11, 11, E_BINARY, OP_MOD},
    ['^'] = {14, 13, E_BINARY, OP_POW},
};
// clang-format on

/* `and`, `or`: the left side decides when constant; else a flat chain. */
static Expr *logical(Parser *p, ExprKind kind, Expr *left, Expr *right) {
  int truth = fold_truth(left);
  if (truth >= 0) {
    Expr *e = truth == (kind == E_AND) ? right : left;
    e->flags |= EXPR_PAREN;
    return e;
  }
  if (left->kind != kind) {
    Expr *e = expr_new(p->c, kind, left->line);
    e->chain.first = e->chain.last = left;
    left = e;
  }
  left->chain.last->next = right;
  left->chain.last = right;
  return left;
}

/* `..` groups to the right: a chain grows at its front. */
static Expr *concat(Parser *p, Expr *left, Expr *right, uint32_t line) {
  if (right->kind != E_CONCAT) {
    Expr *e = expr_new(p->c, E_CONCAT, line);
    e->chain.first = e->chain.last = right;
    right = e;
  }
  left->next = right->chain.first;
  right->chain.first = left;
  right->flags = 0;
  return right;
}

static Expr *binary(Parser *p, BinaryOp b, Expr *left, Expr *right,
                    uint32_t line) {
  if (b.kind == E_AND || b.kind == E_OR)
    return logical(p, b.kind, left, right);
  if (b.kind == E_CONCAT)
    return concat(p, left, right, line);
  if (b.kind == E_COMPARE)
    line = p->lx.last_line;
  else if (wf_fold_binary(b.op, left, right))
    return left;
  Expr *e = expr_new_left(p->c, b.kind, left, line);
  e->op = b.op;
  e->right = right;
  return e;
}

static Expr *unary(Parser *p, int token, Expr *operand, uint32_t line) {
  if (token == TK_NOT) {
    if (wf_fold_not(operand))
      return operand;
    return expr_new_left(p->c, E_NOT, operand, p->lx.last_line);
  }
  Opcode op = token == '-' ? OP_NEG : token == '~' ? OP_BNOT : OP_LEN;
  if (op != OP_LEN && wf_fold_unary(op, operand))
    return operand;
  Expr *e = expr_new_left(p->c, E_UNARY, operand, line);
  e->op = (uint8_t)op;
  return e;
}

/* Notes where the truth of e, left operand of and or or, is tested. */
static void note_test(Expr *e, uint32_t line) {
  for (;; e = e->chain.last) {
    uint32_t lines = line - e->line;
    e->test = (uint8_t)(lines < UINT8_MAX ? lines : UINT8_MAX);
    if (e->kind != E_AND && e->kind != E_OR)
      break;
  }
}

/* An expression whose operators all bind tighter than `limit`. */
static Expr *sub_expr(Parser *p, int limit) {
  enter_level(p->c);
  Expr *e;
  int token = p->lx.tok.kind;
  if (token == TK_NOT || token == '-' || token == '~' || token == '#') {
    uint32_t line = p->lx.tok.line;
    advance(p);
    e = unary(p, token, sub_expr(p, UNARY_PRIORITY), line);
  } else {
    e = simple(p);
  }
  BinaryOp b = binary_ops[p->lx.tok.kind];
  while (b.left > limit) {
    uint32_t line = p->lx.tok.line;
    advance(p);
    settle(p, e);
    if (b.kind == E_AND || b.kind == E_OR)
      note_test(e, p->lx.last_line);
    Expr *right = sub_expr(p, b.right);
    e = binary(p, b, e, right, line);
    b = binary_ops[p->lx.tok.kind];
  }
  leave_level(p->c);
  return e;
}

Expr *wf_parse_expr(Parser *p) { return sub_expr(p, 0); }
