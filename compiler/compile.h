/* compile.h: the only header of the compiler others include.
 *
 * Source text to Module. Pure: no VM, no GC heap, no longjmp out of it; memory
 * comes from arenas freed before it returns (but for the module's own). */
#ifndef WEFT_COMPILE_H
#define WEFT_COMPILE_H

#include "vm/bytecode/module.h"

typedef enum CompileStatus {
  COMPILE_OK,
  COMPILE_SYNTAX, /* message says what and where, as lua5.4 prints it */
  COMPILE_MEMORY,
  COMPILE_GIVEN_UP /* by the source of pieces */
} CompileStatus;

typedef struct CompileOptions {
  const char *chunk_name; /* "@file", "=name" or the source text itself */
  size_t chunk_name_len;
  size_t c_stack_budget; /* bytes of C stack the parser may use; 0: 200 levels
                            only */
  const SourcePieces *more; /* the text after `source`, or NULL. Its next piece
                               is asked for when a token cannot be told from
                               the text so far */
} CompileOptions;

/* Compiles `len` bytes. On COMPILE_OK *out is filled (the caller frees it with
 * wf_module_free); otherwise *out is untouched and message (NUL-terminated
 * "chunk:line: text near 'x'") is set for COMPILE_SYNTAX.
 * Owns: message storage is the caller's initialised Buffer. */
CompileStatus wf_compile(const char *source, size_t len,
                         const CompileOptions *options, Module *out,
                         Buffer *message);
/* Text of the AST after resolve and fold, for --dump=ast. */
CompileStatus wf_compile_dump_ast(const char *source, size_t len,
                                  const CompileOptions *options, Buffer *out,
                                  Buffer *message);
#endif
