/* ast.h: the syntax tree, already resolved and folded.
 *
 * The parser resolves names and folds constants as it builds nodes, for two
 * reasons: C Lua reports the first error of the text, be it of syntax or of
 * scope, and whether a name is a compile-time constant decides what the
 * following text means. What can only be known later (is this local captured?
 * assigned?) is written into the Var, which code generation reads after the
 * whole function has been seen.
 *
 * Chains that grow with the length of a text are flat: `a and b and c`,
 * `a..b..c` are one node with a list, operands of left-associative operators,
 * prefixes of calls and indexes hang on `left` and are walked by loops. So
 * recursion over the tree is bounded by the parser's nesting limit.
 *
 * An expression's `line` is the line C Lua would give its instruction. */
#ifndef WEFT_COMPILER_AST_H
#define WEFT_COMPILER_AST_H

#include "compiler/context.h"
#include "vm/bytecode/opcode.h"

typedef struct Expr Expr;
typedef struct Stmt Stmt;
typedef struct Var Var;
typedef struct Label Label;
typedef struct Func Func;

typedef enum Attrib { ATTRIB_NONE, ATTRIB_CONST, ATTRIB_CLOSE } Attrib;

struct Var {
  Name *name; /* NULL: a hidden loop variable */
  Func *func;
  Var *shadowed; /* binding of the same name that this one hides */
  Var *next;     /* declared by the same statement */
  Expr *value;   /* compile-time constant, which takes no slot; or NULL */
  uint16_t slot; /* set by code generation */
  uint8_t attrib;
  bool captured, assigned;
};

// clang-format off
typedef enum ExprKind {
  /* constants, in this order first */
  E_NIL, E_FALSE, E_TRUE, E_INT, E_FLOAT, E_STRING,
  E_VARARG, E_FUNCTION, E_TABLE,
  E_LOCAL, E_UPVAL,
  E_GLOBAL, /* name in the function's environment upvalue */
  /* these have `left` */
  E_FIELD, /* left.name */
  E_INDEX, /* left[right] */
  E_SELF,  /* left:name, only as callee */
  E_CALL,  /* left(right...) */
  E_BINARY,
  E_COMPARE,
  /* chains: a list of at least two operands */
  E_AND, E_OR, E_CONCAT,
  E_UNARY, /* E_NOT is apart: conditions absorb it */
  E_NOT,
  E_PAIR /* [left] = right, only in a table */
} ExprKind;
// clang-format on

enum {
  EXPR_PAREN = 1,    /* written in parentheses: one value, not assignable */
  EXPR_CONST_VAR = 2 /* a constant that was the name of as.lit.var */
};

typedef struct Table {
  Expr *items; /* positional items themselves, others as E_PAIR */
  uint32_t npositional, nfields; /* nfields: string keys */
  bool has_computed;             /* some key is no string constant */
  uint32_t end_line;
} Table;

/* Variables of the enclosing function a closure captures directly. */
typedef struct Capture {
  Var *var;
  uint32_t upval;
} Capture;
typedef struct Closure {
  ModFunction *proto; /* NULL when the AST is kept */
  Func *func;         /* only when the AST is kept */
  uint32_t ncaptures;
  Capture captures[];
} Closure;

struct Expr {
  uint8_t kind, op, flags; /* op: Opcode of E_BINARY, E_COMPARE, E_UNARY */
  uint8_t test; /* operand of and, or: lines from `line` to the operator */
  uint32_t line;
  Expr *next; /* in the one list it belongs to */
  union {
    struct {
      union {
        int64_t i;
        double d;
        Name *name;
      } as;
      Var *var;
    } lit;
    struct {
      Expr *left;
      union {
        Expr *right;
        Name *name;
      };
    };
    struct {
      Expr *first, *last;
    } chain;
    Var *local;
    struct {
      Var *var;
      uint32_t index;
    } upval;
    Name *global;
    Table *table;
    Closure *closure;
  };
};

typedef struct Block {
  Stmt *first;
  uint32_t end_line; /* of its last token */
} Block;

struct Label {
  Name *name;
  Label *shadowed, *next; /* next: declared in the same scope */
  Func *func;
  Block *block;
  uint32_t line;
  uint32_t nactive; /* variables active where it is */
  bool at_end;      /* ends its block: outside of the scope of its locals */
  bool used;
  /* code generation */
  bool placed;
  uint16_t depth;
  uint32_t id; /* of emit.h, plus 1 */
};

typedef struct Clause Clause;
struct Clause {
  Expr *cond; /* NULL: else */
  Block body;
  uint32_t line; /* of `then` */
  Clause *next;
};

// clang-format off
typedef enum StmtKind {
  S_LOCAL, S_ASSIGN, S_CALL, S_DO, S_WHILE, S_REPEAT, S_IF, S_FOR_NUM,
  S_FOR_IN, S_LOCAL_FUNCTION, S_RETURN, S_BREAK, S_GOTO, S_LABEL
} StmtKind;
// clang-format on

struct Stmt {
  uint8_t kind;
  bool flag;     /* S_ASSIGN: the right side calls; S_RETURN: in the scope of a
                    to-be-closed variable */
  uint32_t line; /* of the statement's own instructions */
  Stmt *next;
  union {
    struct {
      Var *vars, *to_close;
      Expr *exprs;
    } local;
    struct {
      Expr *targets, *exprs;
    } assign;
    Expr *call;
    Block body; /* S_DO */
    struct {
      Expr *cond;
      Block body;
      uint32_t cond_line; /* of the condition's last token */
    } loop; /* S_WHILE, S_REPEAT */
    Clause *clauses;
    struct {
      Var *vars;
      Expr *exprs;
      Block body;
      uint32_t prep_line, end_line;
    } for_;
    struct {
      Var *var;
      Expr *func;
    } local_function;
    Expr *results;
    Label *target; /* S_GOTO */
    Label *label;
  };
};

/* An upvalue while its function is being read. */
typedef struct Upval {
  Var *var; /* the variable itself, however far out */
  Name *name;
  bool from_local;
  uint16_t index; /* of the enclosing function's upvalue, unless from_local */
} Upval;

typedef struct Scope Scope;
struct Func {
  Func *up;
  Scope *scope;
  Upval *upvals;
  uint32_t nupvals, upvals_cap;
  uint32_t first_var; /* in the resolver's stack of declared variables */
  uint32_t nactive;
  Var *params;
  Block body;
  uint32_t line_defined, last_line;
  uint32_t return_line; /* of the final return */
  uint16_t nparams;
  uint16_t env_upval; /* or MOD_NO_ENV */
  bool vararg, needs_close;
  ModFunction *proto; /* made by code generation */
};

static inline bool expr_is_constant(const Expr *e) {
  return e->kind <= E_STRING;
}
static inline bool expr_has_left(const Expr *e) {
  return e->kind >= E_FIELD && e->kind <= E_COMPARE;
}
/* May give any number of values. */
static inline bool expr_is_multi(const Expr *e) {
  return (e->kind == E_CALL || e->kind == E_VARARG) && !(e->flags & EXPR_PAREN);
}

static inline Expr *expr_new(Compiler *c, ExprKind kind, uint32_t line) {
  Expr *e = pool_alloc(c, sizeof *e);
  e->kind = (uint8_t)kind;
  e->op = 0;
  e->flags = e->test = 0;
  e->line = line;
  e->next = NULL;
  return e;
}
static inline Expr *expr_new_left(Compiler *c, ExprKind kind, Expr *left,
                                  uint32_t line) {
  Expr *e = expr_new(c, kind, line);
  e->left = left;
  return e;
}

/* Appends a readable tree of the function. */
void wf_ast_dump(const Func *f, Buffer *out);

#endif
