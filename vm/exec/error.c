/* error.c: raising errors, and the texts of those that operations raise.
 *
 * Who names the culprit of an operation: of two operands the left one, unless
 * it is fine. Its name in the program comes from debuginfo.c. */
#include "vm/exec/error.h"
#include "vm/exec/debuginfo.h"
#include "vm/exec/interp.h"
#include "vm/exec/native.h"
#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 400 }; /* longer messages take a scratch buffer */

/* ---- throwing ------------------------------------------------------------ */

void wf_error_throw(Thread *L, Value v) {
  VM *vm = L->vm;
  if (L->handler != 0 && v != value_from_string(vm->handler_message)) {
    if (L->stack_end - L->top < 2 || (vm->handlers && vm->handler_overflow))
      wf_error_in_handler(L);
    if (vm->handlers++ == 0)
      vm->handler_overflow = false;
    L->top[0] = L->stack[L->handler];
    L->top[1] = v;
    L->top += 2;
    wf_call_function(L, 1, 1);
    vm->handlers--;
    v = *--L->top;
  }
  L->error = v;
  wf_interp_unwind(L);
}

void wf_error_in_handler(Thread *L) {
  L->error = value_from_string(L->vm->handler_message);
  wf_interp_unwind(L);
}

void wf_error_memory(VM *vm) {
  Thread *L = vm->thread;
  if (!L) /* the VM is being made */
    _longjmp(vm->entry->jump, 1);
  L->error = value_from_string(vm->memory_message);
  wf_interp_unwind(L);
}

/* ---- positions ----------------------------------------------------------- */

/* Room for a chunk name, two separators and a line. */
typedef struct Position {
  char text[60 + 16];
} Position;

static void set_position(Thread *L, const FrameRef *frame, Position *out) {
  DebugInfo info;
  wf_debuginfo_get(L, frame, wf_debuginfo_function(L, frame), "Sl", &info);
  snprintf(out->text, sizeof out->text, "%s:%d: ",
           info.source[0] == '=' && info.source[1] == '?' && !info.source[2]
               ? "?"
               : info.short_src,
           info.current_line);
}

/* As luaL_where: only levels with a known line have a position. */
static void position_of_level(Thread *L, int level, Position *out) {
  FrameRef frame;
  out->text[0] = '\0';
  if (wf_debuginfo_frame(L, level, &frame) && wf_debuginfo_line(L, &frame) > 0)
    set_position(L, &frame, out);
}

static bool is_lua_running(Thread *L, FrameRef *frame) {
  return wf_debuginfo_newest(L, frame) && !function_is_native(value_as_function(
                                              wf_debuginfo_function(L, frame)));
}

String *wf_error_where(Thread *L, int level) {
  Position at;
  position_of_level(L, level, &at);
  return wf_string_from_cstr(L->vm, at.text);
}

/* ---- messages ------------------------------------------------------------ */

NORETURN static void throw_message(Thread *L, const Position *at,
                                   const char *fmt, va_list ap)
    PRINTF_LIKE(3, 0);

static void throw_message(Thread *L, const Position *at, const char *fmt,
                          va_list ap) {
  char text[TEXT_MAX];
  va_list again;
  va_copy(again, ap);
  size_t prefix = strlen(at->text);
  memcpy(text, at->text, prefix);
  int n = vsnprintf(text + prefix, sizeof text - prefix, fmt, ap);
  String *s;
  if (n >= 0 && (size_t)n < sizeof text - prefix) {
    s = wf_string_new(L->vm, text, prefix + (size_t)n);
  } else {
    Buffer *b = wf_native_buffer(L);
    wf_buffer_string(b, at->text);
    wf_buffer_vformat(b, fmt, again);
    if (b->failed)
      wf_error_memory(L->vm);
    s = wf_string_new(L->vm, b->data, b->len);
    wf_native_buffer_drop(L, b);
  }
  va_end(again);
  wf_error_throw(L, value_from_string(s));
}

void wf_error_format(Thread *L, const char *fmt, ...) {
  Position at;
  FrameRef frame;
  if (is_lua_running(L, &frame))
    set_position(L, &frame, &at);
  else
    position_of_level(L, 1, &at);
  va_list ap;
  va_start(ap, fmt);
  throw_message(L, &at, fmt, ap);
}

void wf_error_runtime(Thread *L, const char *fmt, ...) {
  Position at = {""};
  FrameRef frame;
  if (is_lua_running(L, &frame))
    set_position(L, &frame, &at);
  va_list ap;
  va_start(ap, fmt);
  throw_message(L, &at, fmt, ap);
}

/* ---- types --------------------------------------------------------------- */

static const char *name_in(VM *vm, Table *meta) {
  Value name = meta ? wf_table_get_string(vm, meta, vm->event_names[EVENT_NAME])
                    : VALUE_NIL;
  return value_is_string(name) ? value_as_string(name)->bytes : NULL;
}

const char *wf_error_type_name(Thread *L, Value v) {
  const char *name = name_in(L->vm, wf_state_metatable(L->vm, v));
  if (name)
    return name;
  return value_is_light(v) ? "light userdata"
                           : wf_state_type_names[wf_state_type_of(v)];
}

/* Type for errors of operations: __name counts for objects of their own. */
static const char *operand_type(Thread *L, Value v) {
  BasicType type = wf_state_type_of(v);
  const char *name = NULL;
  if (type == TYPE_TABLE || type == TYPE_USERDATA)
    name = name_in(L->vm, wf_state_metatable(L->vm, v));
  return name ? name : wf_state_type_names[type];
}

/* ---- operations ---------------------------------------------------------- */

NORETURN static void type_error(Thread *L, Value v, const char *operation,
                                const char *kind, const char *name) {
  const char *type = operand_type(L, v);
  if (kind)
    wf_error_runtime(L, "attempt to %s a %s value (%s '%s')", operation, type,
                     kind, name);
  wf_error_runtime(L, "attempt to %s a %s value", operation, type);
}

NORETURN static void operand_error(Thread *L, Value v, const char *operation,
                                   OperandRole role) {
  const char *name;
  const char *kind = wf_debuginfo_describe(L, v, role, &name);
  type_error(L, v, operation, kind, name);
}

void wf_error_type(Thread *L, Value v, const char *operation) {
  operand_error(L, v, operation, OPERAND_ONLY);
}

void wf_error_call(Thread *L, Value v) {
  const char *name;
  const char *kind = wf_debuginfo_describe_callee(L, &name);
  type_error(L, v, "call", kind, name);
}

void wf_error_finalizer(Thread *L, Value v) {
  type_error(L, v, "call", "metamethod", "__gc");
}

NORETURN static void no_integer_error(Thread *L, Value v, OperandRole role) {
  const char *name;
  const char *kind = wf_debuginfo_describe(L, v, role, &name);
  if (kind)
    wf_error_runtime(L, "number (%s '%s') has no integer representation", kind,
                     name);
  wf_error_runtime(L, "number has no integer representation");
}

void wf_error_arith(Thread *L, Event event, Value a, Value b) {
  bool unary = event == EVENT_UNM || event == EVENT_BNOT;
  bool bitwise =
      event == EVENT_BNOT || (event >= EVENT_BAND && event <= EVENT_SHR);
  if (unary)
    b = a;
  if (bitwise && value_is_number(a) && value_is_number(b)) {
    int64_t i;
    bool left = unary || !wf_convert_to_int(L->vm, a, false, &i);
    no_integer_error(L, left ? a : b,
                     unary  ? OPERAND_ONLY
                     : left ? OPERAND_LEFT
                            : OPERAND_RIGHT);
  }
  bool left = unary || !value_is_number(a);
  operand_error(L, left ? a : b,
                bitwise ? "perform bitwise operation on"
                        : "perform arithmetic on",
                unary  ? OPERAND_ONLY
                : left ? OPERAND_LEFT
                       : OPERAND_RIGHT);
}

void wf_error_concat(Thread *L, Value a, Value b) {
  bool left = !value_is_string(a) && !value_is_number(a);
  operand_error(L, left ? a : b, "concatenate", OPERAND_CONCAT);
}

void wf_error_compare(Thread *L, Value a, Value b) {
  const char *left = operand_type(L, a), *right = operand_type(L, b);
  if (strcmp(left, right) == 0)
    wf_error_runtime(L, "attempt to compare two %s values", left);
  wf_error_runtime(L, "attempt to compare %s with %s", left, right);
}

void wf_error_for(Thread *L, Value v, const char *what) {
  wf_error_runtime(L, "bad 'for' %s%s (number expected, got %s)", what,
                   strcmp(what, "initial") == 0 ? " value" : "",
                   operand_type(L, v));
}

void wf_error_close(Thread *L, const Value *slot) {
  wf_error_runtime(L, "variable '%s' got a non-closable value",
                   wf_debuginfo_variable(L, slot));
}
