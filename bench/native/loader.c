/* loader.c: from a module to code that runs: the verifier, making prototypes
 * (verifying included), linking. Items are instructions of the compact code,
 * for `link` those of the code it makes. */
#include "bench/native/host.h"
#include "bench/native/texts.h"
#include "vm/load/link.h"
#include "vm/load/linked.h"
#include "vm/load/load.h"
#include "vm/load/verify.h"

static void verify(GbState *s, void *ud) {
  (void)ud;
  const Texts *t = texts_get(s);
  if (!t)
    return;
  const char *why = NULL;
  GB_LOOP(s) {
    for (int i = 0; i < t->n; i++) {
      const char *problem = wf_verify_module(&t->module[i], NULL);
      if (problem)
        why = problem;
    }
  }
  if (why)
    gb_fail(s, why);
  gb_set_items(s, gb_iterations(s) * t->instructions);
}

/* Pushes the main functions of all texts. */
static void push_all(Thread *L, const Texts *t) {
  const char *why;
  Value env = value_from_table(L->vm->globals);
  Table *all = wf_table_new(L->vm, (uint32_t)t->n + 1, 0);
  native_push(L, value_from_table(all));
  for (int i = 0; i < t->n; i++) {
    Function *f = wf_load_module(L, &t->module[i], env, &why);
    if (!f)
      wf_error_format(L, "%s", why);
    wf_table_set_int(L->vm, all, i + 1, value_from_function(f));
  }
}

static void load(Thread *L, GbState *s, const void *ud) {
  (void)ud;
  const Texts *t = texts_get(s);
  if (!t)
    return;
  GB_LOOP(s) {
    push_all(L, t);
    native_pop(L);
    gc_safepoint(L, L->vm);
  }
  gb_set_items(s, gb_iterations(s) * t->instructions);
}

/* Links p and everything in it; returns how many instructions that gave. */
static int64_t link_all(Thread *L, Proto *p) {
  wf_link_proto(L, p);
  int64_t n = 0;
  for (char *pc = p->code; pc < p->code + p->code_size; n++)
    pc += wf_linked_length[wf_linked_decode(linked_head(pc)->handler)];
  for (uint32_t i = 0; i < p->nchildren; i++)
    n += link_all(L, p->children[i]);
  return n;
}

static void relink(Thread *L, Proto *p) {
  p->code = NULL; /* nothing runs it; the next cycle frees it */
  wf_link_proto(L, p);
  for (uint32_t i = 0; i < p->nchildren; i++)
    relink(L, p->children[i]);
}

static void link_code(Thread *L, GbState *s, const void *ud) {
  (void)ud;
  const Texts *t = texts_get(s);
  if (!t)
    return;
  push_all(L, t);
  Table *all = value_as_table(L->top[-1]);
  Proto *protos[TEXTS_MAX];
  int64_t linked = 0;
  for (int i = 0; i < t->n; i++) {
    protos[i] =
        value_as_function(wf_table_get_int(L->vm, all, i + 1))->of.proto;
    linked += link_all(L, protos[i]);
  }
  GB_LOOP(s) {
    for (int i = 0; i < t->n; i++)
      relink(L, protos[i]);
    gc_safepoint(L, L->vm);
  }
  gb_set_items(s, gb_iterations(s) * linked);
}

void bench_loader(void) {
  names_register("loader", "verify", verify, NULL);
  host_register("loader", "load", load, NULL);
  host_register("loader", "link", link_code, NULL);
}
