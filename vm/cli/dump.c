/* dump.c: listings of a chunk. The tree and the compact code come straight
 * from the compiler, unverified: they are there to look at when it errs. The
 * linked code and the sizes need prototypes. */
#include "vm/cli/dump.h"
#include "compiler/compile.h"
#include "vm/base/alloc.h"
#include "vm/bytecode/walk.h"
#include "vm/exec/loadchunk.h"
#include "vm/load/link.h"
#include "vm/load/linkdump.h"
#include "vm/load/load.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

/* ---- from the compiler --------------------------------------------------- */

typedef struct Listing {
  const char *source, *name;
  size_t len;
  Buffer out, message;
} Listing;

static bool is_binary(const Listing *l) {
  return l->len > 0 && l->source[0] == MODULE_SIGNATURE[0];
}

/* The functions below return NULL on success, else what went wrong. */

static const char *status_text(Listing *l, CompileStatus status) {
  switch (status) {
  case COMPILE_OK:
    return NULL;
  case COMPILE_SYNTAX:
    return wf_buffer_cstr(&l->message);
  default:
    return "not enough memory";
  }
}

static const char *list_ast(Listing *l) {
  if (is_binary(l))
    return "a binary chunk has no syntax tree";
  CompileOptions options = {l->name, strlen(l->name), 0, NULL};
  return status_text(l, wf_compile_dump_ast(l->source, l->len, &options,
                                            &l->out, &l->message));
}

static const char *list_bytecode(Listing *l) {
  Module m;
  wf_module_init(&m);
  CompileOptions options = {l->name, strlen(l->name), 0, NULL};
  const char *why = is_binary(l)
                        ? wf_module_read(&m, (const uint8_t *)l->source, l->len)
                        : status_text(l, wf_compile(l->source, l->len, &options,
                                                    &m, &l->message));
  if (!why)
    wf_disasm_module(&m, &l->out);
  wf_module_free(&m);
  return why;
}

/* Reads the file and prints what `list` makes of it. */
static bool print_listing(Thread *L, const char *filename,
                          const char *(*list)(Listing *)) {
  Buffer text, name;
  Listing l = {0};
  size_t start = 0;
  wf_buffer_init(&text);
  wf_buffer_init(&name);
  wf_buffer_init(&l.out);
  wf_buffer_init(&l.message);
  wf_buffer_format(&name, filename ? "@%s" : "=stdin", filename);
  l.name = wf_buffer_cstr(&name);
  const char *why = NULL;
  const char *step = wf_loadchunk_read(&text, filename, &start);
  if (step) {
    wf_buffer_format(&l.message, "cannot %s %s: %s", *step ? step : "hold",
                     l.name + 1, strerror(errno));
    why = wf_buffer_cstr(&l.message);
  } else {
    l.source = text.data + start;
    l.len = text.len - start;
    why = list(&l);
  }
  if (!why && l.out.failed)
    why = "not enough memory";
  if (why)
    wf_native_push_cstr(L, why);
  else
    fwrite(l.out.data, 1, l.out.len, stdout);
  wf_buffer_free(&text);
  wf_buffer_free(&name);
  wf_buffer_free(&l.out);
  wf_buffer_free(&l.message);
  return why == NULL;
}

/* ---- from prototypes ----------------------------------------------------- */

/* Calls visit for p and all prototypes in it, outer ones first. */
static void walk_protos(Proto *p, void (*visit)(Proto *p, void *ud), void *ud) {
  Proto *path[MODULE_MAX_DEPTH + 1] = {p};
  uint32_t next[MODULE_MAX_DEPTH + 1] = {0};
  visit(p, ud);
  for (int depth = 0; depth >= 0;) {
    uint32_t i = next[depth]++;
    if (i == path[depth]->nchildren) {
      depth--;
      continue;
    }
    Proto *child = path[depth]->children[i];
    visit(child, ud);
    path[++depth] = child;
    next[depth] = 0;
  }
}

/* "main chunk" or "function <first line,last line>" */
static void function_name(const Proto *p, char out[64]) {
  if (p->line_defined > 0)
    snprintf(out, 64, "function <%" PRIu32 ",%" PRIu32 ">", p->line_defined,
             p->last_line);
  else
    strcpy(out, "main chunk");
}

/* ---- linked code --------------------------------------------------------- */

typedef struct LinkedDump {
  Thread *L;
  FunctionWalk walk; /* of the module, in step with the prototypes */
  SourceLines source;
  bool failed; /* memory */
} LinkedDump;

static void print_linked(Proto *p, void *ud) {
  LinkedDump *d = ud;
  Buffer *out = wf_native_buffer(d->L);
  const ModFunction *f = walk_next(&d->walk);
  if (d->walk.depth > 0)
    putchar('\n');
  wf_linkdump_function(d->L, p, f, &d->source, out);
  d->failed |= out->failed;
  fwrite(out->data, 1, out->len, stdout);
  wf_native_buffer_drop(d->L, out);
}

/* Finds the lines of a source text; without memory for that there are none. */
static void find_lines(SourceLines *s, const Buffer *text, size_t start) {
  s->text = text->data + start;
  s->len = text->len - start;
  uint32_t n = 1;
  for (size_t i = 0; i < s->len; i++)
    n += s->text[i] == '\n';
  s->starts = wf_alloc_get(n * sizeof *s->starts);
  if (!s->starts)
    return;
  s->starts[s->count++] = 0;
  for (size_t i = 0; i < s->len; i++)
    if (s->text[i] == '\n')
      s->starts[s->count++] = i + 1;
}

void wf_dump_linked(Thread *L, Proto *p, const char *filename) {
  LinkedDump d = {.L = L};
  Module m;
  wf_module_init(&m);
  Buffer text;
  wf_buffer_init(&text);
  size_t start = 0;
  /* the standard input is gone, and a binary chunk has no lines */
  if (filename && !wf_loadchunk_read(&text, filename, &start) &&
      text.len > start && text.data[start] != MODULE_SIGNATURE[0])
    find_lines(&d.source, &text, start);
  d.failed = !wf_load_export(p, &m);
  if (!d.failed) {
    walk_start(&d.walk, m.main);
    walk_protos(p, print_linked, &d);
  }
  wf_alloc_free(d.source.starts);
  wf_buffer_free(&text);
  wf_module_free(&m);
  if (d.failed)
    wf_error_memory(L->vm);
}

/* ---- sizes --------------------------------------------------------------- */

typedef struct Sizes {
  Thread *L;
  size_t functions, code, constants, lines, linked;
} Sizes;

static size_t varint_size(uint64_t v) {
  size_t n = 1;
  while (v >>= 7)
    n++;
  return n;
}

/* Bytes of a constant in the binary form of a chunk. */
static size_t constant_size(Value v) {
  enum { KIND = 1, FLOAT = 8 };
  if (value_is_float(v))
    return KIND + FLOAT;
  if (value_is_int(v)) {
    uint64_t i = (uint64_t)value_as_int(v);
    return KIND + varint_size(i >> 63 ? ~(i << 1) : i << 1);
  }
  uint64_t len = value_as_string(v)->len;
  return KIND + varint_size(len + 1) + len;
}

static void print_sizes(const char *name, size_t code, size_t constants,
                        size_t lines, size_t linked) {
  printf("%10zu %10zu %10zu %10zu  %s\n", code, constants, lines, linked, name);
}

static void add_sizes(Proto *p, void *ud) {
  Sizes *sum = ud;
  size_t constants = 0;
  for (uint32_t i = 0; i < p->nconsts; i++)
    constants += constant_size(p->consts[i]);
  if (!p->code)
    wf_link_proto(sum->L, p);
  char name[64];
  function_name(p, name);
  print_sizes(name, p->bytecode_size, constants, p->lines_size, p->code_size);
  sum->functions++;
  sum->code += p->bytecode_size;
  sum->constants += constants;
  sum->lines += p->lines_size;
  sum->linked += p->code_size;
}

static void print_all_sizes(Thread *L, Proto *p) {
  Sizes sum = {.L = L};
  printf("%10s %10s %10s %10s  bytes of\n", "code", "constants", "lines",
         "linked");
  walk_protos(p, add_sizes, &sum);
  char name[64];
  snprintf(name, sizeof name, "total, functions: %zu", sum.functions);
  print_sizes(name, sum.code, sum.constants, sum.lines, sum.linked);
}

bool wf_dump_file(Thread *L, DumpKind kind, const char *filename) {
  if (kind == DUMP_AST)
    return print_listing(L, filename, list_ast);
  if (kind == DUMP_BYTECODE)
    return print_listing(L, filename, list_bytecode);
  if (!wf_native_load_file(L, filename, NULL, VALUE_NIL))
    return false;
  Proto *p = value_as_function(L->top[-1])->of.proto;
  if (kind == DUMP_LINKED)
    wf_dump_linked(L, p, filename);
  else
    print_all_sizes(L, p);
  native_pop(L);
  return true;
}
