/* context.h: what every pass of one compilation shares: memory, names, the
 * way out on an error.
 *
 * One Compiler lives on the C stack of wf_compile. Memory comes in three
 * kinds, by how long it lives:
 *
 *   names    identifiers and string literals, interned: until the end
 *   pool     AST nodes and variables: until their function is generated
 *            (mark and release, so the AST of a function reuses the memory
 *            of its predecessor and stays in the cache)
 *   module   what is handed over
 *
 * Errors leave by one longjmp to wf_compile, which frees everything. */
#ifndef WEFT_COMPILER_CONTEXT_H
#define WEFT_COMPILER_CONTEXT_H

#include "compiler/compile.h"
#include "vm/base/arena.h"
#include "vm/base/buffer.h"
#include <setjmp.h>

struct Var;
struct Label;
struct Func;

/* An interned string. Two names are equal iff their pointers are. */
typedef struct Name Name;
struct Name {
  const char *bytes;
  uint32_t len;
  uint32_t token; /* the reserved word's token, or 0 */
  uint64_t key;   /* len <= 8: the bytes; else their hash */
  uint64_t hash;
  Name *next;           /* in its bucket */
  struct Var *binding;  /* innermost visible variable of this name */
  struct Label *label;  /* innermost visible label of this name */
  uint32_t const_owner; /* serial of the function that last used it as a */
  uint32_t const_index; /* constant, and the index it has there */
  const char *stored;   /* copy in the module, or NULL */
};

typedef struct PoolBlock PoolBlock;
struct PoolBlock {
  PoolBlock *next;
  char *end;
};
typedef struct Pool {
  PoolBlock *first, *current;
  char *cur, *end;
} Pool;
typedef struct PoolMark {
  PoolBlock *block;
  char *cur;
} PoolMark;

typedef struct Compiler Compiler;
struct Compiler {
  Pool pool;
  Arena names;
  Name **buckets;
  uint32_t nbuckets, nnames;
  uint64_t seed;
  Module module;
  const CompileOptions *options;
  Buffer *message;
  Buffer scratch; /* the lexer's strings with escapes */
  CompileStatus status;
  jmp_buf escape;
  const char *stack_base;
  size_t stack_budget;
  int level;
  /* What to do with a function whose body has been read: code generation, or
   * nothing when the AST itself is wanted. */
  void (*function_done)(Compiler *c, struct Func *f);
  bool keep_ast;
  bool copy_names; /* the source text moves */
  struct Func *func; /* innermost function being read */
  struct Lexer *lexer;
  struct Gen *gen;
};

/* Levels of nested statements, expressions and assignment targets. lua5.4
 * allows 200 C levels, three of which `load` itself takes. */
enum { MAX_LEVELS = 198 };

/* `stack_base` is an address in the frame of the entry function. */
void wf_context_init(Compiler *c, const CompileOptions *options,
                     Buffer *message, const char *stack_base);
void wf_context_free(Compiler *c);

NORETURN void wf_context_no_memory(Compiler *c);
/* Ends the compilation because the source of pieces gave up. */
NORETURN void wf_context_give_up(Compiler *c);
/* Ends the compilation with the message in c->message. */
NORETURN void wf_context_fail(Compiler *c);
/* Ends it with "chunk:line: text". */
NORETURN void wf_context_error(Compiler *c, uint32_t line, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
/* Starts c->message with "chunk:line: ". */
void wf_context_position(Compiler *c, uint32_t line);
NORETURN void wf_context_stack_overflow(Compiler *c);

void *wf_context_grow(Compiler *c, void *array, uint32_t *cap, size_t n,
                      size_t size);
/* `array` with room for at least `n` items of `size` bytes; *cap is its
 * capacity. Errors: does not return when memory is exhausted. */
static inline void *array_room(Compiler *c, void *array, uint32_t *cap,
                               size_t n, size_t size) {
  return LIKELY(n <= *cap) ? array : wf_context_grow(c, array, cap, n, size);
}
/* The name with these bytes, which must outlive the compilation unless `copy`.
 */
Name *wf_context_intern(Compiler *c, const char *bytes, size_t len, bool copy);
/* The name as a string of the module. */
ModString wf_context_store(Compiler *c, Name *name);
/* `size` bytes in the module's arena. */
void *wf_context_module_alloc(Compiler *c, size_t size);

void *wf_context_pool_refill(Compiler *c, size_t size);
static inline void *pool_alloc(Compiler *c, size_t size) {
  size = (size + 7) & ~(size_t)7;
  char *p = c->pool.cur;
  if (UNLIKELY((size_t)(c->pool.end - p) < size))
    return wf_context_pool_refill(c, size);
  c->pool.cur = p + size;
  return p;
}
static inline PoolMark pool_mark(Compiler *c) {
  return (PoolMark){c->pool.current, c->pool.cur};
}
static inline void pool_release(Compiler *c, PoolMark mark) {
  c->pool.current = mark.block;
  c->pool.cur = mark.cur;
  c->pool.end = mark.block->end;
}

/* Errors out when less than the budget of C stack is left. */
static inline void check_c_stack(Compiler *c) {
  if (c->stack_budget) {
    const char *here = __builtin_frame_address(0);
    size_t used = here < c->stack_base ? (size_t)(c->stack_base - here)
                                       : (size_t)(here - c->stack_base);
    if (UNLIKELY(used > c->stack_budget))
      wf_context_stack_overflow(c);
  }
}
static inline void enter_level(Compiler *c) {
  if (UNLIKELY(++c->level >= MAX_LEVELS))
    wf_context_stack_overflow(c);
  check_c_stack(c);
}
static inline void leave_level(Compiler *c) { c->level--; }

#endif
