/* fold.c: constant folding, exactly where C Lua folds.
 *
 * Only numbers are folded, never strings. A result that is NaN or a float zero
 * is left to run time (constants have no NaN, and 0.0 and -0.0 must not be
 * confused), as is everything that would raise an error: division by zero and
 * bit operations on floats without an integer value. */
#include "compiler/fold.h"
#include "vm/base/numeral.h"
#include <math.h>

static bool is_number(const Expr *e) {
  return e->kind == E_INT || e->kind == E_FLOAT;
}
static double as_float(const Expr *e) {
  return e->kind == E_INT ? (double)e->lit.as.i : e->lit.as.d;
}
static bool as_int(const Expr *e, int64_t *out) {
  if (e->kind == E_FLOAT)
    return numeral_float_to_int(e->lit.as.d, out);
  *out = e->lit.as.i;
  return true;
}

static int64_t shift_left(int64_t a, int64_t n) {
  if (n <= -64 || n >= 64)
    return 0;
  return n >= 0 ? (int64_t)((uint64_t)a << n) : (int64_t)((uint64_t)a >> -n);
}

static int64_t floor_div(int64_t a, int64_t b) {
  if (b == -1)
    return (int64_t)(0 - (uint64_t)a);
  int64_t q = a / b;
  return q - (a % b != 0 && (a ^ b) < 0);
}

static int64_t floor_mod(int64_t a, int64_t b) {
  if (b == -1)
    return 0;
  int64_t r = a % b;
  return r != 0 && (r ^ b) < 0 ? r + b : r;
}

static double float_mod(double a, double b) {
  double r = fmod(a, b);
  return (r > 0) ? (b < 0 ? r + b : r) : (r < 0 && b > 0 ? r + b : r);
}

static bool set_int(Expr *e, int64_t i) {
  e->kind = E_INT;
  e->flags = 0;
  e->lit.as.i = i;
  return true;
}
static bool set_float(Expr *e, double d) {
  if (d != d || d == 0)
    return false;
  e->kind = E_FLOAT;
  e->flags = 0;
  e->lit.as.d = d;
  return true;
}

static bool fold_bits(Opcode op, Expr *e, const Expr *right) {
  int64_t a, b;
  if (!as_int(e, &a) || !as_int(right, &b))
    return false;
  switch (op) {
  case OP_BAND:
    return set_int(e, a & b);
  case OP_BOR:
    return set_int(e, a | b);
  case OP_BXOR:
    return set_int(e, a ^ b);
  case OP_SHL:
    return set_int(e, shift_left(a, b));
  default:
    return set_int(e, b == INT64_MIN ? 0 : shift_left(a, -b));
  }
}

static bool fold_ints(Opcode op, Expr *e, int64_t b) {
  int64_t a = e->lit.as.i;
  switch (op) {
  case OP_ADD:
    return set_int(e, (int64_t)((uint64_t)a + (uint64_t)b));
  case OP_SUB:
    return set_int(e, (int64_t)((uint64_t)a - (uint64_t)b));
  case OP_MUL:
    return set_int(e, (int64_t)((uint64_t)a * (uint64_t)b));
  case OP_IDIV:
    return b != 0 && set_int(e, floor_div(a, b));
  default:
    return b != 0 && set_int(e, floor_mod(a, b));
  }
}

static bool fold_floats(Opcode op, Expr *e, double b) {
  double a = as_float(e);
  switch (op) {
  case OP_ADD:
    return set_float(e, a + b);
  case OP_SUB:
    return set_float(e, a - b);
  case OP_MUL:
    return set_float(e, a * b);
  case OP_DIV:
    return b != 0 && set_float(e, a / b);
  case OP_POW:
    return set_float(e, b == 2 ? a * a : pow(a, b));
  case OP_IDIV:
    return b != 0 && set_float(e, floor(a / b));
  default:
    return b != 0 && set_float(e, float_mod(a, b));
  }
}

bool wf_fold_binary(Opcode op, Expr *left, const Expr *right) {
  if (!is_number(left) || !is_number(right))
    return false;
  if (op >= OP_BAND && op <= OP_SHR)
    return fold_bits(op, left, right);
  if (left->kind == E_INT && right->kind == E_INT && op != OP_DIV &&
      op != OP_POW)
    return fold_ints(op, left, right->lit.as.i);
  return fold_floats(op, left, as_float(right));
}

bool wf_fold_unary(Opcode op, Expr *e) {
  int64_t i;
  if (!is_number(e))
    return false;
  if (op == OP_BNOT)
    return as_int(e, &i) && set_int(e, ~i);
  if (e->kind == E_INT)
    return set_int(e, (int64_t)(0 - (uint64_t)e->lit.as.i));
  return set_float(e, -e->lit.as.d);
}

bool wf_fold_not(Expr *e) {
  if (!expr_is_constant(e))
    return false;
  e->kind = e->kind <= E_FALSE ? E_TRUE : E_FALSE;
  e->flags = 0;
  return true;
}
