/* test_memory.c: each single allocation of small programs is refused in turn.
 *
 * A program returns a string. Whichever request is refused, it must end with
 * "not enough memory" or with the string of an undisturbed run: nothing may be
 * lost silently. Afterwards the VM must pass its heap check and run the
 * program to its usual end. Under the address sanitizer nothing may leak. */
#include "compiler/compile.h"
#include "vm/base/alloc.h"
#include "vm/exec/call.h"
#include "vm/exec/native.h"
#include "vm/exec/open.h"
#include "vm/gc/gc.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#ifdef WEFT_CHECKS

enum { RESULT_MAX = 400 };

static int compile(const char *source, size_t len, const char *chunk_name,
                   size_t chunk_name_len, size_t c_stack_budget,
                   const SourcePieces *more, Module *out, Buffer *message) {
  CompileOptions options = {chunk_name, chunk_name_len, c_stack_budget, more};
  return (int)wf_compile(source, len, &options, out, message);
}

/* Refuses the n-th request from now, 0: none; `for_good`: all later ones too.
 */
static void refuse(uint64_t n, bool for_good) {
  wf_alloc_faults =
      (AllocFaults){.countdown = n, .active = true, .for_good = for_good};
}

static void open_libraries(Thread *L, void *ud) {
  (void)ud;
  wf_lib_open_all(L);
}

/* NULL when memory did not suffice. */
static VM *open_vm(void) {
  VM *vm = wf_open_vm(1, false);
  if (!vm)
    return NULL;
  vm->compile = compile;
  vm->c_stack_bottom = (char *)__builtin_frame_address(0) - (4 << 20);
  if (wf_call_protected_c(vm->main, open_libraries, NULL, VALUE_NIL) == CALL_OK)
    return vm;
  refuse(0, false);
  wf_open_close(vm);
  return NULL;
}

static void run_text(Thread *L, void *ud) {
  const char *text = ud;
  if (!wf_native_load(L, text, strlen(text), "=t", 2, NULL,
                      value_from_table(L->vm->globals)))
    wf_error_throw(L, L->top[-1]);
  wf_call_function(L, 0, 1);
}

/* Runs the text; its result, or the error message, goes to `result`. */
static CallStatus run(VM *vm, const char *text, char *result) {
  Thread *L = vm->main;
  CallStatus status =
      wf_call_protected_c(L, run_text, (void *)(uintptr_t)text, VALUE_NIL);
  snprintf(result, RESULT_MAX, "%s",
           value_is_string(L->top[-1]) ? value_as_string(L->top[-1])->bytes
                                       : "(no string)");
  native_pop(L);
  return status;
}

static bool ends_with(const char *text, const char *end) {
  size_t n = strlen(text), m = strlen(end);
  return n >= m && strcmp(text + n - m, end) == 0;
}

static void check(const char *text, uint64_t n, bool right, const char *got) {
  if (right)
    return;
  fail_msg("request %llu refused: \"%s\" from: %s", (unsigned long long)n, got,
           text);
}

/* Refuses request n of the text; false when it made fewer. */
static bool refuse_one(VM *vm, const char *text, uint64_t n, bool for_good,
                       const char *expected) {
  char result[RESULT_MAX];
  refuse(n, for_good);
  CallStatus status = run(vm, text, result);
  bool refused = wf_alloc_faults.refused;
  refuse(0, false);
  if (status == CALL_OK)
    check(text, n, strcmp(result, expected) == 0, result);
  else
    check(text, n, refused && ends_with(result, "not enough memory"), result);
  wf_gc_full(vm->main, true);
  wf_gc_check(vm);
  status = run(vm, text, result);
  check(text, n, status == CALL_OK && strcmp(result, expected) == 0, result);
  return refused;
}

static void refuse_each(const char *text) {
  char expected[RESULT_MAX];
  refuse(0, false);
  VM *vm = open_vm();
  if (run(vm, text, expected) != CALL_OK)
    fail_msg("\"%s\" from: %s", expected, text);
  for (uint64_t n = 1; refuse_one(vm, text, n, true, expected); n++)
    ;
  wf_open_close(vm);
  bool refused = true;
  for (uint64_t n = 1; refused; n++) {
    refuse(0, false);
    vm = open_vm();
    refused = refuse_one(vm, text, n, false, expected);
    wf_open_close(vm);
  }
}

/* ---- tests --------------------------------------------------------------- */

static void opening_a_vm(void **state) {
  (void)state;
  VM *vm = NULL;
  uint64_t n = 1;
  for (; !vm; n++) {
    refuse(n, true);
    vm = open_vm();
  }
  assert_true(n > 300);
  wf_open_close(vm);
}

/* Builds that check the heap at safepoints do so while memory is refused. */
static void the_heap_check_makes_no_requests(void **state) {
  (void)state;
  refuse(0, false);
  VM *vm = open_vm();
  refuse(1, true);
  wf_gc_check(vm);
  assert_false(wf_alloc_faults.refused);
  refuse(0, false);
  wf_open_close(vm);
}

static const char *const programs[] = {
    "return \"x\"",
    "local t = {} for i = 1, 20 do t[i] = i end for i = 1, 20 do t[i / 3 - "
    "9] = i end local n = 0 for _, v in pairs(t) do n = n + v end return "
    "tostring(n)",
    "local t = {} for i = 1, 12 do t[\"k\" .. i] = i .. \"v\" end local s = "
    "\"\" for i = 1, 12 do s = s .. t[\"k\" .. i] end return s",
    "local s = \"ab\" for i = 1, 6 do s = s .. s end return s .. #s",
    "return (\"ab\"):rep(30, \"-\") .. (\"x\"):upper() .. (\"AbC\"):lower() "
    ".. (\"abc\"):reverse() .. (\"hello\"):sub(2, 4)",
    "return ((\"hello world\"):gsub(\"o\", \"0\"):gsub(\"%w+\", function(w) "
    "return w .. w end):gsub(\"l\", {l = \"L\"})) .. ((\"abc\"):gsub(\"\", "
    "\"-\"))",
    "return string.format(\"%d %5.2f %q %s %x %a %i %c %-10s|\", 1, 2.5, "
    "\"a\\n\", {} ~= nil, 255, 0.5, 3, 65, \"z\") .. "
    "string.format(\"%99s|%q\", \"y\", 1 / 3)",
    "local t = {} for w in (\"a bc def\"):gmatch(\"%a+\") do t[#t + 1] = w "
    "end return table.concat(t, \",\") .. (\"x=1\"):match(\"(%a)=(%d)\") .. "
    "(\"abc\"):find(\"b\", 1, true)",
    "return tostring(nil) .. tostring(true) .. tostring(12) .. "
    "tostring(1.5) .. tostring(1 << 62) .. #tostring({}):gsub(\"0x%x+\", "
    "\"P\") .. tostring(print):sub(1, 8)",
    "local f = assert(load(\"local a, b = ... return function(c) return a + "
    "b + c end\")) return tostring(f(1, 2)(3))",
    "local f, e = load(\"return 1 +\") if f then return \"?\" end if e:find "
    "\"not enough memory$\" then error(e, 0) end return e",
    "local n = 0 local f, e = load(function() n = n + 1 return ({\"return "
    "\", \"1\", \" + 41\"})[n] end) if not f then error(e, 0) end return "
    "tostring(f())",
    "local f = assert(load(string.dump(function(a) local t = {a, x = a} "
    "return t.x + t[1] + 1.5 end), \"d\", \"b\")) return tostring(f(2))",
    "local ok, e = pcall(error, {code = 7}) if type(e) ~= \"table\" then "
    "error(e, 0) end return tostring(e.code)",
    "local ok, e = xpcall(function() local x = nil; return x.y end, "
    "function(m) return \"H:\" .. m end) if e:find \"memory\" then "
    "error(\"not enough memory\", 0) end return e",
    "local ok, e = pcall(function() local t = {} return t.a.b end) if "
    "e:find \"not enough memory$\" then error(e, 0) end return e",
    "local function f(n) if n == 0 then return 0 end return 1 + f(n - 1) "
    "end return tostring(f(300))",
    "local function f(...) return select(\"#\", ...) + #{...} end return "
    "tostring(f(table.unpack({}, 1, 200)))",
    "local co = coroutine.wrap(function(a) local b = coroutine.yield(a + 1) "
    "local t = {b} return t[1] * 2 end) return tostring(co(1)) .. "
    "tostring(co(5))",
    "local co = coroutine.create(function() local x <close> = "
    "setmetatable({}, {__close = function() end}) error(\"in\", 0) end) "
    "local ok, e = coroutine.resume(co) if e ~= \"in\" then error(e, 0) end "
    "return e",
    "local log = {} do local a <close> = setmetatable({}, {__close = "
    "function() log[#log + 1] = \"a\" end}) local b <close> = "
    "setmetatable({}, {__close = function() log[#log + 1] = \"b\" end}) end "
    "return table.concat(log)",
    "local mt = {} mt.__index = function(t, k) return k .. \"!\" end "
    "mt.__add = function(a, b) return {1} end mt.__concat = function() "
    "return \"cat\" end mt.__call = function(self, a) return a end mt.__eq "
    "= function() return true end mt.__lt = function() return true end "
    "mt.__len = function() return 5 end local a, b = setmetatable({}, mt), "
    "setmetatable({}, mt) return a.zzz .. (a .. b) .. a(\"q\") .. "
    "tostring(a == b) .. tostring(a < b) .. #a .. #(a + b)",
    "local t = {5, 3, 8, 1} table.sort(t, function(a, b) return ({a})[1] < "
    "({b})[1] end) table.insert(t, 9) table.insert(t, 1, 0) table.remove(t) "
    "return table.concat(t, \" \") .. table.concat(table.move(t, 1, 3, 2, "
    "{})  , \"\", 2, 4)",
    "return tostring(#string.pack(\"s2!8jdz\", \"abc\", 7, 1.5, \"zz\")) .. "
    "string.unpack(\"s1\", \"\\3abc\") .. utf8.char(228, 8364) .. "
    "#utf8.char(1, 2, 3) .. utf8.len(\"\\u{e4}b\")",
    "local w = setmetatable({}, {__mode = \"k\"}) local keep = {} for i = "
    "1, 5 do keep[i] = {} w[keep[i]] = {i} end collectgarbage() local n = 0 "
    "for _, v in pairs(w) do n = n + v[1] end return tostring(n)",
    "local n = 0 for i = 1, 3 do setmetatable({}, {__gc = function() n = n "
    "+ 1 end}) end collectgarbage() collectgarbage() return \"collected\"",
    "local fs = {} for i = 1, 5 do local x = i fs[i] = function() x = x + 1 "
    "return x end end return fs[1]() .. fs[5]() .. fs[1]()",
    "package.preload.m = function(...) return {name = ...} end local m = "
    "require \"m\" package.loaded.m = nil return m.name",
    "local ok, e = pcall(require, \"no.such.module\") if e:find \"not "
    "enough memory\" then error(\"not enough memory\", 0) end return "
    "tostring(ok) .. #e:gsub(\"[^\\n]\", \"\")",
    "local f = assert(io.tmpfile(), \"not enough memory\") "
    "assert(f:write(\"line 1\\n\", 2, \"\\n\", 3.5, \"\\nrest\"), \"not "
    "enough memory\") f:seek(\"set\") local a, b, c = f:read(\"l\", \"n\", "
    "\"n\") local d = f:read(\"a\") f:close() return a .. b .. c .. d",
    "return os.date(\"!%Y-%m-%d\", 0) .. os.time({year = 2020, month = 1, "
    "day = 1, hour = 12}) .. tostring(os.getenv(\"NO_SUCH_VARIABLE_1\")) .. "
    "tostring(math.type(3)) .. tostring(tonumber(\"0x10\")) .. "
    "tonumber(\"zz\", 36)",
    "local s = debug.traceback(\"m\", 1) if not s:find \"stack traceback\" "
    "then error(\"not enough memory\", 0) end local i = debug.getinfo(1, "
    "\"nSlutfL\") return i.short_src .. i.what .. #s",
    "local s = 0 debug.sethook(function() s = s + #{1, 2} end, \"l\") local "
    "x = 1 x = x + 1 debug.sethook() return \"hooked\"",
    "local o = {} for i = 1, 70 do o[\"p\" .. i] = i end local t = {} for "
    "k, v in pairs(o) do t[#t + 1] = v end table.sort(t) return #t .. \",\" "
    ".. t[70]",
    "local C = {} C.__index = C function C.new(x) return setmetatable({x = "
    "x}, C) end function C:get() return self.x end local n = 0 for i = 1, "
    "10 do n = n + C.new(i):get() end return tostring(n)",
    "local a = 1 << 60 local t = {} for i = 1, 10 do t[i] = a + i * 2 ^ 3 "
    "// 1 | 0 end local x = 0 for i = 1, 10 do x = x ~ t[i] end return "
    "tostring(x) .. tostring(a * 3) .. tostring(-a - a)",
    "local x = {} goto done do local y = 1 end ::done:: local s = \"\" for "
    "i, v in ipairs({1, 2, 3}) do s = s .. i .. v end for k, v in next, {7} "
    "do s = s .. k .. v end return s",
    "local text = \"return {\" .. (\"1, {a = 'b', [2] = 3.25}, \"):rep(30) "
    ".. \"}\" local t = assert(load(text))() return #t .. t[2].a",
    "local text = \"local a = ...\\n\" .. (\"if a == 1 then a = 2 elseif a "
    "== 2 then a = 's' .. a else a = {a} end\\n\"):rep(12) .. \"return "
    "type(a)\" return assert(load(text))(1)",
    "local s = (\"x\"):rep(5000) local t = {} for i = 1, 3 do t[i] = s .. i "
    "end return #table.concat(t) .. #s:rep(3) .. #s:gsub(\"x\", \"yy\")",
    "local t = setmetatable({}, {__tostring = function() return \"T\" .. 1 "
    "end, __name = \"N\"}) return tostring(t) .. string.format(\"%s "
    "%10.3s\", t, t)",
    "local co = coroutine.wrap(function() local function deep(n) if n == 0 "
    "then coroutine.yield(\"deep\") return 0 end return 1 + deep(n - 1) end "
    "return tostring(deep(120)) end) return co() .. co()",
    "local r = {} for i = 1, 3 do local ok, e = pcall(string.rep, \"x\", "
    "-1) r[i] = tostring(ok) .. select(\"#\", e) end local ok, e = "
    "pcall(string.rep) if e:find \"memory$\" then error(e, 0) end return "
    "table.concat(r) .. e",
    "local u = {} for i = 1, 40 do u[#u + 1] = \"v\" .. i end local text = "
    "\"local \" .. table.concat(u, \",\") .. \" = ... return function() "
    "return \" .. table.concat(u, \" or \") .. \" end\" return "
    "tostring(assert(load(text))(9)())",
};

static void programs_of_all_kinds(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
    refuse_each(programs[i]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(opening_a_vm),
      cmocka_unit_test(the_heap_check_makes_no_requests),
      cmocka_unit_test(programs_of_all_kinds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

#else

int main(void) {
  puts("test_memory: needs a build with checks (debug, asan)");
  return 0;
}

#endif
