/* lib_open.c: opens the standard libraries. */
#include "vm/lib/arg.h"

Table *wf_lib_open_new(Thread *L, const char *name, uint32_t nfields,
                       const NativeReg *functions) {
  VM *vm = L->vm;
  Table *lib = push_table(L, 0, nfields);
  wf_native_register(L, lib, functions);
  Value v = value_from_table(lib);
  String *key = wf_string_from_cstr(vm, "_LOADED");
  Value loaded = wf_table_get_string(vm, vm->registry, key);
  if (value_is_table(loaded))
    wf_native_set_field(L, value_as_table(loaded), name, v);
  wf_native_set_field(L, vm->globals, name, v);
  return lib;
}

void wf_lib_open_all(Thread *L) {
  VM *vm = L->vm;
  String *key = wf_string_from_cstr(vm, "_LOADED");
  if (!value_is_table(wf_table_get_string(vm, vm->registry, key))) {
    Table *loaded = wf_table_new(vm, 0, 12);
    wf_table_set_string(vm, vm->registry, key, value_from_table(loaded));
  }
  wf_lib_base_open(L);
  wf_lib_package_open(L);
  wf_lib_coroutine_open(L);
  wf_lib_table_open(L);
  wf_lib_io_open(L);
  wf_lib_os_open(L);
  wf_lib_string_open(L);
  wf_lib_math_open(L);
  wf_lib_utf8_open(L);
  wf_lib_debug_open(L);
}
