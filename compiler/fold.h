/* fold.h: operations on constants done at compile time. */
#ifndef WEFT_COMPILER_FOLD_H
#define WEFT_COMPILER_FOLD_H

#include "compiler/ast.h"

/* The operation on two constants, in `left`; false when it has to be left to
 * run time, and nothing changed. */
bool wf_fold_binary(Opcode op, Expr *left, const Expr *right);
/* As above for OP_NEG and OP_BNOT. */
bool wf_fold_unary(Opcode op, Expr *e);
/* `not e` for any constant, in e; false otherwise. */
bool wf_fold_not(Expr *e);
/* 1 when e is always true, 0 when always false, -1 when that is not known. */
static inline int fold_truth(const Expr *e) {
  return expr_is_constant(e) ? e->kind > E_FALSE : -1;
}

#endif
