/* open.c: creating and destroying a VM. */
#include "vm/exec/open.h"
#include "vm/base/alloc.h"
#include "vm/exec/coroutine.h"
#include "vm/exec/interp.h"
#include "vm/exec/native.h"
#include "vm/exec/protect.h"
#include "vm/value/shape.h"

static void build(Thread *L, void *ud) {
  VM *vm = ud;
  vm->registry = wf_table_new(vm, 0, 0);
  vm->globals = wf_table_new(vm, 0, 96); /* a dictionary at once */
  vm->memory_message = wf_string_from_cstr(vm, "not enough memory");
  vm->handler_message = wf_string_from_cstr(vm, "error in error handling");
  wf_table_set_int(vm, vm->registry, 1, value_from_thread(L));
  wf_table_set_int(vm, vm->registry, 2, value_from_table(vm->globals));
  wf_table_set_int(vm, vm->registry, 3,
                   value_from_string(vm->handler_message));
}

/* Frees everything that there is, also of a VM half made. */
static void free_all(VM *vm) {
  wf_native_free_buffers(vm);
  wf_shape_close(vm);
  wf_string_close(vm);
  wf_gc_close(vm);
  wf_alloc_free(vm);
}

VM *wf_open_vm(uint64_t seed, bool random_seed) {
  wf_interp_init();
  VM *vm = wf_alloc_zeroed(1, sizeof *vm);
  if (!vm)
    return NULL;
  vm->acc = VALUE_NIL;
  vm->program = "weft";
  wf_hash_secret_init(&vm->secret, seed, random_seed);
  Entry guard; /* an allocation that fails ends here */
  memset(&guard, 0, sizeof guard);
  vm->entry = &guard;
  if (_setjmp(guard.jump)) {
    free_all(vm);
    return NULL;
  }
  if (!wf_gc_open(vm) || !wf_string_open(vm) || !wf_shape_open(vm))
    wf_error_memory(vm);
  vm->main = vm->thread = wf_coroutine_new(vm);
  vm->main->status = THREAD_RUNNING;
  vm->stack_limit = vm->main->stack_limit;
  build(vm->main, vm);
  vm->entry = NULL;
  return vm;
}

void wf_open_close(VM *vm) {
  Thread *L = vm->main;
  CallStatus status = CALL_OK;
  vm->thread = L;
  vm->entry = NULL;
  vm->c_depth = 0;
  vm->interrupt = 0;
  frame_switch(vm, L);
  L->base = L->stack + 2;
  frame_dropped(L);
  L->pc = NULL;
  L->handler = 0;
  L->nest = 0;
  wf_protect_close_caught(L, 2, VALUE_NIL, &status);
  L->top = L->base;
  wf_gc_run_all_finalizers(L);
  free_all(vm);
}
