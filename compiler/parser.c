/* parser.c: statements and functions, by recursive descent.
 *
 * A function's AST lives from its `function` token until code has been
 * generated for it, at its `end`; what remains is a Closure expression in the
 * enclosing function. */
#include "compiler/parser.h"
#include "vm/base/alloc.h"
#include <string.h>

void wf_parser_expected(Parser *p, int kind) {
  char text[16];
  wf_lexer_error(&p->lx, "%s expected", wf_lexer_token_text(kind, text));
}

void wf_parser_close(Parser *p, int close, int open, uint32_t line) {
  if (LIKELY(accept(p, close)))
    return;
  if (line == p->lx.tok.line)
    wf_parser_expected(p, close);
  char what[16], who[16];
  wf_lexer_error(&p->lx, "%s expected (to close %s at line %u)",
                 wf_lexer_token_text(close, what),
                 wf_lexer_token_text(open, who), (unsigned)line);
}

/* Blocks */

static void statement(Parser *p, Stmt ***tail);

/* Is the current token one that ends a block? */
static bool at_block_end(const Parser *p, bool with_until) {
  switch (p->lx.tok.kind) {
  case TK_ELSE:
  case TK_ELSEIF:
  case TK_END:
  case TK_EOS:
    return true;
  case TK_UNTIL:
    return with_until;
  default:
    return false;
  }
}

static void statements(Parser *p, Block *block) {
  Stmt **tail = &block->first;
  while (!at_block_end(p, true)) {
    bool last = at(p, TK_RETURN);
    statement(p, &tail);
    if (last)
      break;
  }
  *tail = NULL;
  block->end_line = p->lx.last_line;
}

static void scoped_block(Parser *p, Block *block) {
  Scope scope;
  wf_resolve_open_scope(&p->rs, &scope, block, false);
  statements(p, block);
  wf_resolve_close_scope(&p->rs);
}

/* Functions */

/* Declares and shows one variable; returns where the next goes. */
static Var **add_var(Parser *p, Name *name, Var **tail) {
  Var *v = wf_resolve_declare(&p->rs, name);
  *tail = v;
  return &v->next;
}

static void parameters(Parser *p, Func *f, bool method) {
  Var **tail = &f->params;
  if (method) {
    tail = add_var(p, wf_context_intern(p->c, "self", 4, false), tail);
    f->nparams++;
  }
  if (!at(p, ')')) {
    do {
      if (accept(p, TK_DOTS)) {
        f->vararg = true;
        break;
      }
      if (!at(p, TK_NAME))
        wf_lexer_error(&p->lx, "<name> or '...' expected");
      tail = add_var(p, expect_name(p), tail);
      f->nparams++;
    } while (accept(p, ','));
  }
  for (uint32_t i = 0; i < f->nparams; i++)
    wf_resolve_activate(&p->rs);
}

static void end_function(Parser *p, Func *f) {
  p->c->func = f->up;
  wf_alloc_free(f->upvals);
  f->upvals = NULL;
}

/* The closure expression of a finished function. Releases the function's own
 * memory, so what outlives it is saved on the C stack meanwhile. */
static NOINLINE Expr *closure(Parser *p, Func *f, PoolMark mark) {
  Compiler *c = p->c;
  Capture captures[MAX_UPVALS];
  uint32_t n = 0;
  for (uint32_t i = 0; i < f->nupvals; i++)
    if (f->upvals[i].from_local)
      captures[n++] = (Capture){f->upvals[i].var, i};
  ModFunction *proto = f->proto;
  end_function(p, f);
  if (!c->keep_ast)
    pool_release(c, mark);
  Closure *cl = pool_alloc(c, sizeof *cl + n * sizeof *captures);
  cl->proto = proto;
  cl->func = c->keep_ast ? f : NULL;
  cl->ncaptures = n;
  memcpy(cl->captures, captures, n * sizeof *captures);
  Expr *e = expr_new(c, E_FUNCTION, p->lx.last_line);
  e->closure = cl;
  return e;
}

Expr *wf_parser_function(Parser *p, bool method, uint32_t line) {
  Compiler *c = p->c;
  PoolMark mark = pool_mark(c);
  uint32_t waiting = p->waiting;
  Func *f = pool_alloc(c, sizeof *f);
  *f = (Func){.line_defined = line};
  p->waiting = 0;
  Scope scope;
  wf_resolve_open_func(&p->rs, f, &scope);
  expect(p, '(');
  parameters(p, f, method);
  expect(p, ')');
  statements(p, &f->body);
  f->last_line = p->lx.tok.line;
  wf_parser_close(p, TK_END, TK_FUNCTION, line);
  f->return_line = p->lx.last_line;
  wf_resolve_close_scope(&p->rs);
  p->waiting = waiting;
  c->function_done(c, f);
  return closure(p, f, mark);
}

Func *wf_parser_chunk(Parser *p) {
  Compiler *c = p->c;
  Func *f = pool_alloc(c, sizeof *f);
  *f = (Func){.vararg = true};
  Scope scope;
  wf_resolve_open_func(&p->rs, f, &scope);
  statements(p, &f->body);
  if (!at(p, TK_EOS))
    wf_parser_expected(p, TK_EOS);
  f->return_line = p->lx.last_line;
  wf_resolve_close_scope(&p->rs);
  c->function_done(c, f);
  end_function(p, f);
  return f;
}

/* Statements. Each returns the finished node or appends it. */

static Stmt *new_stmt(Parser *p, StmtKind kind, uint32_t line) {
  Stmt *s = pool_alloc(p->c, sizeof *s);
  memset(s, 0, sizeof *s);
  s->kind = (uint8_t)kind;
  s->line = line;
  return s;
}

static Stmt *if_statement(Parser *p, uint32_t line) {
  Stmt *s = new_stmt(p, S_IF, line);
  Clause **tail = &s->clauses;
  bool more = true;
  while (more) {
    Clause *clause = *tail = pool_alloc(p->c, sizeof *clause);
    tail = &clause->next;
    clause->next = NULL;
    clause->cond = NULL;
    if (at(p, TK_ELSE)) {
      advance(p);
      more = false;
    } else {
      advance(p); /* if, elseif */
      clause->cond = wf_parse_expr(p);
      expect(p, TK_THEN);
      clause->line = p->lx.last_line;
      wf_parse_expr_settle(p, clause->cond);
    }
    scoped_block(p, &clause->body);
    more = more && (at(p, TK_ELSE) || at(p, TK_ELSEIF));
  }
  wf_parser_close(p, TK_END, TK_IF, line);
  return s;
}

static Stmt *while_statement(Parser *p, uint32_t line) {
  Stmt *s = new_stmt(p, S_WHILE, line);
  advance(p);
  s->loop.cond = wf_parse_expr(p);
  s->loop.cond_line = p->lx.last_line;
  Scope scope;
  wf_resolve_open_scope(&p->rs, &scope, &s->loop.body, true);
  expect(p, TK_DO);
  scoped_block(p, &s->loop.body);
  wf_parser_close(p, TK_END, TK_WHILE, line);
  wf_resolve_close_scope(&p->rs);
  return s;
}

static Stmt *repeat_statement(Parser *p, uint32_t line) {
  Stmt *s = new_stmt(p, S_REPEAT, line);
  Scope loop, scope;
  wf_resolve_open_scope(&p->rs, &loop, &s->loop.body, true);
  wf_resolve_open_scope(&p->rs, &scope, &s->loop.body, false);
  advance(p);
  statements(p, &s->loop.body);
  wf_parser_close(p, TK_UNTIL, TK_REPEAT, line);
  s->loop.cond = wf_parse_expr(p);
  s->loop.cond_line = s->loop.body.end_line = p->lx.last_line;
  wf_resolve_close_scope(&p->rs);
  wf_resolve_close_scope(&p->rs);
  return s;
}

static void activate(Parser *p, uint32_t n) {
  while (n--)
    wf_resolve_activate(&p->rs);
}

/* `do` and body of a for loop, whose n variables are declared. */
static void for_body(Parser *p, Stmt *s, uint32_t n) {
  expect(p, TK_DO);
  s->for_.prep_line = p->lx.last_line;
  Scope scope;
  wf_resolve_open_scope(&p->rs, &scope, &s->for_.body, false);
  activate(p, n);
  statements(p, &s->for_.body);
  wf_resolve_close_scope(&p->rs);
}

static Stmt *numeric_for(Parser *p, Name *name, uint32_t line) {
  Stmt *s = new_stmt(p, S_FOR_NUM, line);
  for (int i = 0; i < 3; i++)
    wf_resolve_declare(&p->rs, NULL);
  s->for_.vars = wf_resolve_declare(&p->rs, name);
  expect(p, '=');
  Expr *init = s->for_.exprs = wf_parse_expr(p);
  expect(p, ',');
  Expr *limit = init->next = wf_parse_expr(p);
  if (accept(p, ','))
    limit->next = wf_parse_expr(p);
  activate(p, 3);
  for_body(p, s, 1);
  return s;
}

static Stmt *generic_for(Parser *p, Name *name) {
  Stmt *s = new_stmt(p, S_FOR_IN, 0);
  for (int i = 0; i < 4; i++)
    wf_resolve_declare(&p->rs, NULL);
  Var **tail = add_var(p, name, &s->for_.vars);
  uint32_t n = 1, nexprs;
  for (; accept(p, ','); n++)
    tail = add_var(p, expect_name(p), tail);
  expect(p, TK_IN);
  s->line = p->lx.tok.line;
  Expr *last;
  s->for_.exprs = wf_parse_expr_list(p, &nexprs, &last);
  activate(p, 4);
  wf_resolve_mark_to_close(&p->rs);
  for_body(p, s, n);
  return s;
}

static Stmt *for_statement(Parser *p, uint32_t line) {
  Scope scope;
  Block *none = NULL;
  wf_resolve_open_scope(&p->rs, &scope, none, true);
  advance(p);
  Name *name = expect_name(p);
  Stmt *s = NULL;
  if (at(p, '='))
    s = numeric_for(p, name, line);
  else if (at(p, ',') || at(p, TK_IN))
    s = generic_for(p, name);
  else
    wf_lexer_error(&p->lx, "'=' or 'in' expected");
  wf_parser_close(p, TK_END, TK_FOR, line);
  s->for_.end_line = p->lx.last_line;
  wf_resolve_close_scope(&p->rs);
  return s;
}

static Stmt *function_statement(Parser *p, uint32_t line) {
  advance(p);
  Name *name = expect_name(p);
  Expr *target = wf_resolve_name(&p->rs, name);
  bool method = false;
  while (!method && (at(p, '.') || at(p, ':'))) {
    method = at(p, ':');
    advance(p);
    target = wf_parse_expr_field(p, target);
  }
  Stmt *s = new_stmt(p, S_ASSIGN, line);
  s->assign.targets = target;
  s->assign.exprs = wf_parser_function(p, method, line);
  if (target->kind == E_LOCAL)
    s->assign.exprs->line = line;
  wf_resolve_assign(&p->rs, target);
  return s;
}

static Stmt *local_function(Parser *p, uint32_t line) {
  Stmt *s = new_stmt(p, S_LOCAL_FUNCTION, line);
  s->local_function.var = wf_resolve_declare(&p->rs, expect_name(p));
  wf_resolve_activate(&p->rs);
  s->local_function.func = wf_parser_function(p, false, p->lx.tok.line);
  return s;
}

static Attrib attribute(Parser *p) {
  if (!accept(p, '<'))
    return ATTRIB_NONE;
  Name *name = expect_name(p);
  expect(p, '>');
  if (name->len == 5 && !memcmp(name->bytes, "const", 5))
    return ATTRIB_CONST;
  if (name->len == 5 && !memcmp(name->bytes, "close", 5))
    return ATTRIB_CLOSE;
  wf_lexer_error_plain(&p->lx, "unknown attribute '%s'",
                       wf_context_store(p->c, name).bytes);
}

static Stmt *local_statement(Parser *p) {
  Stmt *s = new_stmt(p, S_LOCAL, 0);
  Var *last_var = NULL, **tail = &s->local.vars;
  uint32_t nvars = 0, nexprs = 0;
  do {
    last_var = wf_resolve_declare(&p->rs, expect_name(p));
    *tail = last_var;
    tail = &last_var->next;
    nvars++;
    last_var->attrib = (uint8_t)attribute(p);
    if (last_var->attrib == ATTRIB_CLOSE) {
      if (s->local.to_close)
        wf_lexer_error_plain(&p->lx,
                             "multiple to-be-closed variables in local list");
      s->local.to_close = last_var;
    }
  } while (accept(p, ','));
  Expr *last = NULL;
  if (accept(p, '='))
    s->local.exprs = wf_parse_expr_list(p, &nexprs, &last);
  s->line = p->lx.last_line;
  if (nvars == nexprs && last_var->attrib == ATTRIB_CONST &&
      expr_is_constant(last))
    last_var->value = last;
  activate(p, nvars);
  if (s->local.to_close)
    wf_resolve_mark_to_close(&p->rs);
  return s;
}

static void check_target(Parser *p, Expr *e) {
  bool variable =
      (e->kind >= E_LOCAL && e->kind <= E_INDEX) || (e->flags & EXPR_CONST_VAR);
  if (!variable || (e->flags & EXPR_PAREN))
    wf_lexer_error(&p->lx, "syntax error");
  wf_resolve_assign(&p->rs, e);
}

/* Targets after the first count as levels: C Lua recurses for each. */
static Stmt *assignment(Parser *p, Expr *target) {
  Stmt *s = new_stmt(p, S_ASSIGN, 0);
  int level = p->c->level;
  uint32_t n;
  Expr *last;
  s->assign.targets = target;
  check_target(p, target);
  while (accept(p, ',')) {
    target = target->next = wf_parse_expr_suffixed(p);
    enter_level(p->c);
    check_target(p, target);
  }
  expect(p, '=');
  uint32_t calls = p->calls;
  s->assign.exprs = wf_parse_expr_list(p, &n, &last);
  s->flag = p->calls != calls;
  s->line = p->lx.last_line;
  p->c->level = level;
  return s;
}

static Stmt *expr_statement(Parser *p) {
  Expr *e = wf_parse_expr_suffixed(p);
  if (at(p, '=') || at(p, ','))
    return assignment(p, e);
  if (e->kind != E_CALL || (e->flags & EXPR_PAREN))
    wf_lexer_error(&p->lx, "syntax error");
  Stmt *s = new_stmt(p, S_CALL, e->line);
  s->call = e;
  return s;
}

static Stmt *return_statement(Parser *p) {
  Stmt *s = new_stmt(p, S_RETURN, 0);
  advance(p);
  if (!at_block_end(p, true) && !at(p, ';')) {
    uint32_t n;
    Expr *last;
    s->results = wf_parse_expr_list(p, &n, &last);
  }
  s->line = p->lx.last_line;
  s->flag = p->c->func->scope->to_close;
  accept(p, ';');
  return s;
}

static Stmt *break_statement(Parser *p, uint32_t line) {
  Stmt *s = new_stmt(p, S_BREAK, line);
  advance(p);
  wf_resolve_break(&p->rs, s);
  return s;
}

static Stmt *goto_statement(Parser *p, uint32_t line) {
  Stmt *s = new_stmt(p, S_GOTO, line);
  advance(p);
  wf_resolve_goto(&p->rs, s, expect_name(p));
  return s;
}

/* Void statements after a label come first, so that it knows whether it ends
 * its block; like C Lua, which names the later of two equal labels. */
static Stmt *label_statement(Parser *p, uint32_t line, Stmt ***tail) {
  advance(p);
  Name *name = expect_name(p);
  expect(p, TK_DBCOLON);
  while (at(p, ';') || at(p, TK_DBCOLON))
    statement(p, tail);
  Stmt *s = new_stmt(p, S_LABEL, line);
  s->label = wf_resolve_label(&p->rs, name, line, at_block_end(p, false));
  return s;
}

static Stmt *do_statement(Parser *p, uint32_t line) {
  Stmt *s = new_stmt(p, S_DO, line);
  advance(p);
  scoped_block(p, &s->body);
  wf_parser_close(p, TK_END, TK_DO, line);
  return s;
}

static Stmt *local_or_function(Parser *p, uint32_t line) {
  advance(p);
  return accept(p, TK_FUNCTION) ? local_function(p, line) : local_statement(p);
}

static void statement(Parser *p, Stmt ***tail) {
  uint32_t line = p->lx.tok.line;
  Stmt *s;
  enter_level(p->c);
  switch (p->lx.tok.kind) {
  case ';':
    advance(p);
    leave_level(p->c);
    return;
  case TK_IF:
    s = if_statement(p, line);
    break;
  case TK_WHILE:
    s = while_statement(p, line);
    break;
  case TK_DO:
    s = do_statement(p, line);
    break;
  case TK_FOR:
    s = for_statement(p, line);
    break;
  case TK_REPEAT:
    s = repeat_statement(p, line);
    break;
  case TK_FUNCTION:
    s = function_statement(p, line);
    break;
  case TK_LOCAL:
    s = local_or_function(p, line);
    break;
  case TK_DBCOLON:
    s = label_statement(p, line, tail);
    break;
  case TK_RETURN:
    s = return_statement(p);
    break;
  case TK_BREAK:
    s = break_statement(p, line);
    break;
  case TK_GOTO:
    s = goto_statement(p, line);
    break;
  default:
    s = expr_statement(p);
    break;
  }
  **tail = s;
  *tail = &s->next;
  leave_level(p->c);
}
