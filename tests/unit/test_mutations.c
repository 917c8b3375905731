/* test_mutations.c: binary chunks with changed bytes.
 *
 * Dumps of small functions are changed at random (seeded), get a right checksum
 * again, and are loaded. What the verifier refuses is an error; what it accepts
 * is run, for a limited number of instructions, and may do anything that a Lua
 * program may do. The rest is up to the checks and sanitizers of the build.
 * WEFT_MUTATIONS and WEFT_SEED in the environment ask for more and others. */
#include "compiler/compile.h"
#include "vm/base/hash.h"
#include "vm/exec/call.h"
#include "vm/exec/native.h"
#include "vm/exec/open.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The header of a chunk, see vm/bytecode/module.c. */
enum {
  LENGTH_AT = 22,
  CHECKSUM_AT = 30,
  PAYLOAD_AT = 38,
  HASH_SEED = 0x77656674,
  CHUNK_MAX = 1 << 16
};

static int compile(const char *source, size_t len, const char *chunk_name,
                   size_t chunk_name_len, size_t c_stack_budget,
                   const SourcePieces *more, Module *out, Buffer *message) {
  CompileOptions options = {chunk_name, chunk_name_len, c_stack_budget, more};
  return (int)wf_compile(source, len, &options, out, message);
}

/* seal(chunk): the chunk with length and checksum that fit its payload. */
static int seal(Thread *L) {
  static char chunk[CHUNK_MAX];
  const String *s = wf_native_check_string(L, 1);
  assert_in_range(s->len, PAYLOAD_AT, CHUNK_MAX);
  memcpy(chunk, s->bytes, s->len);
  uint64_t size = s->len - PAYLOAD_AT;
  HashSecret secret;
  wf_hash_secret_init(&secret, HASH_SEED, false);
  uint64_t hash = wf_hash_bytes(&secret, chunk + PAYLOAD_AT, size);
  memcpy(chunk + LENGTH_AT, &size, sizeof size);
  memcpy(chunk + CHECKSUM_AT, &hash, sizeof hash);
  wf_native_push_string(L, chunk, s->len);
  return 1;
}

static const char script[] =
    "local seed, rounds = ...\n"
    "math.randomseed(seed)\n"
    "local random, char = math.random, string.char\n"
    "local texts = {\n"
    "  [[local a, b, c = ... local t = {a, b, x = c} for i = 1, 10 do t[i] = i "
    "* 2 end\n"
    "    for k, v in pairs(t) do if v then c = k end end return t.x, #t, a .. "
    "'s', t[1] + t[2] ]],\n"
    "  [[local function f(n, ...) if n == 0 then return select('#', ...) end\n"
    "    return f(n - 1, n, ...) end return f(10), function() return f end]],\n"
    "  [[local mt = setmetatable({}, {__index = function(t, k) return k end}) "
    "local s = ''\n"
    "    for i = 1, 5 do s = s .. mt[i] end goto e do local x <close> = "
    "setmetatable({}, {__close =\n"
    "    function() s = s .. 'c' end}) end ::e:: return s]],\n"
    "  [[local co = coroutine.wrap(function(a) local b = coroutine.yield(a) "
    "return b end)\n"
    "    return co(1), co(2), 1 // z, 3 % y, 1 << x, ~x, not nil, -y, 7 & x, 8 "
    "| x, 6 ~ x, 9 >> x, y ^ 3]],\n"
    "  [[local t = {a = {}} function t.a.b() end function t:m(x) return "
    "self[x] end return t:m('a')]],\n"
    "  [[local r = {} for i = 10, 1, -2 do r[#r + 1] = function() i = i + 1 "
    "return i end end\n"
    "    return r[1](), r[2](), (r[3]())]],\n"
    "  [[local w = 1 z = {x, y, {x = 1, y = 2, [3] = 4.5, ...}} while w < 5 do "
    "w = w + 1\n"
    "    if w == 3 then break end end repeat local q = w w = w + 1 until q > 7 "
    "return w, z, ...]],\n"
    "  [[local a <const>, b = 1, 'str' local u = function() b = b .. 'x' "
    "return function()\n"
    "    return a, b end end u() return pcall(error, {u()()}), a < #b]],\n"
    "  [[return ('x'):rep(3), 9007199254740993, 1e308, -0.0, ('long'):rep(20), "
    "true, false, nil]],\n"
    "  [[local y <close> = nil for k, v in next, {1, 2, 3} do if k == 2 then "
    "return k, v end end]],\n"
    "  [[local a = ... if a == 1 then return 1 elseif a == 2 then return 'two' "
    "elseif a then\n"
    "    return {} else return nil, nil end]],\n"
    "}\n"
    "local chunks = {}\n"
    "for i, text in ipairs(texts) do\n"
    "  local f = assert(load(text, \"=c\" .. i))\n"
    "  chunks[#chunks + 1] = string.dump(f)\n"
    "  chunks[#chunks + 1] = string.dump(f, true)\n"
    "end\n"
    "\n"
    "local function change(s)\n"
    "  local at, how = random(39, #s), random(9)\n"
    "  local before, byte, after = s:sub(1, at - 1), s:byte(at), s:sub(at + "
    "1)\n"
    "  if how <= 3 then return before .. char(random(0, 255)) .. after end\n"
    "  if how == 4 then return before .. char(byte ~ 1 << random(0, 7)) .. "
    "after end\n"
    "  if how == 5 then return before end\n"
    "  if how == 6 then return before .. char(random(0, 255), byte) .. after "
    "end\n"
    "  if how == 7 then return before .. after end\n"
    "  if how == 8 then return before .. char(byte + random(-2, 2) & 255) .. "
    "after end\n"
    "  local from = random(39, #s)\n"
    "  return before .. s:sub(from, from + random(0, 8)) .. after\n"
    "end\n"
    "\n"
    "local env = {x = 1, y = 2, z = 3, pairs = pairs, next = next, select = "
    "select, pcall = pcall,\n"
    "  error = error, setmetatable = setmetatable, coroutine = coroutine}\n"
    "local function limited(f, ...)\n"
    "  local co = coroutine.create(f)\n"
    "  debug.sethook(co, function() error(\"enough\", 0) end, \"\", 20000)\n"
    "  local ok, message = coroutine.resume(co, ...)\n"
    "  coroutine.close(co)\n"
    "  return ok or message ~= \"enough\"\n"
    "end\n"
    "local refused, run = 0, 0\n"
    "for n = 1, rounds do\n"
    "  local s = chunks[random(#chunks)]\n"
    "  for _ = 1, random(3) == 1 and random(5) or 1 do\n"
    "    s = #s > 40 and change(s) or s\n"
    "  end\n"
    "  local f = load(seal(s), \"m\", \"b\", env)\n"
    "  if f then\n"
    "    run = run + 1\n"
    "    -- first with hooks, then, if that came to an end, in the plain loop\n"
    "    if limited(f, 1, \"b\", 2.5) and limited(f, 2) and limited(f) then\n"
    "      local co = coroutine.create(f)\n"
    "      coroutine.resume(co, 1, \"b\", 2.5)\n"
    "      coroutine.close(co)\n"
    "    end\n"
    "    string.dump(f)\n"
    "  else\n"
    "    refused = refused + 1\n"
    "  end\n"
    "  if n % 500 == 0 then collectgarbage() end\n"
    "end\n"
    "return refused, run\n";

static void run_script(Thread *L, void *ud) {
  int64_t *counts = ud;
  static const NativeReg seals[] = {{"seal", seal}, {NULL, NULL}};
  wf_lib_open_all(L);
  wf_native_register(L, L->vm->globals, seals);
  const char *seed = getenv("WEFT_SEED"), *n = getenv("WEFT_MUTATIONS");
  if (!wf_native_load(L, script, strlen(script), "=script", 7, NULL,
                      value_from_table(L->vm->globals)))
    fail_msg("%s", value_as_string(L->top[-1])->bytes);
  native_push_int(L, seed ? atoi(seed) : 1);
  native_push_int(L, n ? atoi(n) : 20000);
  wf_call_function(L, 2, 2);
  counts[0] = value_as_inline_int(L->top[-2]);
  counts[1] = value_as_inline_int(L->top[-1]);
}

static void changed_chunks_are_refused_or_run(void **state) {
  (void)state;
  VM *vm = wf_open_vm(1, false);
  assert_non_null(vm);
  vm->compile = compile;
  vm->c_stack_bottom = (char *)__builtin_frame_address(0) - (4 << 20);
  int64_t counts[2] = {0, 0};
  if (wf_call_protected_c(vm->main, run_script, counts, VALUE_NIL) != CALL_OK)
    fail_msg("%s", value_as_string(vm->main->top[-1])->bytes);
  print_message("%d refused, %d run\n", (int)counts[0], (int)counts[1]);
  assert_true(counts[0] > counts[1] && counts[1] > counts[0] / 100);
  wf_open_close(vm);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(changed_chunks_are_refused_or_run),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
