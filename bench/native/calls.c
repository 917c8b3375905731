/* calls.c: calls between C and Lua, protected calls, coroutines.
 *
 * The Lua ones are loops of one operation; an item is one. The cost of the
 * bare loop is `loop`. */
#include "bench/native/host.h"
#include "vm/exec/open.h"

typedef struct LuaRow {
  const char *name, *before, *body;
} LuaRow;

static const LuaRow rows[] = {
    {"loop", "", ""},
    {"pcall", "local function f() end", "pcall(f)"},
    {"pcall_error", "local function f() error('x', 0) end", "pcall(f)"},
    {"xpcall", "local function f() end local function h() end", "xpcall(f, h)"},
    {"coroutine_switch",
     "local yield = coroutine.yield "
     "local resume, co = coroutine.resume, "
     "coroutine.create(function() while true do yield() end end)",
     "resume(co)"},
    {"coroutine_wrap_switch",
     "local yield = coroutine.yield "
     "local next = coroutine.wrap(function() while true do yield(1) end end)",
     "next()"},
    {"coroutine_create",
     "local create, resume = coroutine.create, coroutine.resume "
     "local function f() end",
     "resume(create(f))"},
    {"vararg_call", "local function f(...) return ... end", "f(1, 2, 3)"},
    {"closure", "local x", "local f = function() return x end"},
    {"metamethod",
     "local o = setmetatable({}, {__add = function(a, b) return a end})",
     "local r = o + 1"},
    {"native_call", "local abs = math.abs", "abs(i)"},
    {"iterator_call",
     "local function f(s, c) if c < 10 then return c + 1 end end",
     "for j in f, nil, 0 do end"},
};
enum { NROWS = sizeof rows / sizeof rows[0] };

static void run_row(Thread *L, GbState *s, const void *ud) {
  const LuaRow *row = ud;
  Buffer *source = wf_native_buffer(L);
  wf_buffer_format(source,
                   "%s\nreturn function(n)\nfor i = 1, n do %s end\nend",
                   row->before, row->body);
  Function *f = host_push_function(L, source->data, source->len, "=row");
  wf_native_buffer_drop(L, source);
  for (int timed = 0; timed < 2; timed++) {
    native_push(L, value_from_function(f));
    native_push_int(L, timed ? gb_begin(s) : 10);
    wf_call_function(L, 1, 0);
  }
  gb_end(s);
  gb_set_items(s, gb_iterations(s));
}

/* ---- from C -------------------------------------------------------------- */

static void c_to_lua(Thread *L, GbState *s, const void *ud) {
  (void)ud;
  static const char text[] = "return function(x) return x end";
  Function *f = host_push_function(L, text, strlen(text), "=row");
  GB_LOOP(s) {
    native_push(L, value_from_function(f));
    native_push(L, VALUE_TRUE);
    wf_call_function(L, 1, 1);
    gb_keep(native_pop(L));
  }
  gb_set_items(s, gb_iterations(s));
}

static void c_to_lua_protected(Thread *L, GbState *s, const void *ud) {
  (void)ud;
  static const char text[] = "return function(x) return x end";
  Function *f = host_push_function(L, text, strlen(text), "=row");
  GB_LOOP(s) {
    native_push(L, value_from_function(f));
    native_push(L, VALUE_TRUE);
    if (wf_call_protected(L, 1, 1, VALUE_NIL) != CALL_OK)
      wf_error_throw(L, L->top[-1]);
    gb_keep(native_pop(L));
  }
  gb_set_items(s, gb_iterations(s));
}

static void open_libraries(Thread *L, void *ud) {
  (void)ud;
  wf_lib_open_all(L);
}

/* A VM with all libraries, from nothing to nothing. */
static void open_close(GbState *s, void *ud) {
  (void)ud;
  const char *why = NULL;
  GB_LOOP(s) {
    VM *vm = host_open_vm();
    if (!vm || wf_call_protected_c(vm->main, open_libraries, NULL, VALUE_NIL) !=
                   CALL_OK)
      why = "no memory for a VM";
    if (vm)
      wf_open_close(vm);
  }
  if (why)
    gb_fail(s, why);
  gb_set_items(s, gb_iterations(s));
}

void bench_calls(void) {
  for (int i = 0; i < NROWS; i++)
    host_register("call", rows[i].name, run_row, &rows[i]);
  host_register("call", "c_to_lua", c_to_lua, NULL);
  host_register("call", "c_to_lua_protected", c_to_lua_protected, NULL);
  names_register("call", "open_close_vm", open_close, NULL);
}
