/* load.c: the way from a module (plain C data) to heap objects, and back.
 *
 * A prototype is one object plus one raw cell, its body:
 *
 *   Proto --body--> | consts | children | upvals | vars | bytecode | lines |
 *                     Value    Proto *    by decreasing alignment
 *
 * Functions are built in pre-order, each stored into its parent's children, so
 * there is no recursion. Allocation never collects, so half-built prototypes
 * need no roots, and all of them are new when the caller reaches the next
 * safepoint: no store here needs a barrier but that of env, which
 * wf_function_new_upval makes. An error on the way leaves unreachable cells.
 *
 * Code is not linked here but when a function is called first. */
#include "vm/load/load.h"
#include "vm/bytecode/walk.h"
#include "vm/gc/gc.h"
#include "vm/load/verify.h"
#include "vm/value/function.h"
#include "vm/value/string.h"
#include "vm/value/table.h"
#include <string.h>

/* ---- module to prototypes ------------------------------------------------ */

/* Marked if it may be large: those are white where other new objects are
 * black, and what it is stored into has no barrier. */
static String *made_string(VM *vm, ModString s) {
  String *made = wf_string_new(vm, s.bytes, s.len);
  if (s.len > STRING_SHORT_MAX)
    gc_barrier_root(vm, value_from_string(made));
  return made;
}
static String *new_string(VM *vm, ModString s) {
  return s.bytes ? made_string(vm, s) : NULL;
}

/* Long strings are not interned, but the constants of a chunk that share their
 * bytes in the module (the compiler interns them) shall be one object. `known`
 * maps the address of the bytes to it; made when needed. */
static Value long_string(VM *vm, ModString s, Table **known) {
  if (!*known)
    *known = wf_table_new(vm, 0, 0);
  Value at = value_from_light(s.bytes);
  Value v = wf_table_get(vm, *known, at);
  if (value_is_nil(v)) {
    v = value_from_string(made_string(vm, s));
    wf_table_set(vm, *known, at, v);
  }
  return v;
}

static Value constant_value(VM *vm, const ModConst *k, Table **known) {
  switch (k->kind) {
  case MOD_INT:
    return value_from_int(vm, k->as.i);
  case MOD_FLOAT:
    return value_from_float(k->as.d);
  case MOD_STRING:
    if (k->as.s.len > STRING_SHORT_MAX)
      return long_string(vm, k->as.s, known);
    return value_from_string(wf_string_new(vm, k->as.s.bytes, k->as.s.len));
  }
  UNREACHABLE();
}

/* Numbers of items have 32 bits, so the sum has no overflow in 64. */
_Static_assert(sizeof(size_t) == 8, "body sizes are not checked");

/* Allocates the body of f and points p's arrays into it; children are NULL. */
static void new_body(VM *vm, const ModFunction *f, Proto *p) {
  size_t consts = f->nconsts * sizeof(Value);
  size_t children = f->nchildren * sizeof(Proto *);
  size_t upvals = f->nupvals * sizeof(ProtoUpval);
  size_t vars = f->nvars * sizeof(ProtoVar);
  size_t lines = f->lines ? f->lines_size : 0;
  char *at = gc_alloc_raw(vm, consts + children + upvals + vars + f->code_size +
                                  lines);
  p->body = at;
  p->consts = (Value *)(void *)at;
  p->children = (Proto **)(void *)(at += consts);
  p->upvals = (ProtoUpval *)(void *)(at += children);
  p->vars = (ProtoVar *)(void *)(at += upvals);
  p->bytecode = (uint8_t *)(at += vars);
  p->lines = f->lines ? (uint8_t *)at + f->code_size : NULL;
  memset(p->children, 0, children);
  memcpy(p->bytecode, f->code, f->code_size);
  if (lines > 0)
    memcpy(p->lines, f->lines, lines);
}

/* NOBARRIER: N2, for all stores into p and its body. */
static void fill_body(VM *vm, const ModFunction *f, Proto *p, Table **known) {
  for (uint32_t i = 0; i < f->nconsts; i++)
    p->consts[i] = constant_value(vm, &f->consts[i], known);
  for (uint32_t i = 0; i < f->nupvals; i++) {
    const ModUpval *u = &f->upvals[i];
    p->upvals[i] =
        (ProtoUpval){new_string(vm, u->name), u->index, u->from_local};
  }
  for (uint32_t i = 0; i < f->nvars; i++) {
    const ModVar *v = &f->vars[i];
    p->vars[i] = (ProtoVar){new_string(vm, v->name), v->start, v->end, v->slot};
  }
}

static Proto *new_proto(VM *vm, const ModFunction *f, String *source,
                        Table **known) {
  Proto made = {.type = OBJ_PROTO,
                .flags = f->flags,
                .nparams = f->nparams,
                .max_stack = f->max_stack,
                .nupvals = f->nupvals,
                .env_upval = f->env_upval,
                .line_defined = f->line_defined,
                .last_line = f->last_line,
                .bytecode_size = f->code_size,
                .nconsts = f->nconsts,
                .nchildren = f->nchildren,
                .nvars = f->nvars,
                .lines_size = f->lines ? f->lines_size : 0,
                .source = source};
  new_body(vm, f, &made);
  fill_body(vm, f, &made, known);
  Proto *p = gc_alloc(vm, sizeof *p);
  *p = made;
  return p;
}

static Proto *new_protos(VM *vm, const Module *m) {
  Proto *path[MODULE_MAX_DEPTH + 1];
  String *source = new_string(vm, m->source);
  Table *known = NULL;
  FunctionWalk walk;
  walk_start(&walk, m->main);
  for (const ModFunction *f; (f = walk_next(&walk));) {
    Proto *p = new_proto(vm, f, source, &known);
    int depth = walk.depth;
    path[depth] = p;
    if (depth > 0) /* NOBARRIER: N2 */
      path[depth - 1]->children[walk.index[depth - 1]] = p;
  }
  CHECK(!walk.too_deep);
  return path[0];
}

Function *wf_load_module(Thread *L, const Module *m, Value env,
                         const char **why) {
  VM *vm = L->vm;
  *why = wf_verify_module(m, NULL);
  if (*why)
    return NULL;
  Function *f = wf_function_new_lua(vm, new_protos(vm, m));
  for (uint32_t i = 0; i < m->main->nupvals; i++) /* NOBARRIER: N2 */
    f->upvals[i].up = wf_function_new_upval(vm, i == 0 ? env : VALUE_NIL);
  return f;
}

/* ---- prototypes to module ------------------------------------------------ */

static ModString borrow_string(const String *s) {
  return s ? (ModString){s->bytes, s->len} : (ModString){NULL, 0};
}

static ModConst export_constant(Value v) {
  if (value_is_float(v))
    return (ModConst){MOD_FLOAT, {.d = value_as_float(v)}};
  if (value_is_int(v))
    return (ModConst){MOD_INT, {.i = value_as_int(v)}};
  return (ModConst){MOD_STRING, {.s = borrow_string(value_as_string(v))}};
}

/* Room for n items. */
static bool new_array(Arena *a, size_t n, size_t size, void *out) {
  void *p = n > 0 ? wf_arena_alloc(a, n * size) : NULL;
  memcpy(out, &p, sizeof p);
  return p || n == 0;
}

/* p without its children; NULL when memory is exhausted. */
static ModFunction *export_function(Arena *a, const Proto *p) {
  ModFunction *f = wf_arena_alloc(a, sizeof *f);
  if (!f)
    return NULL;
  *f = (ModFunction){.code = p->bytecode,
                     .code_size = p->bytecode_size,
                     .nconsts = p->nconsts,
                     .nchildren = p->nchildren,
                     .nupvals = p->nupvals,
                     .env_upval = p->env_upval,
                     .nparams = p->nparams,
                     .max_stack = p->max_stack,
                     .flags = p->flags,
                     .line_defined = p->line_defined,
                     .last_line = p->last_line,
                     .lines = p->lines,
                     .lines_size = p->lines_size,
                     .nvars = p->nvars};
  if (!new_array(a, f->nconsts, sizeof *f->consts, &f->consts) ||
      !new_array(a, f->nchildren, sizeof *f->children, &f->children) ||
      !new_array(a, f->nupvals, sizeof *f->upvals, &f->upvals) ||
      !new_array(a, f->nvars, sizeof *f->vars, &f->vars))
    return NULL;
  for (uint32_t i = 0; i < f->nconsts; i++)
    f->consts[i] = export_constant(p->consts[i]);
  for (uint32_t i = 0; i < f->nupvals; i++) {
    const ProtoUpval *u = &p->upvals[i];
    f->upvals[i] = (ModUpval){borrow_string(u->name), u->from_local, u->index};
  }
  for (uint32_t i = 0; i < f->nvars; i++) {
    const ProtoVar *v = &p->vars[i];
    f->vars[i] = (ModVar){borrow_string(v->name), v->slot, v->start, v->end};
  }
  return f;
}

bool wf_load_export(const Proto *p, Module *out) {
  const Proto *protos[MODULE_MAX_DEPTH + 1];
  ModFunction *made[MODULE_MAX_DEPTH + 1];
  uint32_t next[MODULE_MAX_DEPTH + 1];
  out->source = borrow_string(p->source);
  out->main = made[0] = export_function(&out->arena, p);
  if (!out->main)
    return false;
  protos[0] = p;
  next[0] = 0;
  for (int depth = 0; depth >= 0;) {
    uint32_t i = next[depth]++;
    if (i == protos[depth]->nchildren) {
      depth--;
      continue;
    }
    const Proto *child = protos[depth]->children[i];
    ModFunction *f = export_function(&out->arena, child);
    if (!f)
      return false;
    made[depth++]->children[i] = f;
    CHECK(depth <= MODULE_MAX_DEPTH); /* it was verified */
    protos[depth] = child;
    made[depth] = f;
    next[depth] = 0;
  }
  return true;
}

bool wf_load_dump(Thread *L, const Function *f, bool strip, Buffer *out) {
  (void)L;
  if (function_is_native(f))
    return false;
  Module m;
  wf_module_init(&m);
  if (wf_load_export(f->of.proto, &m))
    wf_module_write(&m, strip, out);
  else
    out->failed = true;
  wf_module_free(&m);
  return true;
}
