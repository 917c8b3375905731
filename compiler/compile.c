/* compile.c: the entry points.
 *
 *   source -> tokens -> (scopes, folding) -> AST of one function ->
 * instructions
 *          -> bytes, function by function, innermost first
 *
 * The only setjmp of the compiler is here. */
#include "compiler/codegen.h"
#include "compiler/parser.h"
#include "vm/base/alloc.h"
#include <string.h>

typedef struct Session {
  Compiler c;
  Parser p;
  Emit e;
  Gen g;
} Session;

static void nothing(Compiler *c, Func *f) {
  (void)c;
  (void)f;
}

static Func *run(Session *s, const char *source, size_t len) {
  Compiler *c = &s->c;
  wf_resolve_init(&s->p.rs, c, &s->p.lx);
  wf_lexer_init(&s->p.lx, c, source, len);
  return wf_parser_chunk(&s->p);
}

static void end(Session *s) {
  for (Func *f = s->c.func; f; f = f->up)
    wf_alloc_free(f->upvals);
  wf_resolve_free(&s->p.rs);
  wf_emit_free(&s->e);
  wf_codegen_free(&s->g);
  wf_context_free(&s->c);
  wf_lexer_free(&s->p.lx);
}

static void store_source(Compiler *c, const CompileOptions *options) {
  Module *m = &c->module;
  m->source.bytes =
      wf_arena_copy(&m->arena, options->chunk_name, options->chunk_name_len);
  m->source.len = (uint32_t)options->chunk_name_len;
  if (!m->source.bytes)
    wf_context_no_memory(c);
}

/* Runs the passes; where errors come back to. */
static CompileStatus guarded(Session *s, const char *source, size_t len,
                             Buffer *dump) {
  Compiler *c = &s->c;
  if (setjmp(c->escape))
    return c->status;
  store_source(c, c->options);
  Func *main = run(s, source, len);
  c->module.main = main->proto;
  if (dump)
    wf_ast_dump(main, dump);
  return COMPILE_OK;
}

/* Compiles, or only parses and dumps when `dump`. */
static CompileStatus compile(const char *source, size_t len,
                             const CompileOptions *options, Module *out,
                             Buffer *dump, Buffer *message) {
  Session s;
  wf_context_init(&s.c, options, message, __builtin_frame_address(0));
  s.p = (Parser){.c = &s.c};
  wf_emit_init(&s.e, &s.c);
  wf_codegen_init(&s.g, &s.c, &s.e);
  s.c.function_done = dump ? nothing : wf_codegen_function;
  s.c.keep_ast = dump;
  message->len = 0;
  CompileStatus status = guarded(&s, source, len, dump);
  if (status == COMPILE_OK && out)
    *out = s.c.module;
  else
    wf_module_free(&s.c.module);
  end(&s);
  return status;
}

CompileStatus wf_compile(const char *source, size_t len,
                         const CompileOptions *options, Module *out,
                         Buffer *message) {
  return compile(source, len, options, out, NULL, message);
}

CompileStatus wf_compile_dump_ast(const char *source, size_t len,
                                  const CompileOptions *options, Buffer *out,
                                  Buffer *message) {
  return compile(source, len, options, NULL, out, message);
}
