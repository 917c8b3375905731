/* value_vm.h: a VM with values and collector but no interpreter, for tests. */
#ifndef WEFT_TESTS_VALUE_VM_H
#define WEFT_TESTS_VALUE_VM_H

#include "vm/base/alloc.h"
#include "vm/gc/gc.h"
#include "vm/value/convert.h"
#include "vm/value/function.h"
#include "vm/value/string.h"
#include "vm/value/table.h"
#include <stdio.h>
#include <stdlib.h>

enum { TEST_STACK = 4096 };

static inline Thread *test_thread(VM *vm) {
  Thread *L = gc_alloc(vm, sizeof *L);
  memset(L, 0, sizeof *L);
  L->type = OBJ_THREAD;
  L->vm = vm;
  L->status = THREAD_RUNNING;
  L->error = VALUE_NIL;
  L->stack = gc_alloc_raw(vm, TEST_STACK * sizeof(Value));
  L->stack_slots = TEST_STACK;
  L->stack_end = L->stack + TEST_STACK;
  L->stack_limit = L->stack_end - STACK_SLACK;
  for (Value *v = L->stack; v < L->stack_end; v++)
    *v = VALUE_NIL;
  L->base = L->top = L->stack + 2;
  return L;
}

static inline VM *test_vm_open(uint64_t seed) {
  VM *vm = wf_alloc_zeroed(1, sizeof *vm);
  if (!vm)
    abort();
  vm->acc = VALUE_NIL;
  wf_hash_secret_init(&vm->secret, seed, false);
  if (!wf_gc_open(vm) || !wf_shape_open(vm) || !wf_string_open(vm))
    abort();
  vm->main = vm->thread = test_thread(vm);
  vm->stack_limit = vm->main->stack_limit;
  vm->registry = wf_table_new(vm, 0, 0);
  vm->globals = wf_table_new(vm, 0, 0);
  return vm;
}

static inline void test_vm_close(VM *vm) {
  wf_string_close(vm);
  wf_shape_close(vm);
  wf_gc_close(vm);
  wf_alloc_free(vm);
}

/* Roots: values pushed here survive collections. */
static inline void test_push(VM *vm, Value v) { *vm->thread->top++ = v; }

static uint64_t test_random_state = 1;
static inline uint32_t test_random(uint32_t n) {
  test_random_state =
      test_random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((test_random_state >> 33) * n >> 31);
}

static inline String *test_string(VM *vm, const char *fmt, long n) {
  char text[200];
  int len = snprintf(text, sizeof text, "%s%ld", fmt, n);
  return wf_string_new(vm, text, (size_t)len);
}

#endif
