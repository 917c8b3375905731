/* test_debuginfo.c: frames, names, lines and hooks, seen from C. */
#include "compiler/compile.h"
#include "vm/exec/debuginfo.h"
#include "vm/exec/native.h"
#include "vm/exec/open.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static VM *vm;
static char seen[2000]; /* what natives saw */

static int compile(const char *source, size_t len, const char *chunk_name,
                   size_t chunk_name_len, size_t c_stack_budget,
                   const SourcePieces *more, Module *out, Buffer *message) {
  CompileOptions options = {chunk_name, chunk_name_len, c_stack_budget, more};
  return (int)wf_compile(source, len, &options, out, message);
}

static void note(const char *fmt, ...) PRINTF_LIKE(1, 2);
static void note(const char *fmt, ...) {
  size_t used = strlen(seen);
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(seen + used, sizeof seen - used, fmt, ap);
  va_end(ap);
}

/* look(): the frames below, newest first. */
static int look(Thread *L) {
  FrameRef frame;
  for (int level = 1; wf_debuginfo_frame(L, level, &frame); level++) {
    DebugInfo info;
    wf_debuginfo_get(L, &frame, wf_debuginfo_function(L, &frame), "Slntu",
                     &info);
    note("%s:%d %s %s '%s'%s\n", info.short_src, info.current_line, info.what,
         info.namewhat, info.name ? info.name : "",
         info.is_tail_call ? " tail" : "");
  }
  return 0;
}

/* locals(): the variables of the caller. */
static int locals(Thread *L) {
  FrameRef frame;
  Value *slot;
  const char *name;
  assert_true(wf_debuginfo_frame(L, 1, &frame));
  for (int n = 1;
       (name = wf_debuginfo_local(L, &frame, n, &slot)) && name[0] != '('; n++)
    note("%s=%d ", name,
         value_is_inline_int(*slot) ? (int)value_as_inline_int(*slot) : -1);
  for (int n = -1; (name = wf_debuginfo_local(L, &frame, n, &slot)); n--)
    note("%d:%s=%d ", n, name, (int)value_as_inline_int(*slot));
  return 0;
}

static int open(void **state) {
  (void)state;
  static const NativeReg natives[] = {
      {"look", look}, {"locals", locals}, {NULL, NULL}};
  vm = wf_open_vm(1, false);
  if (!vm)
    return -1;
  vm->compile = compile;
  wf_lib_open_all(vm->main);
  wf_native_register(vm->main, vm->globals, natives);
  seen[0] = '\0';
  return 0;
}

static int close(void **state) {
  (void)state;
  wf_open_close(vm);
  return 0;
}

/* Runs a chunk; the text of its error, or NULL. */
static const char *run(const char *source) {
  Thread *L = vm->main;
  if (wf_native_load(L, source, strlen(source), "=t", 2, "t",
                     value_from_table(vm->globals)) &&
      wf_call_protected(L, 0, 0, VALUE_NIL) == CALL_OK)
    return NULL;
  Value v = native_pop(L);
  return value_is_string(v) ? value_as_string(v)->bytes : "(no text)";
}

static void errors_name_what_failed(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"local x; x.y = 1", "index a nil value (local 'x')"},
      {"local x = {} return x.y.z", "index a nil value (field 'y')"},
      {"return x.y", "index a nil value (global 'x')"},
      {"local u; return (function() return u.x end)()",
       "index a nil value (upvalue 'u')"},
      {"local t = {} t:m()", "call a nil value (method 'm')"},
      {"f()", "call a nil value (global 'f')"},
      {"local t = {} t[1]()", "call a nil value (field 'integer index')"},
      {"('x')()", "call a string value (constant 'x')"},
      {"for i in 5 do end",
       "call a number value (for iterator 'for iterator')"},
      {"local a, b = 1 return a + b",
       "perform arithmetic on a nil value (local 'b')"},
      {"local a = {} return 1 + a",
       "perform arithmetic on a table value (local 'a')"},
      {"local a, b = 1 return a .. b .. a",
       "concatenate a nil value (local 'b')"},
      {"return (a or b).x", "index a nil value"},
      {"local t = setmetatable({}, {__index = 5}) return t.x",
       "index a number value"},
      {"local _ENV = {} x.y = 1", "index a nil value (global 'x')"},
      {"local _ENV; x = 1", "index a nil value (local '_ENV')"},
  };
  for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
    char expected[200];
    snprintf(expected, sizeof expected, "t:1: attempt to %s", cases[i][1]);
    assert_string_equal(run(cases[i][0]), expected);
  }
  assert_string_equal(run("local a = 1.5 return a | 1"),
                      "t:1: number (local 'a') has no integer representation");
  assert_string_equal(run("local x <close> = 5"),
                      "t:1: variable 'x' got a non-closable value");
}

static void names_survive_joins_only_when_paths_agree(void **state) {
  (void)state;
  assert_string_equal(
      run("local t = {} local c = true t.f(c and 1 or 2, c or 3)"),
      "t:1: attempt to call a nil value (field 'f')");
  assert_string_equal(run("local t, c = {} ; (c and t.a or t.b)()"),
                      "t:1: attempt to call a nil value");
  assert_string_equal(run("for k in next, {1} do if k then while k do "
                          "local t = {} t.g(k) end end end"),
                      "t:1: attempt to call a nil value (field 'g')");
  assert_string_equal(run("do goto b end ::a:: nothing() ::b:: goto a"),
                      "t:1: attempt to call a nil value (global 'nothing')");
}

/* A function with more places where control joins than are followed at once
 * has nameless values, never wrong ones. */
static void many_pending_jumps_are_survived(void **state) {
  (void)state;
  Buffer b;
  wf_buffer_init(&b);
  for (int i = 0; i < 190; i++)
    wf_buffer_format(&b, "if x%d then ", i);
  for (int i = 0; i < 190; i++)
    wf_buffer_string(&b, "end ");
  wf_buffer_string(&b, "local t = {} t.f()");
  const char *message = run(wf_buffer_cstr(&b));
  assert_ptr_equal(strstr(message, "t:1: attempt to call a nil value"),
                   message);
  wf_buffer_free(&b);
}

static void frames_know_their_names_and_lines(void **state) {
  (void)state;
  assert_null(run("local function f()\n look()\nend\n"
                  "local t = setmetatable({}, {__add = function() f() end})\n"
                  "local function tail() return f() end\n"
                  "local _ = t + 1\n"
                  "tail()\n"
                  "for _ in function(_, x) if not x then f() return 1 end end"
                  " do end"));
  assert_string_equal(seen, "t:2 Lua upvalue 'f'\n"
                            "t:4 Lua metamethod 'add'\n"
                            "t:6 main  ''\n"
                            "t:2 Lua  '' tail\n"
                            "t:7 main  ''\n"
                            "t:2 Lua upvalue 'f'\n"
                            "t:8 Lua for iterator 'for iterator'\n"
                            "t:8 main  ''\n");
}

static void variables_are_found_by_number(void **state) {
  (void)state;
  assert_null(run("local function f(a, b, ...) local c = 3 do local d = 4 end "
                  "local e = 5 locals() end f(1, 2, 8, 9) f(1)"));
  assert_string_equal(seen, "a=1 b=2 c=3 e=5 -1:(vararg)=8 -2:(vararg)=9 "
                            "a=1 b=-1 c=3 e=5 ");
}

static void log_event(Thread *L, int event, int line) {
  static const char *const names[] = {"call", "return", "line", "count",
                                      "tail"};
  DebugInfo info;
  FrameRef frame;
  assert_true(wf_debuginfo_frame(L, 0, &frame));
  wf_debuginfo_get(L, &frame, wf_debuginfo_function(L, &frame), "S", &info);
  if (event == HOOK_LINE)
    note("%d ", line);
  else
    note("%s(%s) ", names[event], info.what);
}

static int lines_on(Thread *L) {
  wf_debuginfo_set_hook(L, log_event, HOOK_MASK_LINE, 0);
  return -3; /* NATIVE_HOOKS */
}
static int off(Thread *L) {
  wf_debuginfo_set_hook(L, NULL, 0, 0);
  return -3;
}

static void line_events_come_once_per_line_and_turn(void **state) {
  (void)state;
  static const NativeReg natives[] = {
      {"on", lines_on}, {"off", off}, {NULL, NULL}};
  wf_native_register(vm->main, vm->globals, natives);
  assert_null(run("local function f(n)\n"
                  "  for i = 1, n do\n"
                  "    n = n + i\n"
                  "  end\n"
                  "  return n\n"
                  "end\n"
                  "on()\n"
                  "local x = f(2) + f(0)\n"
                  "off()"));
  assert_string_equal(seen, "8 2 3 2 3 2 5 2 5 9 ");
}

static void tracebacks_skip_the_middle(void **state) {
  (void)state;
  Thread *L = vm->main;
  assert_string_equal(
      run("local function f(n) if n == 0 then "
          "error(debug.traceback('m', 1), 0) end f(n - 1) end f(40)"),
      "m\nstack traceback:"
      "\n\tt:1: in upvalue 'f'\n\tt:1: in upvalue 'f'\n\tt:1: in upvalue 'f'"
      "\n\tt:1: in upvalue 'f'\n\tt:1: in upvalue 'f'\n\tt:1: in upvalue 'f'"
      "\n\tt:1: in upvalue 'f'\n\tt:1: in upvalue 'f'\n\tt:1: in upvalue 'f'"
      "\n\tt:1: in upvalue 'f'\n\t...\t(skipping 20 levels)"
      "\n\tt:1: in upvalue 'f'\n\tt:1: in upvalue 'f'\n\tt:1: in upvalue 'f'"
      "\n\tt:1: in upvalue 'f'\n\tt:1: in upvalue 'f'\n\tt:1: in upvalue 'f'"
      "\n\tt:1: in upvalue 'f'\n\tt:1: in upvalue 'f'\n\tt:1: in upvalue 'f'"
      "\n\tt:1: in local 'f'\n\tt:1: in main chunk");
  String *s = wf_native_traceback(L, L, "a\0b", 3, 0);
  assert_string_equal(s->bytes, "a\nstack traceback:");
  native_pop(L);
}

static void levels_end(void **state) {
  (void)state;
  FrameRef frame;
  assert_false(wf_debuginfo_frame(vm->main, 0, &frame));
  assert_false(wf_debuginfo_frame(vm->main, -1, &frame));
  assert_string_equal(wf_error_where(vm->main, 1)->bytes, "");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open, close)
int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(errors_name_what_failed),
      TEST(names_survive_joins_only_when_paths_agree),
      TEST(many_pending_jumps_are_survived),
      TEST(frames_know_their_names_and_lines),
      TEST(variables_are_found_by_number),
      TEST(line_events_come_once_per_line_and_turn),
      TEST(tracebacks_skip_the_middle),
      TEST(levels_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
