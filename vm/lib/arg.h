/* arg.h: inline halves of argument checks and buffer appends for the library.
 *
 * The common case is decided here from the stack slot; conversions and errors
 * are calls into exec/native.c. */
#ifndef WEFT_ARG_H
#define WEFT_ARG_H

#include "vm/base/buffer.h"
#include "vm/exec/native.h"

static inline String *arg_string(Thread *L, int i) {
  if (LIKELY(i <= L->top - L->base && value_is_string(L->base[i - 1])))
    return value_as_string(L->base[i - 1]);
  return wf_native_check_string(L, i);
}
static inline int64_t arg_int(Thread *L, int i) {
  if (LIKELY(i <= L->top - L->base && value_is_inline_int(L->base[i - 1])))
    return value_as_inline_int(L->base[i - 1]);
  return wf_native_check_int(L, i);
}
static inline int64_t arg_opt_int(Thread *L, int i, int64_t absent) {
  return native_is_none_or_nil(L, i) ? absent : arg_int(L, i);
}
static inline double arg_float(Thread *L, int i) {
  if (LIKELY(i <= L->top - L->base && value_is_float(L->base[i - 1])))
    return value_as_float(L->base[i - 1]);
  return wf_native_check_float(L, i);
}
static inline void arg_check(Thread *L, bool ok, int i, const char *message) {
  if (UNLIKELY(!ok))
    wf_native_arg_error(L, i, message);
}
/* lua_toboolean of an argument */
static inline bool arg_truth(Thread *L, int i) {
  return !value_is_falsy(native_arg(L, i));
}

static inline void put_byte(Buffer *b, int c) {
  if (LIKELY(b->len < b->cap && !b->failed))
    b->data[b->len++] = (char)c;
  else
    wf_buffer_byte(b, c);
}
static inline void put_bytes(Buffer *b, const char *p, size_t n) {
  if (LIKELY(n <= b->cap - b->len && !b->failed && n > 0)) {
    memcpy(b->data + b->len, p, n);
    b->len += n;
  } else {
    wf_buffer_bytes(b, p, n);
  }
}
static inline void put_string(Buffer *b, const String *s) {
  put_bytes(b, s->bytes, s->len);
}
/* d as "%.14g" prints it: tostring's text without the ".0" it adds to floats
 * with an integral value. */
static inline size_t float_text(double d, char out[NUMERAL_MAX]) {
  size_t n = wf_numeral_from_float(d, out);
  if (n > 2 && out[n - 1] == '0' && out[n - 2] == '.')
    n -= 2;
  return n;
}
static inline void push_string(Thread *L, const String *s) {
  native_push(L, value_from_string(s));
}
/* A new table, pushed. */
static inline Table *push_table(Thread *L, uint32_t narray, uint32_t nfields) {
  Table *t = wf_table_new(L->vm, narray, nfields);
  native_push(L, value_from_table(t));
  return t;
}
/* A new native closure with n nil upvalues, pushed. */
static inline Function *push_native(Thread *L, NativeFn fn, uint32_t n,
                                    const char *name) {
  Function *f = wf_function_new_native(L->vm, fn, n, name);
  native_push(L, value_from_function(f));
  return f;
}
/* Stores into an upvalue of a native closure. */
static inline void set_upvalue(VM *vm, Function *f, int i, Value v) {
  f->upvals[i].value = v;
  gc_barrier(vm, f, v);
}
/* Makes the table of a library: package.loaded[name] and the global. Pushed. */
Table *wf_lib_open_new(Thread *L, const char *name, uint32_t nfields,
                       const NativeReg *functions);

#endif
