/* codegen.h: syntax trees to instructions. */
#ifndef WEFT_COMPILER_CODEGEN_H
#define WEFT_COMPILER_CODEGEN_H

#include "compiler/ast.h"
#include "compiler/emit.h"

/* A variable on the stack, innermost last. */
typedef struct GenVar {
  uint32_t slot;
  uint32_t number; /* of emit.h */
  bool close;      /* CLOSE before it is dropped */
} GenVar;

typedef struct Gen Gen;
typedef struct GenBlock GenBlock;
struct GenBlock {
  GenBlock *up;
  const Block *block;
  uint32_t base;  /* depth outside of it */
  uint32_t depth; /* with the locals declared so far */
  uint32_t first_var;
  bool is_loop;
  uint32_t break_label, break_depth;
};

struct Gen {
  Compiler *c;
  Emit *e;
  GenBlock *block;
  GenVar *vars;
  uint32_t nvars, vars_cap;
  const Expr **spine; /* see gen_expr.c */
  uint32_t nspine, spine_cap;
};

/* `e` and `g` serve one compilation; both are the caller's. */
void wf_codegen_init(Gen *g, Compiler *c, Emit *e);
void wf_codegen_free(Gen *g);
/* Generates f->proto. Fits Compiler.function_done. */
void wf_codegen_function(Compiler *c, Func *f);

/* gen_expr.c */

/* Pushes the one value of an expression. */
void wf_gen_expr(Gen *g, const Expr *e);
/* Jumps to the label if the truth of e is `sense`, pushing nothing; `line` is
 * where the text asks for its truth. */
void wf_gen_expr_jump(Gen *g, const Expr *e, bool sense, uint32_t label,
                      uint32_t line);
/* Pushes exactly `want` values of a list. */
void wf_gen_expr_list(Gen *g, const Expr *list, uint32_t want, uint32_t line);
/* Pushes all values; returns how many lie on the stack, *open: followed by a
 * multi result. */
uint32_t wf_gen_expr_list_all(Gen *g, const Expr *list, bool *open);
/* A call as statement. */
void wf_gen_expr_call_statement(Gen *g, const Expr *e);
/* `return f(...)` in one go. */
void wf_gen_expr_tail_call(Gen *g, const Expr *e);

#endif
