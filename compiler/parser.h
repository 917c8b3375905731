/* parser.h: tokens to resolved, folded syntax trees. */
#ifndef WEFT_COMPILER_PARSER_H
#define WEFT_COMPILER_PARSER_H

#include "compiler/ast.h"
#include "compiler/lexer.h"
#include "compiler/resolve.h"

typedef struct Parser {
  Compiler *c;
  Lexer lx;
  Resolver rs;
  uint32_t calls;   /* calls read so far */
  uint32_t waiting; /* values of unfinished lists and calls, this function's */
} Parser;

/* Reads a whole chunk, handing every function to c->function_done as its end
 * is reached, the main function last, which is returned (in the pool). */
Func *wf_parser_chunk(Parser *p);

/* parse_expr.c */
Expr *wf_parse_expr(Parser *p);
/* The last token read makes the value of condition e necessary. */
void wf_parse_expr_settle(Parser *p, Expr *e);
/* A list of expressions; *n is their number, *last the last one. */
Expr *wf_parse_expr_list(Parser *p, uint32_t *n, Expr **last);
/* A prefix expression with its calls and indexes. */
Expr *wf_parse_expr_suffixed(Parser *p);
/* left.name, the current token being the name. */
Expr *wf_parse_expr_field(Parser *p, Expr *left);

/* parser.c: parameters, body and `end` of a function whose `function` token
 * was on `line`; `self` is the hidden first parameter of methods. */
Expr *wf_parser_function(Parser *p, bool method, uint32_t line);

/* Tokens */

static inline bool at(const Parser *p, int kind) {
  return p->lx.tok.kind == kind;
}
static inline void advance(Parser *p) { wf_lexer_next(&p->lx); }
static inline bool accept(Parser *p, int kind) {
  if (!at(p, kind))
    return false;
  advance(p);
  return true;
}
NORETURN void wf_parser_expected(Parser *p, int kind);
static inline void expect(Parser *p, int kind) {
  if (UNLIKELY(!at(p, kind)))
    wf_parser_expected(p, kind);
  advance(p);
}
static inline Name *expect_name(Parser *p) {
  if (UNLIKELY(!at(p, TK_NAME)))
    wf_parser_expected(p, TK_NAME);
  Name *name = p->lx.tok.as.name;
  advance(p);
  return name;
}
/* Expects the token that closes `open`, which was on `line`. */
void wf_parser_close(Parser *p, int close, int open, uint32_t line);

#endif
