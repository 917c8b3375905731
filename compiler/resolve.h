/* resolve.h: scopes, variables, upvalues, labels.
 *
 * Called by the parser as it reads: see ast.h for why. */
#ifndef WEFT_COMPILER_RESOLVE_H
#define WEFT_COMPILER_RESOLVE_H

#include "compiler/ast.h"
#include "compiler/lexer.h"

struct Scope {
  Scope *up;
  Block *block;
  Label *labels;       /* declared in this scope, newest first */
  uint32_t nactive;    /* variables of the function active at its start */
  uint32_t first_goto; /* pending ones at its start */
  bool is_loop, to_close;
};

/* A goto (name set) or break whose target has not been seen. */
typedef struct PendingGoto {
  Stmt *stmt;
  Name *name;
  uint32_t line, nactive;
} PendingGoto;

typedef struct Resolver {
  Compiler *c;
  Lexer *lx; /* for messages */
  Name *env; /* "_ENV" */
  Var env_var;
  Var **vars; /* declared variables of all open functions */
  uint32_t nvars, vars_cap;
  PendingGoto *gotos;
  uint32_t ngotos, gotos_cap;
} Resolver;

void wf_resolve_init(Resolver *r, Compiler *c, Lexer *lx);
void wf_resolve_free(Resolver *r);

/* Makes `f` the innermost function, with `scope` around parameters and body. */
void wf_resolve_open_func(Resolver *r, Func *f, Scope *scope);
void wf_resolve_open_scope(Resolver *r, Scope *scope, Block *block,
                           bool is_loop);
/* Errors: when it is a function's outermost scope, gotos without a label and
 * breaks outside of loops. */
void wf_resolve_close_scope(Resolver *r);

/* A new variable, not visible yet. name NULL: a hidden one, which only counts
 * towards the limit. Errors: more than MAX_LOCALS. */
Var *wf_resolve_declare(Resolver *r, Name *name);
/* Makes the oldest invisible variable visible. */
void wf_resolve_activate(Resolver *r);
/* The scope has a to-be-closed variable. */
void wf_resolve_mark_to_close(Resolver *r);

/* The expression a name stands for: a constant, local, upvalue, global or
 * field of a local _ENV. */
Expr *wf_resolve_name(Resolver *r, Name *name);
/* Notes an assignment. Errors: target is a constant. */
void wf_resolve_assign(Resolver *r, Expr *target);

void wf_resolve_break(Resolver *r, Stmt *stmt);
void wf_resolve_goto(Resolver *r, Stmt *stmt, Name *name);
/* Label at the current position. Errors: a visible one of that name, a goto
 * into the scope of a local. */
Label *wf_resolve_label(Resolver *r, Name *name, uint32_t line, bool at_end);

/* "too many <what> (limit is <limit>) in <function> near 'tok'" when n exceeds
 * the limit. */
void wf_resolve_check_limit(Resolver *r, const Func *f, uint32_t n,
                            uint32_t limit, const char *what);

#endif
