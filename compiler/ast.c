/* ast.c: the tree as text, for people.
 *
 *   main lines 0-0 vararg
 *     local
 *       variable x captured
 *     =
 *       ADD :1
 *         global a :1
 *         1 :1
 *
 * One node a line, children two columns further in, operators with the line
 * number their instruction gets. Left spines are walked by a loop, so a tree of
 * any size can be shown; the indentation stops growing at a limit. */
#include "compiler/ast.h"
#include "vm/base/numeral.h"

enum { MAX_INDENT = 60 };

typedef struct Dump {
  Buffer *out;
  int indent;
} Dump;

static void expr(Dump *d, Expr *e);
static void function(Dump *d, const Func *f, const char *what);
static void block(Dump *d, const Block *b);

static void start(Dump *d) {
  int n = d->indent < MAX_INDENT ? d->indent : MAX_INDENT;
  wf_buffer_format(d->out, "%*s", n, "");
}

static void put_name(Dump *d, const Name *name) {
  wf_buffer_bytes(d->out, name->bytes, name->len);
}

static void put_quoted(Dump *d, const Name *name) {
  wf_buffer_byte(d->out, '"');
  for (uint32_t i = 0; i < name->len; i++) {
    uint8_t ch = (uint8_t)name->bytes[i];
    if (ch == '"' || ch == '\\')
      wf_buffer_format(d->out, "\\%c", ch);
    else if (ch >= 32 && ch < 127)
      wf_buffer_byte(d->out, ch);
    else
      wf_buffer_format(d->out, "\\x%02x", ch);
  }
  wf_buffer_byte(d->out, '"');
}

static void line_of(Dump *d, uint32_t line) {
  wf_buffer_format(d->out, " :%u\n", (unsigned)line);
}

static void word(Dump *d, const char *text) {
  start(d);
  wf_buffer_string(d->out, text);
  wf_buffer_byte(d->out, '\n');
}

static void exprs(Dump *d, Expr *e) {
  d->indent += 2;
  for (; e; e = e->next)
    expr(d, e);
  d->indent -= 2;
}

static void variable(Dump *d, const Var *v) {
  static const char *const attribs[] = {"", " <const>", " <close>"};
  start(d);
  wf_buffer_string(d->out, "variable ");
  put_name(d, v->name);
  wf_buffer_string(d->out, attribs[v->attrib]);
  if (v->captured)
    wf_buffer_string(d->out, " captured");
  if (v->assigned)
    wf_buffer_string(d->out, " assigned");
  if (v->value)
    wf_buffer_string(d->out, " constant");
  wf_buffer_byte(d->out, '\n');
}

static void variables(Dump *d, const Var *v) {
  d->indent += 2;
  for (; v; v = v->next)
    variable(d, v);
  d->indent -= 2;
}

/* The node's own line, without its children. */
static void head(Dump *d, const Expr *e) {
  Buffer *b = d->out;
  char number[NUMERAL_MAX];
  start(d);
  switch ((ExprKind)e->kind) {
  case E_NIL:
    wf_buffer_string(b, "nil");
    break;
  case E_FALSE:
    wf_buffer_string(b, "false");
    break;
  case E_TRUE:
    wf_buffer_string(b, "true");
    break;
  case E_INT:
    wf_numeral_from_int(e->lit.as.i, number);
    wf_buffer_string(b, number);
    break;
  case E_FLOAT:
    wf_numeral_from_float(e->lit.as.d, number);
    wf_buffer_string(b, number);
    break;
  case E_STRING:
    put_quoted(d, e->lit.as.name);
    break;
  case E_VARARG:
    wf_buffer_string(b, "...");
    break;
  case E_FUNCTION:
    wf_buffer_string(b, "closure");
    break;
  case E_TABLE:
    wf_buffer_string(b, "table");
    break;
  case E_LOCAL:
    wf_buffer_string(b, "local ");
    put_name(d, e->local->name);
    break;
  case E_UPVAL:
    wf_buffer_format(b, "upvalue %u ", (unsigned)e->upval.index);
    put_name(d, e->upval.var->name);
    break;
  case E_GLOBAL:
    wf_buffer_string(b, "global ");
    put_name(d, e->global);
    break;
  case E_FIELD:
    wf_buffer_string(b, "field ");
    put_name(d, e->name);
    break;
  case E_SELF:
    wf_buffer_string(b, "method ");
    put_name(d, e->name);
    break;
  case E_INDEX:
    wf_buffer_string(b, "index");
    break;
  case E_CALL:
    wf_buffer_string(b, "call");
    break;
  case E_BINARY:
  case E_COMPARE:
  case E_UNARY:
    wf_buffer_string(b, wf_opcode_info[e->op].name);
    break;
  case E_AND:
    wf_buffer_string(b, "and");
    break;
  case E_OR:
    wf_buffer_string(b, "or");
    break;
  case E_CONCAT:
    wf_buffer_string(b, "concat");
    break;
  case E_NOT:
    wf_buffer_string(b, "not");
    break;
  case E_PAIR:
    wf_buffer_string(b, "pair");
    break;
  }
  if (e->flags & EXPR_PAREN)
    wf_buffer_string(b, " (one value)");
  line_of(d, e->line);
}

/* What comes after `left`. */
static void rest(Dump *d, Expr *e) {
  if (e->kind != E_FIELD && e->kind != E_SELF)
    exprs(d, e->right);
}

static void leaf(Dump *d, Expr *e) {
  head(d, e);
  switch ((ExprKind)e->kind) {
  case E_FUNCTION:
    d->indent += 2;
    function(d, e->closure->func, "function");
    d->indent -= 2;
    break;
  case E_TABLE:
    exprs(d, e->table->items);
    break;
  case E_AND:
  case E_OR:
  case E_CONCAT:
    exprs(d, e->chain.first);
    break;
  case E_NOT:
  case E_UNARY:
    d->indent += 2;
    expr(d, e->left);
    d->indent -= 2;
    break;
  case E_PAIR:
    d->indent += 2;
    expr(d, e->left);
    expr(d, e->right);
    d->indent -= 2;
    break;
  default:
    break;
  }
}

/* Left spines: heads going down, the other operands coming back up. On the way
 * down `left` points back to where we came from; the way up restores it. */
static void expr(Dump *d, Expr *e) {
  Expr *from = NULL;
  while (expr_has_left(e)) {
    head(d, e);
    d->indent += 2;
    Expr *left = e->left;
    e->left = from;
    from = e;
    e = left;
  }
  leaf(d, e);
  while (from) {
    Expr *up = from->left;
    from->left = e;
    e = from;
    from = up;
    d->indent -= 2;
    rest(d, e);
  }
}

static void labelled(Dump *d, const char *what, Expr *e) {
  if (!e)
    return;
  word(d, what);
  exprs(d, e);
}

static void if_statement(Dump *d, const Stmt *s) {
  for (const Clause *cl = s->clauses; cl; cl = cl->next) {
    labelled(d, cl == s->clauses ? "if" : "elseif", cl->cond);
    word(d, cl->cond ? "then" : "else");
    block(d, &cl->body);
  }
}

static void for_statement(Dump *d, const Stmt *s, const char *what) {
  word(d, what);
  variables(d, s->for_.vars);
  exprs(d, s->for_.exprs);
  word(d, "do");
  block(d, &s->for_.body);
}

static void goto_statement(Dump *d, const char *what, const Label *l) {
  start(d);
  wf_buffer_string(d->out, what);
  put_name(d, l->name);
  line_of(d, l->line);
}

static void statement(Dump *d, const Stmt *s) {
  switch ((StmtKind)s->kind) {
  case S_LOCAL:
    word(d, "local");
    variables(d, s->local.vars);
    labelled(d, "=", s->local.exprs);
    break;
  case S_ASSIGN:
    labelled(d, "assign", s->assign.targets);
    labelled(d, "=", s->assign.exprs);
    break;
  case S_CALL:
    labelled(d, "call statement", s->call);
    break;
  case S_DO:
    word(d, "do");
    block(d, &s->body);
    break;
  case S_WHILE:
    labelled(d, "while", s->loop.cond);
    block(d, &s->loop.body);
    break;
  case S_REPEAT:
    word(d, "repeat");
    block(d, &s->loop.body);
    labelled(d, "until", s->loop.cond);
    break;
  case S_IF:
    if_statement(d, s);
    break;
  case S_FOR_NUM:
    for_statement(d, s, "for (numeric)");
    break;
  case S_FOR_IN:
    for_statement(d, s, "for (generic)");
    break;
  case S_LOCAL_FUNCTION:
    word(d, "local function");
    d->indent += 2;
    variable(d, s->local_function.var);
    d->indent -= 2;
    exprs(d, s->local_function.func);
    break;
  case S_RETURN:
    word(d, "return");
    exprs(d, s->results);
    break;
  case S_BREAK:
    word(d, "break");
    break;
  case S_GOTO:
    goto_statement(d, "goto ", s->target);
    break;
  case S_LABEL:
    goto_statement(d, s->label->at_end ? "label at block end " : "label ",
                   s->label);
    break;
  }
}

static void block(Dump *d, const Block *b) {
  d->indent += 2;
  for (const Stmt *s = b->first; s; s = s->next)
    statement(d, s);
  d->indent -= 2;
}

static void function(Dump *d, const Func *f, const char *what) {
  start(d);
  wf_buffer_format(d->out, "%s lines %u-%u%s\n", what,
                   (unsigned)f->line_defined, (unsigned)f->last_line,
                   f->vararg ? " vararg" : "");
  variables(d, f->params);
  block(d, &f->body);
}

void wf_ast_dump(const Func *f, Buffer *out) {
  Dump d = {out, 0};
  function(&d, f, "main");
}
