/* str_dump.c: string.dump: a prototype becomes a module again and is written
 * by wf_module_write.
 *
 * The prototype still holds the compact bytecode it was loaded from, so the
 * module only points at its arrays; what has another form there (constants,
 * names, children) is rebuilt in the module's arena. */
#include "vm/lib/str_dump.h"
#include "vm/bytecode/module.h"
#include "vm/lib/arg.h"

typedef struct Dumper {
  Arena *arena;
  bool failed; /* out of memory */
} Dumper;

static void *get(Dumper *d, size_t n, size_t size) {
  void *p = wf_arena_alloc(d->arena, n * size + 1);
  d->failed |= !p;
  return p;
}

static ModString mod_string(const String *s) {
  return s ? (ModString){s->bytes, s->len} : (ModString){NULL, 0};
}

static ModConst mod_const(Value v) {
  if (value_is_int(v))
    return (ModConst){.kind = MOD_INT, .as.i = value_as_int(v)};
  if (value_is_float(v))
    return (ModConst){.kind = MOD_FLOAT, .as.d = value_as_float(v)};
  return (ModConst){.kind = MOD_STRING, .as.s = mod_string(value_as_string(v))};
}

static ModFunction *mod_function(Dumper *d, const Proto *p) {
  ModFunction *f = get(d, 1, sizeof *f);
  ModConst *consts = get(d, p->nconsts, sizeof *consts);
  ModFunction **children = get(d, p->nchildren, sizeof *children);
  ModUpval *upvals = get(d, p->nupvals, sizeof *upvals);
  ModVar *vars = get(d, p->nvars, sizeof *vars);
  if (d->failed)
    return NULL;
  for (uint32_t i = 0; i < p->nconsts; i++)
    consts[i] = mod_const(p->consts[i]);
  for (uint32_t i = 0; i < p->nupvals; i++)
    upvals[i] = (ModUpval){.name = mod_string(p->upvals[i].name),
                           .from_local = p->upvals[i].from_local,
                           .index = p->upvals[i].index};
  for (uint32_t i = 0; i < p->nvars; i++)
    vars[i] = (ModVar){.name = mod_string(p->vars[i].name),
                       .slot = p->vars[i].slot,
                       .start = p->vars[i].start,
                       .end = p->vars[i].end};
  for (uint32_t i = 0; i < p->nchildren && !d->failed; i++)
    children[i] = mod_function(d, p->children[i]);
  *f = (ModFunction){.code = p->bytecode,
                     .code_size = p->bytecode_size,
                     .consts = consts,
                     .nconsts = p->nconsts,
                     .children = children,
                     .nchildren = p->nchildren,
                     .upvals = upvals,
                     .nupvals = p->nupvals,
                     .env_upval = p->env_upval,
                     .nparams = p->nparams,
                     .max_stack = p->max_stack,
                     .flags = p->flags,
                     .line_defined = p->line_defined,
                     .last_line = p->last_line,
                     .lines = p->lines,
                     .lines_size = p->lines_size,
                     .vars = vars,
                     .nvars = p->nvars};
  return f;
}

int wf_str_dump_native(Thread *L) {
  wf_native_check_type(L, 1, TYPE_FUNCTION);
  bool strip = arg_truth(L, 2);
  Function *f = value_as_function(L->base[0]);
  if (function_is_native(f))
    wf_error_format(L, "unable to dump given function");
  Buffer *b = wf_native_buffer(L);
  Module module;
  wf_module_init(&module);
  Dumper d = {.arena = &module.arena};
  module.source = mod_string(f->of.proto->source);
  module.main = mod_function(&d, f->of.proto);
  if (!d.failed)
    wf_module_write(&module, strip, b);
  wf_module_free(&module);
  if (d.failed)
    wf_error_memory(L->vm);
  wf_native_buffer_push(L, b);
  return 1;
}
