/* host.c: VMs for the benchmarks. */
#include "bench/native/host.h"
#include "compiler/compile.h"
#include "vm/exec/open.h"
#include <stdlib.h>

typedef struct Registered {
  HostWork work;
  const void *ud;
} Registered;

static int compile(const char *source, size_t len, const char *chunk_name,
                   size_t chunk_name_len, size_t c_stack_budget,
                   const SourcePieces *more, Module *out, Buffer *message) {
  CompileOptions options = {chunk_name, chunk_name_len, c_stack_budget, more};
  return (int)wf_compile(source, len, &options, out, message);
}

VM *host_open_vm(void) {
  enum { C_STACK = 1 << 20 }; /* of the usual 8 MB */
  VM *vm = wf_open_vm(1, false);
  if (vm) {
    vm->compile = compile;
    vm->program = "weft_bench";
    vm->c_stack_bottom = (char *)__builtin_frame_address(0) - C_STACK;
  }
  return vm;
}

Function *host_push_function(Thread *L, const char *text, size_t len,
                             const char *name) {
  Value globals = value_from_table(L->vm->globals);
  if (!wf_native_load(L, text, len, name, strlen(name), NULL, globals))
    wf_error_throw(L, L->top[-1]);
  wf_call_function(L, 0, 1);
  if (!value_is_function(L->top[-1]))
    wf_error_format(L, "the chunk returns no function");
  return value_as_function(L->top[-1]);
}

void host_fail(GbState *s, Value error) {
  gb_fail(s, value_is_string(error) ? value_as_string(error)->bytes
                                    : "error object is no string");
}

typedef struct Call {
  GbState *state;
  const Registered *what;
} Call;

static int run_work(Thread *L) {
  const Call *call = value_as_light(*native_upvalue(L, 0));
  wf_lib_open_all(L);
  wf_gc_set_generational(L->vm, true);
  call->what->work(L, call->state, call->what->ud);
  return 0;
}

static void start(Thread *L, void *ud) {
  Function *f = wf_function_new_native(L->vm, run_work, 1, NULL);
  f->upvals[0].value = value_from_light(ud); /* NOBARRIER: N1 */
  native_push(L, value_from_function(f));
  wf_call_function(L, 0, 0);
}

static void in_vm(GbState *s, void *ud) {
  VM *vm = host_open_vm();
  if (!vm) {
    gb_fail(s, "no memory for a VM");
    return;
  }
  Call call = {s, ud};
  Thread *L = vm->main;
  if (wf_call_protected_c(L, start, &call, VALUE_NIL) != CALL_OK)
    host_fail(s, L->top[-1]);
  wf_open_close(vm);
}

void host_register(const char *suite, const char *program, HostWork work,
                   const void *ud) {
  Registered *r = malloc(sizeof *r); /* lives as long as the program */
  if (!r)
    abort();
  *r = (Registered){work, ud};
  names_register(suite, program, in_vm, r);
}
