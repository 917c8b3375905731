/* compiler.c: from text to a module, phase by phase: `lex`, `parse` (which
 * lexes and resolves) and `compile` (all of it and code generation), in bytes
 * of text; `write_read` in bytes of the binary form. Items: tokens and
 * instructions of the compact code. */
#include "bench/native/names.h"
#include "bench/native/texts.h"
#include "compiler/parser.h"
#include "vm/base/alloc.h"
#include <stdlib.h>

/* ---- text to module ------------------------------------------------------ */

static void no_code(Compiler *c, Func *f) {
  (void)c;
  (void)f;
}

/* One pass over a text; false when it is not right. */
static bool lex_or_parse(const Buffer *text, bool parse, int64_t *tokens) {
  Parser p = {0};
  Compiler c;
  Buffer message;
  wf_buffer_init(&message);
  wf_context_init(&c, &texts_options, &message, __builtin_frame_address(0));
  p.c = &c;
  c.function_done = no_code;
  wf_resolve_init(&p.rs, &c, &p.lx);
  bool good = !setjmp(c.escape);
  if (good) {
    wf_lexer_init(&p.lx, &c, text->data, text->len);
    if (parse)
      wf_parser_chunk(&p);
    else
      for (; p.lx.tok.kind != TK_EOS; ++*tokens)
        wf_lexer_next(&p.lx);
  }
  for (Func *f = c.func; f; f = f->up)
    wf_alloc_free(f->upvals);
  wf_resolve_free(&p.rs);
  wf_module_free(&c.module);
  wf_context_free(&c);
  wf_buffer_free(&message);
  return good;
}

static void text_phase(GbState *s, bool parse) {
  const Texts *t = texts_get(s);
  if (!t)
    return;
  int64_t tokens = 0;
  GB_LOOP(s) {
    for (int i = 0; i < t->n; i++)
      if (!lex_or_parse(&t->source[i], parse, &tokens))
        abort(); /* texts_get has compiled it */
  }
  gb_set_bytes(s, gb_iterations(s) * t->bytes);
  if (!parse)
    gb_set_items(s, tokens);
}

static void lex(GbState *s, void *ud) {
  (void)ud;
  text_phase(s, false);
}

static void parse_text(GbState *s, void *ud) {
  (void)ud;
  text_phase(s, true);
}

static void compile(GbState *s, void *ud) {
  (void)ud;
  const Texts *t = texts_get(s);
  if (!t)
    return;
  Buffer message;
  wf_buffer_init(&message);
  GB_LOOP(s) {
    for (int i = 0; i < t->n; i++) {
      Module m;
      if (wf_compile(t->source[i].data, t->source[i].len, &texts_options, &m,
                     &message) != COMPILE_OK)
        abort(); /* texts_get has compiled it */
      wf_module_free(&m);
    }
  }
  wf_buffer_free(&message);
  gb_set_bytes(s, gb_iterations(s) * t->bytes);
  gb_set_items(s, gb_iterations(s) * t->instructions);
}

/* ---- modules ------------------------------------------------------------- */

static void write_read(GbState *s, void *ud) {
  (void)ud;
  const Texts *t = texts_get(s);
  if (!t)
    return;
  Buffer out;
  wf_buffer_init(&out);
  int64_t written = 0;
  const char *why = NULL;
  GB_LOOP(s) {
    for (int i = 0; i < t->n; i++) {
      Module m;
      out.len = 0;
      wf_module_write(&t->module[i], false, &out);
      written += (int64_t)out.len;
      wf_module_init(&m);
      const char *problem =
          wf_module_read(&m, (const uint8_t *)out.data, out.len);
      if (problem)
        why = problem;
      wf_module_free(&m);
    }
  }
  wf_buffer_free(&out);
  if (why)
    gb_fail(s, why);
  gb_set_bytes(s, written);
}

void bench_compiler(void) {
  names_register("compiler", "lex", lex, NULL);
  names_register("compiler", "parse", parse_text, NULL);
  names_register("compiler", "compile", compile, NULL);
  names_register("compiler", "write_read", write_read, NULL);
}
