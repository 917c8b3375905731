/* module.h: what the compiler hands over: plain C data in one arena.
 *
 *   Module --main--> ModFunction --children[]--> ModFunction ...
 *                      code[]   compact stack bytecode
 *                      consts[] integers, floats, strings
 *                      upvals[] where a closure finds its variables
 *                      lines    pc -> line      vars[] slot names by pc range
 *
 * Nothing here knows the GC heap. `wf_module_write`/`wf_module_read` are the
 * binary form of string.dump. */
#ifndef WEFT_MODULE_H
#define WEFT_MODULE_H

#include "vm/base/arena.h"
#include "vm/base/buffer.h"

typedef struct ModString {
  const char *bytes; /* NULL: absent (stripped) */
  uint32_t len;
} ModString;

typedef enum ModConstKind { MOD_INT, MOD_FLOAT, MOD_STRING } ModConstKind;
typedef struct ModConst {
  ModConstKind kind;
  union {
    int64_t i;
    double d;
    ModString s;
  } as;
} ModConst;

typedef struct ModUpval {
  ModString name;
  bool from_local; /* index is a slot of the enclosing function, else one of
                      its upvalues */
  uint16_t index;
} ModUpval;

/* A local variable: live in `slot` for pcs in [start, end). Hidden loop slots
 * are named "(for state)". Sorted by start, outer before inner. */
typedef struct ModVar {
  ModString name;
  uint16_t slot;
  uint32_t start, end;
} ModVar;

enum {
  MOD_VARARG = 1,      /* the function takes ... */
  MOD_NEEDS_CLOSE = 2  /* some local is captured or to-be-closed, or there is
                          a generic for: every return must close */
};
enum { MOD_NO_ENV = 0xFFFF };

typedef struct ModFunction ModFunction;
struct ModFunction {
  uint8_t *code;
  uint32_t code_size;
  ModConst *consts;
  uint32_t nconsts;
  ModFunction **children;
  uint32_t nchildren;
  ModUpval *upvals;
  uint16_t nupvals;
  uint16_t env_upval; /* upvalue GET_GLOBAL/SET_GLOBAL use, or MOD_NO_ENV */
  uint16_t nparams;
  uint16_t max_stack; /* deepest operand stack, parameters included */
  uint8_t flags;
  uint32_t line_defined, last_line; /* 0, 0 for a main chunk */
  uint8_t *lines; /* see wf_module_line; NULL when stripped */
  uint32_t lines_size;
  ModVar *vars;
  uint32_t nvars;
};

typedef struct Module {
  Arena arena; /* owns everything below */
  ModString source; /* chunk name as given to load: "@file", "=name", text */
  ModFunction *main; /* vararg; upvalue 0 is _ENV */
} Module;

enum {
  MAX_SLOTS = 254,   /* deepest operand stack of one function */
  MAX_LOCALS = 200,  /* active local variables of one function */
  MAX_UPVALS = 255
};

/* Source text that comes in pieces, on demand. next tells the next piece,
 * valid until it is called again (*len 0: the end), or returns false when
 * there is a reason to give up, which is the caller's business. */
typedef struct SourcePieces {
  bool (*next)(void *ud, const char **bytes, size_t *len);
  void *ud;
} SourcePieces;

/* Line table: a sequence of (varint pc delta, zigzag varint line delta), the
 * first relative to pc 0 and line_defined; an entry holds until the next. */
void wf_module_line_add(Buffer *lines, uint32_t *last_pc, uint32_t *last_line,
                        uint32_t pc, uint32_t line);
/* Line of the instruction at pc; 0 when there is no table. */
uint32_t wf_module_line(const uint8_t *lines, uint32_t size,
                        uint32_t line_defined, uint32_t pc);

void wf_module_init(Module *m);
void wf_module_free(Module *m);
/* Appends the binary form, with debug information left out when `strip`. */
void wf_module_write(const Module *m, bool strip, Buffer *out);
/* Reads a binary form into an initialised module. Allocates no more than the
 * remaining bytes justify. NULL on success, else why not (static text, e.g.
 * "truncated chunk", "bad binary format (version mismatch)"). Structure only:
 * the code is not trusted until wf_verify_module passed. */
const char *wf_module_read(Module *m, const uint8_t *bytes, size_t size);
/* First byte of a binary chunk, as Lua's ("\x1b"); the full signature differs
 * from PUC's. */
#define MODULE_SIGNATURE "\x1bWeft"
/* Listing of one function and its children: header, constants, one line per
 * instruction: offset, source line, opcode, operands, decoded comment. */
void wf_disasm_module(const Module *m, Buffer *out);
/* Hash of all code, constants and structure (not debug data): equal modules
 * give equal hashes in every dispatch mode. */
uint64_t wf_module_hash(const Module *m);

#endif
