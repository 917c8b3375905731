/* native.c: what library functions share: checked arguments, pushes, scratch
 * buffers, userdata types, registration.
 *
 * The checks here are the slow halves: lib/arg.h tests the common case inline
 * and comes here for conversions and errors.
 *
 * Scratch buffers live in one array per VM and are handed out like a stack, so
 * an error that unwinds a native needs to restore one counter only
 * (vm->buffer_depth). Their memory stays for the next user unless it grew past
 * BUFFER_KEEP. The array never moves: natives hold pointers into it while
 * deeper natives take more. */
#include "vm/exec/native.h"
#include "vm/base/alloc.h"
#include "vm/base/buffer.h"
#include "vm/exec/debuginfo.h"
#include "vm/exec/frame.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

enum {
  BUFFER_SLOTS = 3 * C_DEPTH_MAX, /* a native holds two or three at most */
  BUFFER_KEEP = 1 << 20           /* capacity that is not given back at once */
};

/* ---- stack --------------------------------------------------------------- */

void wf_native_set_count(Thread *L, int n) {
  Value *end = L->base + n;
  while (L->top < end)
    *L->top++ = VALUE_NIL;
  L->top = end;
}

String *wf_native_push_string(Thread *L, const char *bytes, size_t len) {
  String *s = wf_string_make(L->vm, native_site(L), bytes, len);
  native_push(L, value_from_string(s));
  return s;
}

String *wf_native_push_cstr(Thread *L, const char *s) {
  return wf_native_push_string(L, s, strlen(s));
}

void wf_native_push_number_text(Thread *L, Value v) {
  char text[NUMERAL_MAX];
  wf_native_push_string(L, text, wf_convert_number_to_text(v, text));
}

String *wf_native_push_format(Thread *L, const char *fmt, ...) {
  char text[256];
  va_list ap, again;
  va_start(ap, fmt);
  va_copy(again, ap);
  int n = vsnprintf(text, sizeof text, fmt, ap);
  va_end(ap);
  if (n >= 0 && (size_t)n < sizeof text) {
    va_end(again);
    return wf_native_push_string(L, text, (size_t)n);
  }
  Buffer *b = wf_native_buffer(L);
  wf_buffer_vformat(b, fmt, again);
  va_end(again);
  return wf_native_buffer_push(L, b);
}

String *wf_native_new_long(Thread *L, size_t len) {
  String *s = wf_string_try_long(L->vm, len);
  if (UNLIKELY(!s)) {
    if (!wf_gc_make_room(L))
      wf_error_memory(L->vm);
    s = wf_string_new_long(L->vm, len);
  }
  return s;
}

void wf_native_reserve(Thread *L, int n) {
  if (UNLIKELY(n > L->stack_limit - L->top))
    wf_frame_grow(L, (size_t)n);
}

/* ---- scratch buffers ----------------------------------------------------- */

Buffer *wf_native_buffer(Thread *L) {
  VM *vm = L->vm;
  if (UNLIKELY(vm->buffer_depth >= vm->buffer_count)) {
    if (vm->buffers)
      wf_error_format(L, "C stack overflow");
    vm->buffers = wf_alloc_zeroed(BUFFER_SLOTS, sizeof *vm->buffers);
    if (!vm->buffers)
      wf_error_memory(vm);
    vm->buffer_count = BUFFER_SLOTS;
  }
  Buffer *b = &vm->buffers[vm->buffer_depth++];
  b->len = 0;
  b->failed = false;
  return b;
}

void wf_native_buffer_drop(Thread *L, Buffer *b) {
  VM *vm = L->vm;
  CHECK(b == &vm->buffers[vm->buffer_depth - 1]);
  vm->buffer_depth = (uint32_t)(b - vm->buffers);
  if (UNLIKELY(b->cap > BUFFER_KEEP))
    wf_buffer_free(b);
}

void wf_native_unwind_buffers(VM *vm, uint32_t depth) {
  for (uint32_t i = depth; i < vm->buffer_depth; i++)
    if (vm->buffers[i].cap > BUFFER_KEEP)
      wf_buffer_free(&vm->buffers[i]);
  vm->buffer_depth = depth;
}

String *wf_native_buffer_push(Thread *L, Buffer *b) {
  String *s = L->vm->empty;
  if (UNLIKELY(b->failed)) {
    wf_gc_note_refusal(L->vm);
    wf_error_memory(L->vm);
  }
  if (b->len > STRING_SHORT_MAX) {
    s = wf_native_new_long(L, b->len);
    memcpy(s->bytes, b->data, b->len);
  } else if (b->len > 0) {
    s = wf_string_make(L->vm, native_site(L), b->data, b->len);
  }
  native_push(L, value_from_string(s));
  wf_native_buffer_drop(L, b);
  return s;
}

void wf_native_free_buffers(VM *vm) {
  for (uint32_t i = 0; i < vm->buffer_count; i++)
    if (vm->buffers[i].data) /* most pages of the array were never written to */
      wf_buffer_free(&vm->buffers[i]);
  wf_alloc_free(vm->buffers);
  vm->buffers = NULL;
  vm->buffer_count = vm->buffer_depth = 0;
}

/* ---- errors about arguments ---------------------------------------------- */

/* Key under which v is found in t as "prefix.key", written to out. */
static bool find_field(Thread *L, Table *t, Value v, const char *prefix,
                       Buffer *out) {
  uint32_t cursor = 0;
  Value entry[2];
  while (wf_table_next_at(L->vm, t, &cursor, entry)) {
    if (!value_is_string(entry[0]) || !wf_convert_raw_equal(entry[1], v))
      continue;
    if (prefix && strcmp(prefix, "_G") != 0) {
      wf_buffer_string(out, prefix);
      wf_buffer_byte(out, '.');
    }
    String *key = value_as_string(entry[0]);
    wf_buffer_bytes(out, key->bytes, key->len);
    return true;
  }
  return false;
}

bool wf_native_global_name(Thread *L, Value f, Buffer *out) {
  VM *vm = L->vm;
  String *loaded_key = wf_string_from_cstr(vm, "_LOADED");
  Value loaded = wf_table_get_string(vm, vm->registry, loaded_key);
  if (!value_is_table(loaded))
    return false;
  uint32_t cursor = 0;
  Value entry[2];
  while (wf_table_next_at(vm, value_as_table(loaded), &cursor, entry)) {
    if (!value_is_string(entry[0]))
      continue;
    String *key = value_as_string(entry[0]);
    if (wf_convert_raw_equal(entry[1], f)) {
      wf_buffer_bytes(out, key->bytes, key->len);
      return true;
    }
    if (value_is_table(entry[1]) &&
        find_field(L, value_as_table(entry[1]), f, key->bytes, out))
      return true;
  }
  return false;
}

void wf_native_arg_error(Thread *L, int i, const char *message) {
  FrameRef frame;
  if (!wf_debuginfo_frame(L, 0, &frame))
    wf_error_format(L, "bad argument #%d (%s)", i, message);
  Value f = wf_debuginfo_function(L, &frame);
  DebugInfo info;
  wf_debuginfo_get(L, &frame, f, "n", &info);
  if (info.namewhat && strcmp(info.namewhat, "method") == 0 && --i == 0)
    wf_error_format(L, "calling '%s' on bad self (%s)", info.name, message);
  if (!info.name) {
    Buffer *b = wf_native_buffer(L);
    bool found = wf_native_global_name(L, f, b);
    snprintf(info.name_buf, sizeof info.name_buf, "%s",
             found ? wf_buffer_cstr(b) : "?");
    wf_native_buffer_drop(L, b);
    info.name = info.name_buf;
  }
  wf_error_format(L, "bad argument #%d to '%s' (%s)", i, info.name, message);
}

void wf_native_type_error(Thread *L, int i, const char *expected) {
  const char *got = native_is_none(L, i)
                        ? "no value"
                        : wf_error_type_name(L, native_arg(L, i));
  String *text = wf_native_push_format(L, "%s expected, got %s", expected, got);
  wf_native_arg_error(L, i, text->bytes);
}

/* ---- checked arguments --------------------------------------------------- */

int64_t wf_native_check_int(Thread *L, int i) {
  Value v = native_arg(L, i);
  int64_t n;
  if (LIKELY(wf_convert_to_int(L->vm, v, true, &n)))
    return n;
  double d;
  if (wf_convert_to_float(L->vm, v, true, &d))
    wf_native_arg_error(L, i, "number has no integer representation");
  wf_native_type_error(L, i, "number");
}

int64_t wf_native_opt_int(Thread *L, int i, int64_t absent) {
  return native_is_none_or_nil(L, i) ? absent : wf_native_check_int(L, i);
}

double wf_native_check_float(Thread *L, int i) {
  double d;
  if (!wf_convert_to_float(L->vm, native_arg(L, i), true, &d))
    wf_native_type_error(L, i, "number");
  return d;
}

double wf_native_opt_float(Thread *L, int i, double absent) {
  return native_is_none_or_nil(L, i) ? absent : wf_native_check_float(L, i);
}

Value wf_native_check_number(Thread *L, int i) {
  Value v = native_arg(L, i);
  if (value_is_number(v))
    return v;
  if (value_is_string(v)) {
    v = wf_convert_string_to_number(L->vm, value_as_string(v));
    if (!value_is_nil(v))
      return v;
  }
  wf_native_type_error(L, i, "number");
}

String *wf_native_check_string(Thread *L, int i) {
  Value v = native_arg(L, i);
  if (value_is_string(v))
    return value_as_string(v);
  if (!value_is_number(v))
    wf_native_type_error(L, i, "string");
  String *s = wf_convert_number_to_string(L->vm, v);
  L->base[i - 1] = value_from_string(s); /* NOBARRIER: N3 */
  return s;
}

String *wf_native_opt_string(Thread *L, int i, String *absent) {
  return native_is_none_or_nil(L, i) ? absent : wf_native_check_string(L, i);
}

Table *wf_native_check_table(Thread *L, int i) {
  Value v = native_arg(L, i);
  if (!value_is_table(v))
    wf_native_type_error(L, i, wf_state_type_names[TYPE_TABLE]);
  return value_as_table(v);
}

void wf_native_check_type(Thread *L, int i, BasicType type) {
  if (native_is_none(L, i) || wf_state_type_of(L->base[i - 1]) != type)
    wf_native_type_error(L, i, wf_state_type_names[type]);
}

void wf_native_check_any(Thread *L, int i) {
  if (native_is_none(L, i))
    wf_native_arg_error(L, i, "value expected");
}

int wf_native_check_option(Thread *L, int i, const char *absent,
                           const char *const list[]) {
  const char *name = absent;
  if (!absent || !native_is_none_or_nil(L, i))
    name = wf_native_check_string(L, i)->bytes;
  for (int k = 0; list[k]; k++)
    if (strcmp(list[k], name) == 0)
      return k;
  String *text = wf_native_push_format(L, "invalid option '%s'", name);
  wf_native_arg_error(L, i, text->bytes);
}

/* ---- userdata ------------------------------------------------------------ */

static Value registry_get(VM *vm, const char *name) {
  return wf_table_get_string(vm, vm->registry, wf_string_from_cstr(vm, name));
}

void *wf_native_test_userdata(Thread *L, Value v, const char *type_name) {
  if (!value_is_userdata(v))
    return NULL;
  Userdata *u = value_as_userdata(v);
  if (!u->meta || registry_get(L->vm, type_name) != value_from_table(u->meta))
    return NULL;
  return userdata_payload(u);
}

void *wf_native_check_userdata(Thread *L, int i, const char *type_name) {
  void *p = wf_native_test_userdata(L, native_arg(L, i), type_name);
  if (!p)
    wf_native_type_error(L, i, type_name);
  return p;
}

bool wf_native_new_metatable(Thread *L, const char *name) {
  VM *vm = L->vm;
  Value old = registry_get(vm, name);
  if (!value_is_nil(old)) {
    native_push(L, old);
    return false;
  }
  Table *t = wf_table_new(vm, 0, 2);
  native_push(L, value_from_table(t));
  String *s = wf_string_from_cstr(vm, name);
  wf_table_set_string(vm, t, vm->event_names[EVENT_NAME], value_from_string(s));
  wf_table_set_string(vm, vm->registry, s, value_from_table(t));
  return true;
}

void *wf_native_push_userdata(Thread *L, size_t size, uint16_t nvalues,
                              const char *type_name) {
  VM *vm = L->vm;
  Userdata *u = wf_function_new_userdata(vm, size, nvalues);
  native_push(L, value_from_userdata(u));
  Value meta = type_name ? registry_get(vm, type_name) : VALUE_NIL;
  if (value_is_table(meta)) {
    u->meta = value_as_table(meta);
    gc_barrier(vm, u, meta);
    if (!value_is_nil(
            wf_table_get_string(vm, u->meta, vm->event_names[EVENT_GC])))
      wf_gc_register_finalizer(vm, (Object *)u);
  }
  return userdata_payload(u);
}

/* ---- registration -------------------------------------------------------- */

void wf_native_set_field(Thread *L, Table *t, const char *name, Value v) {
  wf_table_set_string(L->vm, t, wf_string_from_cstr(L->vm, name), v);
}

void wf_native_register(Thread *L, Table *into, const NativeReg *fields) {
  for (; fields->name; fields++) {
    Function *f = wf_function_new_native(L->vm, fields->fn, 0, fields->name);
    wf_native_set_field(L, into, fields->name, value_from_function(f));
  }
}

/* ---- results of system calls --------------------------------------------- */

int wf_native_file_result(Thread *L, bool ok, const char *filename) {
  int code = errno;
  if (ok) {
    native_push_bool(L, true);
    return 1;
  }
  if (code == EINTR)
    native_check_interrupt(L);
  const char *text = code ? strerror(code) : "(no extra info)";
  native_push(L, VALUE_NIL);
  if (filename)
    wf_native_push_format(L, "%s: %s", filename, text);
  else
    wf_native_push_cstr(L, text);
  native_push_int(L, code);
  return 3;
}

int wf_native_exec_result(Thread *L, int status) {
  native_check_interrupt(L); /* the wait is over, whatever became of it */
  if (status != 0 && errno != 0)
    return wf_native_file_result(L, false, NULL);
  const char *what = "exit";
  if (WIFEXITED(status)) {
    status = WEXITSTATUS(status);
  } else if (WIFSIGNALED(status)) {
    status = WTERMSIG(status);
    what = "signal";
  }
  native_push(L, *what == 'e' && status == 0 ? VALUE_TRUE : VALUE_NIL);
  wf_native_push_cstr(L, what);
  native_push_int(L, status);
  return 3;
}
