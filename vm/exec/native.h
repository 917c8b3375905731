/* native.h: what a library function needs.
 *
 * `int f(Thread *L)`: arguments are L->base[0 .. count), L->top is behind the
 * last; it pushes results and returns their count (the topmost ones count).
 * NATIVE_STACK (20) slots above the arguments are guaranteed; for more call
 * wf_native_reserve. Argument numbers are 1-based as in Lua's messages. A
 * pointer into the stack dies at any call that may run Lua or reserve. Values
 * held in C variables die at any call that may run Lua unless they are on the
 * stack too. Allocation alone never collects. */
#ifndef WEFT_NATIVE_H
#define WEFT_NATIVE_H

#include "vm/exec/call.h"
#include "vm/exec/error.h"
#include "vm/exec/operate.h"
#include "vm/gc/gc.h"
#include "vm/value/convert.h"
#include "vm/value/function.h"
#include "vm/value/string.h"
#include "vm/value/table.h"

static inline int native_count(const Thread *L) {
  return (int)(L->top - L->base);
}
static inline bool native_is_none(const Thread *L, int i) {
  return i > L->top - L->base;
}
/* nil when absent */
static inline Value native_arg(const Thread *L, int i) {
  return native_is_none(L, i) ? VALUE_NIL : L->base[i - 1];
}
static inline bool native_is_none_or_nil(const Thread *L, int i) {
  return value_is_nil(native_arg(L, i));
}
/* Upvalue i (0-based) of the running native. */
static inline Value *native_upvalue(Thread *L, int i) {
  return &value_as_function(L->base[-2])->upvals[i].value;
}
/* Cuts or nil-fills the arguments to exactly n (lua_settop). */
void wf_native_set_count(Thread *L, int n);

static inline void native_push(Thread *L, Value v) {
  CHECK(L->top < L->stack + L->stack_slots);
  *L->top++ = v;
}
static inline Value native_pop(Thread *L) { return *--L->top; }
static inline void native_push_int(Thread *L, int64_t i) {
  native_push(L, value_from_int(L->vm, i));
}
static inline void native_push_float(Thread *L, double d) {
  native_push(L, value_from_float(d));
}
static inline void native_push_bool(Thread *L, bool b) {
  native_push(L, value_from_bool(b));
}
/* The place in the program that called the running native: not where it
 * returns to, which may be a `..`, a place of its own. */
static inline uint32_t native_site(const Thread *L) {
  return string_site(L->base[-1] - 8);
}
/* Pushes a new string, interned or loose, and returns it. */
String *wf_native_push_string(Thread *L, const char *bytes, size_t len);
String *wf_native_push_cstr(Thread *L, const char *s);
/* The same of number v as tostring shows it. */
void wf_native_push_number_text(Thread *L, Value v);
String *wf_native_push_format(Thread *L, const char *fmt, ...)
    PRINTF_LIKE(2, 3);
/* Whether the stack may grow by n values. */
static inline bool native_fits(const Thread *L, uint64_t n) {
  uint64_t used = (uint64_t)(L->top - L->stack) + STACK_SLACK;
  return used < STACK_MAX && n < STACK_MAX - used;
}
/* Room for n more values. Errors: "stack overflow". GC: moves the stack. */
void wf_native_reserve(Thread *L, int n);

/* Checked arguments. Errors: "bad argument #i to 'f' (...)". */
int64_t wf_native_check_int(Thread *L, int i);
int64_t wf_native_opt_int(Thread *L, int i, int64_t absent);
double wf_native_check_float(Thread *L, int i);
double wf_native_opt_float(Thread *L, int i, double absent);
/* Number argument as a value (numeral strings converted). */
Value wf_native_check_number(Thread *L, int i);
/* Numbers are converted, in the argument slot too. */
String *wf_native_check_string(Thread *L, int i);
String *wf_native_opt_string(Thread *L, int i, String *absent);
Table *wf_native_check_table(Thread *L, int i);
void wf_native_check_type(Thread *L, int i, BasicType type);
void wf_native_check_any(Thread *L, int i);
/* Index of the string argument in a NULL-terminated list. */
int wf_native_check_option(Thread *L, int i, const char *absent,
                           const char *const list[]);
/* Payload of a userdata whose metatable is registry[type_name]. */
void *wf_native_check_userdata(Thread *L, int i, const char *type_name);
void *wf_native_test_userdata(Thread *L, Value v, const char *type_name);
NORETURN void wf_native_arg_error(Thread *L, int i, const char *message);
NORETURN void wf_native_type_error(Thread *L, int i, const char *expected);

/* A table that stands for a userdata type: registry[name], made when new
 * (then __name is set and true returned). Pushed. */
bool wf_native_new_metatable(Thread *L, const char *name);
/* New userdata with that metatable; pushed; returns the zeroed payload. */
void *wf_native_push_userdata(Thread *L, size_t size, uint16_t nvalues,
                              const char *type_name);

/* As wf_string_new_long, but collects before it gives up; what the native holds
 * must be below L->top. GC: may collect, runs no finalizers. */
String *wf_native_new_long(Thread *L, size_t len);

/* Scratch buffers, given back by finish, or by any error that unwinds the
 * native. Nest like a stack. */
Buffer *wf_native_buffer(Thread *L);
/* Pushes the contents as a string and gives the buffer back. Errors: memory,
 * when an append failed. */
String *wf_native_buffer_push(Thread *L, Buffer *b);
void wf_native_buffer_drop(Thread *L, Buffer *b);
/* An error leaves the natives that hold buffers from `depth` on. */
void wf_native_unwind_buffers(VM *vm, uint32_t depth);
/* Frees all scratch buffers: the end of the VM. */
void wf_native_free_buffers(VM *vm);
/* Appends the name under which f is found in package.loaded ("string.rep",
 * "print" for what is in _G) for messages; false when there is none. */
bool wf_native_global_name(Thread *L, Value f, Buffer *out);

/* Registration. fields: name, function; ends with {NULL, NULL}. */
typedef struct NativeReg {
  const char *name;
  NativeFn fn;
} NativeReg;
void wf_native_register(Thread *L, Table *into, const NativeReg *fields);
void wf_native_set_field(Thread *L, Table *t, const char *name, Value v);

/* `return wf_native_tail_call(L, nargs, nresults);` continues with the
 * function at top[-nargs-1]; its results (adjusted to nresults, or all for
 * CALL_ALL) become those of the native. Unlike wf_call_function it may yield. */
int wf_native_tail_call(Thread *L, int nargs, int nresults);

/* luaL_fileresult / luaL_execresult: pushes true or nil, text, errno.
 * Errors: "interrupted!" when Ctrl-C ended the wait for the file or process. */
int wf_native_file_result(Thread *L, bool ok, const char *filename);
int wf_native_exec_result(Thread *L, int status);

/* Ctrl-C: "interrupted!" at the position of the running function's caller. */
NORETURN void wf_native_interrupted(Thread *L);
/* To be called now and then by what may run long without calling Lua.
 * Errors: "interrupted!" after Ctrl-C. */
static inline void native_check_interrupt(Thread *L) {
  if (UNLIKELY(L->vm->interrupt & VM_INTERRUPT_STOP))
    wf_native_interrupted(L);
}

/* Loads a chunk (text or binary by its first byte) and pushes the function.
 * mode: "b", "t", "bt". Returns false with the message pushed instead. env:
 * value of its first upvalue. */
bool wf_native_load(Thread *L, const char *bytes, size_t len,
                    const char *chunk_name, size_t chunk_name_len,
                    const char *mode, Value env);
/* A chunk in pieces: read is called in protected mode, may throw, and sets
 * the next piece, len 0 at the end. */
typedef struct ChunkReader ChunkReader;
struct ChunkReader {
  void (*read)(Thread *L, ChunkReader *r);
  const char *bytes; /* valid until the next call */
  size_t len;
};
/* wf_native_load of a chunk whose text is read as far as the compiler needs
 * it. What read throws passes the handler in force and is the message. */
bool wf_native_load_pieces(Thread *L, ChunkReader *reader,
                           const char *chunk_name, size_t chunk_name_len,
                           const char *mode, Value env);
/* As luaL_loadfile: reads a file (NULL: stdin), skips a BOM and a first line
 * that starts with '#'. Messages: "cannot open x (No such file...)". */
bool wf_native_load_file(Thread *L, const char *filename, const char *mode,
                         Value env);
/* Traceback text of thread `of` from `level`, message first when not NULL;
 * pushed on L. As luaL_traceback. */
String *wf_native_traceback(Thread *L, Thread *of, const char *message,
                            size_t message_len, int level);

/* Openers of the standard libraries; each leaves nothing on the stack. */
void wf_lib_base_open(Thread *L);
void wf_lib_coroutine_open(Thread *L);
void wf_lib_table_open(Thread *L);
void wf_lib_math_open(Thread *L);
void wf_lib_string_open(Thread *L);
void wf_lib_utf8_open(Thread *L);
void wf_lib_os_open(Thread *L);
void wf_lib_io_open(Thread *L);
void wf_lib_package_open(Thread *L);
void wf_lib_debug_open(Thread *L);
/* All of them, and package.loaded. */
void wf_lib_open_all(Thread *L);

#endif
