/* test_compiler.c: source text to modules.
 *
 * Listings of tests/bytecode are the wide net: NAME.lua must compile to
 * NAME.lst. After a wanted change, `WEFT_GOLDEN=write` in the environment
 * makes this program rewrite them; read the difference before keeping it.
 *
 * Everything compiled here must also pass the verifier. */
#include "compiler/compile.h"
#include "vm/bytecode/opcode.h"
#include "vm/load/verify.h"
#include <glob.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- helpers --- */

static CompileStatus compile_bytes(const char *source, size_t len,
                                   const char *name, Module *m,
                                   Buffer *message) {
  CompileOptions options = {name, strlen(name), 0, NULL};
  wf_buffer_init(message);
  CompileStatus status = wf_compile(source, len, &options, m, message);
  if (status == COMPILE_OK) {
    VerifyError where;
    const char *why = wf_verify_module(m, &where);
    if (why)
      fail_msg("%.60s: not verified: %s at %u", source, why,
               (unsigned)where.pc);
  }
  return status;
}

/* Compiles valid source. */
static void compile(const char *source, Module *m) {
  Buffer message;
  if (compile_bytes(source, strlen(source), "=t", m, &message) != COMPILE_OK)
    fail_msg("%.60s: %s", source, wf_buffer_cstr(&message));
  wf_buffer_free(&message);
}

static void check_message(const char *source, size_t len, const char *expect) {
  Module m;
  Buffer message;
  CompileStatus status = compile_bytes(source, len, "=t", &m, &message);
  if (status == COMPILE_OK) {
    wf_module_free(&m);
    assert_null(expect);
  } else {
    assert_int_equal(status, COMPILE_SYNTAX);
    assert_string_equal(wf_buffer_cstr(&message), expect ? expect : "(none)");
  }
  wf_buffer_free(&message);
}

static void error_is(const char *source, const char *expect) {
  check_message(source, strlen(source), expect);
}

/* The opcodes of a function, separated by spaces. */
static void opcodes(const ModFunction *f, Buffer *out) {
  Instruction in;
  for (uint32_t pc = 0; pc < f->code_size; pc += in.length) {
    assert_true(wf_opcode_decode(f->code, f->code_size, pc, &in));
    if (pc)
      wf_buffer_byte(out, ' ');
    wf_buffer_string(out, wf_opcode_info[in.op].name);
  }
}

static void code_is(const char *source, const char *expect) {
  Module m;
  Buffer out;
  wf_buffer_init(&out);
  compile(source, &m);
  opcodes(m.main, &out);
  assert_string_equal(wf_buffer_cstr(&out), expect);
  wf_buffer_free(&out);
  wf_module_free(&m);
}

/* The first constant of the main function. */
static ModConst constant_of(const char *source, Module *m) {
  compile(source, m);
  assert_true(m->main->nconsts >= 1);
  return m->main->consts[0];
}

static void int_is(const char *source, int64_t expect) {
  Module m;
  ModConst k = constant_of(source, &m);
  assert_int_equal(k.kind, MOD_INT);
  assert_int_equal(k.as.i, expect);
  wf_module_free(&m);
}

static void float_is(const char *source, double expect) {
  Module m;
  ModConst k = constant_of(source, &m);
  assert_int_equal(k.kind, MOD_FLOAT);
  assert_memory_equal(&k.as.d, &expect, sizeof expect);
  wf_module_free(&m);
}

static void string_is(const char *source, const char *expect, size_t len) {
  Module m;
  ModConst k = constant_of(source, &m);
  assert_int_equal(k.kind, MOD_STRING);
  assert_int_equal(k.as.s.len, len);
  assert_memory_equal(k.as.s.bytes, expect, len);
  wf_module_free(&m);
}

/* --- lexer --- */

static void numerals(void **state) {
  (void)state;
  int_is("return 9007199254740993", 9007199254740993);
  int_is("return 9223372036854775807", INT64_MAX);
  int_is("return 0x7fffffffffffffff", INT64_MAX);
  int_is("return 0xA0B1C2", 0xA0B1C2);
  float_is("return 9223372036854775808", 9223372036854775808.0);
  float_is("return 3.0", 3.0);
  float_is("return .5", 0.5);
  float_is("return 3.", 3.0);
  float_is("return 1e2", 100.0);
  float_is("return 314.16e-2", 3.1416);
  float_is("return 0x.1p4", 1.0);
  float_is("return 0xA.8p0", 10.5);
  float_is("return 0x1P-2", 0.25);
  float_is("return 1e999", HUGE_VAL);
  code_is("return 0xffffffffffffffff", "INT8 RETURN_1 RETURN_0");
}

static void strings(void **state) {
  (void)state;
  string_is("return 'a\\n\\t\\\\\\'\\\"\\a\\b\\f\\r\\v'",
            "a\n\t\\'\"\a\b\f\r\v", 11);
  string_is("return '\\x41\\65\\065\\0651\\0'", "AAAA1\0", 6);
  string_is("return '\\u{48}\\u{20AC}\\u{7FFFFFFF}'",
            "H\xE2\x82\xAC\xFD\xBF\xBF\xBF\xBF\xBF", 10);
  string_is("return 'a\\z  \n\r\n\t b'", "ab", 2);
  string_is("return 'a\\\nb\\\r\nc\\\n\rd'", "a\nb\nc\nd", 7);
  string_is("return [[\nx\r\ny\n\rz\r\rw]]", "x\ny\nz\n\nw", 8);
  string_is("return [==[a]]b]=]c]==]", "a]]b]=]c", 8);
  string_is("return [=[]]]=]", "]]", 2);
  string_is("return ''", "", 0);
  string_is("return [[\r\n]]", "", 0);
}

static void comments_and_spaces(void **state) {
  (void)state;
  const char *expect = "INT_1 RETURN_1 RETURN_0";
  code_is("--x\nreturn--[[ y\n]]--[==[ ]] ]==]\v\f\t1--[", expect);
  code_is("--[=\nreturn 1", expect);
  code_is("return 1 --", expect);
  code_is(";;;return 1;", expect);
  code_is("", "RETURN_0");
  code_is("--[[]]", "RETURN_0");
}

static void lexical_errors(void **state) {
  (void)state;
  error_is("x = 3..2", "t:1: malformed number near '3..2'");
  error_is("x = .0x1p4", "t:1: malformed number near '.0x1p4'");
  error_is("x = 0x", "t:1: malformed number near '0x'");
  error_is("x = 0x.p1", "t:1: malformed number near '0x.p1'");
  error_is("x = 1e+", "t:1: malformed number near '1e+'");
  error_is("x = 3abc", "t:1: malformed number near '3abc'");
  error_is("x = 1_000", "t:1: malformed number near '1_'");
  error_is("x = 'abc", "t:1: unfinished string near <eof>");
  error_is("x = 'abc\n'", "t:1: unfinished string near ''abc'");
  error_is("x = 'a\\zb", "t:1: unfinished string near <eof>");
  error_is("x = '\\", "t:1: unfinished string near <eof>");
  error_is("x = '\\q'", "t:1: invalid escape sequence near ''\\q'");
  error_is("x = 'a\\65\\q'", "t:1: invalid escape sequence near ''aA\\q'");
  error_is("x = '\\xg1'", "t:1: hexadecimal digit expected near ''\\xg'");
  error_is("x = '\\x1'", "t:1: hexadecimal digit expected near ''\\x1''");
  error_is("x = '\\300'", "t:1: decimal escape too large near ''\\300''");
  error_is("x = '\\256x'", "t:1: decimal escape too large near ''\\256x'");
  error_is("x = '\\u123'", "t:1: missing '{' near ''\\u1'");
  error_is("x = '\\u{12'", "t:1: missing '}' near ''\\u{12''");
  error_is("x = '\\u{}'", "t:1: hexadecimal digit expected near ''\\u{}'");
  error_is("x = '\\u{80000000}'",
           "t:1: UTF-8 value too large near ''\\u{80000000'");
  error_is("x = [==", "t:1: invalid long string delimiter near '[=='");
  error_is("x = [=[\n\n",
           "t:3: unfinished long string (starting at line 1) near <eof>");
  error_is("\n--[[\n",
           "t:3: unfinished long comment (starting at line 2) near <eof>");
  error_is("x = \xC3\xA9", "t:1: unexpected symbol near '<\\195>'");
  error_is("x = \1", "t:1: unexpected symbol near '<\\1>'");
  error_is("x = @", "t:1: unexpected symbol near '@'");
  check_message("x = \0", 5, "t:1: unexpected symbol");
  check_message("x = 'a\0b", 8, "t:1: unfinished string near <eof>");
  check_message("x = 1 'a\0b'", 11, "t:1: unexpected symbol near ''a'");
}

/* --- parser --- */

static void near_tokens(void **state) {
  (void)state;
  error_is("x = }", "t:1: unexpected symbol near '}'");
  error_is("x = ", "t:1: unexpected symbol near <eof>");
  error_is("x = 5 0x10", "t:1: unexpected symbol near '0x10'");
  error_is("x = 5 'a\\065b'", "t:1: unexpected symbol near ''aAb''");
  error_is("x=5 [=[\nabc\n]=]", "t:3: unexpected symbol near '[=[abc\n]=]'");
  error_is("x = a b", "t:1: syntax error near <eof>");
  error_is("x += 1", "t:1: syntax error near '+'");
  error_is("x == 1", "t:1: syntax error near '=='");
  error_is("while << do end", "t:1: unexpected symbol near '<<'");
  error_is("x = a ... b", "t:1: unexpected symbol near '...'");
}

static void syntax_errors(void **state) {
  (void)state;
  error_is("for", "t:1: <name> expected near <eof>");
  error_is("for x", "t:1: '=' or 'in' expected near <eof>");
  error_is("for x, y = 1", "t:1: 'in' expected near '='");
  error_is("for x = 1 do", "t:1: ',' expected near 'do'");
  error_is("for i=1,2,3,4 do end", "t:1: 'do' expected near ','");
  error_is("if x then\n\nelse",
           "t:3: 'end' expected (to close 'if' at line 1) near <eof>");
  error_is("if x then end end", "t:1: <eof> expected near 'end'");
  error_is("repeat x() ", "t:1: 'until' expected near <eof>");
  error_is("x, y", "t:1: '=' expected near <eof>");
  error_is("x.y", "t:1: syntax error near <eof>");
  error_is("(x) = 1", "t:1: syntax error near '='");
  error_is("f() = 1", "t:1: syntax error near '='");
  error_is("(f())", "t:1: syntax error near <eof>");
  error_is("a.b:c = 1", "t:1: function arguments expected near '='");
  error_is("function f(a,) end", "t:1: <name> or '...' expected near ')'");
  error_is("function f() return ... end",
           "t:1: cannot use '...' outside a vararg function near '...'");
  error_is("local a = {1, 2", "t:1: '}' expected near <eof>");
  error_is("f(1\n\n", "t:3: ')' expected (to close '(' at line 1) near <eof>");
  error_is("return 1 x", "t:1: <eof> expected near 'x'");
  error_is("'abc'.x = 1", "t:1: unexpected symbol near ''abc''");
  error_is("x = {[1] 2}", "t:1: '=' expected near '2'");
  error_is("::x", "t:1: '::' expected near <eof>");
  error_is("goto 1", "t:1: <name> expected near '1'");
}

static void variable_errors(void **state) {
  (void)state;
  error_is("local x <const> = 1; x = 2",
           "t:1: attempt to assign to const variable 'x'");
  error_is("local x <const> = {}\nfunction x() end\n",
           "t:3: attempt to assign to const variable 'x'");
  error_is("local x <close> = nil; local function f() a, x = 1 end",
           "t:1: attempt to assign to const variable 'x'");
  error_is("local x <const> = 5; x.y = 5", NULL);
  error_is("local x <foo> = 1", "t:1: unknown attribute 'foo'");
  error_is("local x <close>, y <close> = 1",
           "t:1: multiple to-be-closed variables in local list");
}

static void label_errors(void **state) {
  (void)state;
  error_is("break", "t:1: break outside loop at line 1");
  error_is("while x do local function f()\nbreak end end",
           "t:2: break outside loop at line 2");
  error_is("goto x", "t:1: no visible label 'x' for <goto> at line 1");
  error_is("goto a; do ::a:: end",
           "t:1: no visible label 'a' for <goto> at line 1");
  error_is("::a::\n::a::", "t:2: label 'a' already defined on line 2");
  error_is("::a:: do ::a:: end", "t:1: label 'a' already defined on line 1");
  error_is("do ::a:: end ::a::", NULL);
  error_is("do goto x; local y; ::x:: print(1) end",
           "t:1: <goto x> at line 1 jumps into the scope of local 'y'");
  error_is("goto a; local x ::a:: ; ::b:: ;", NULL);
  error_is("repeat if y then goto c end; local z; ::c:: until z",
           "t:1: <goto c> at line 1 jumps into the scope of local 'z'");
}

static void first_error_of_the_text_wins(void **state) {
  (void)state;
  error_is("local x <const> = 1; x = 2; x = }",
           "t:1: attempt to assign to const variable 'x'");
  error_is("break }", "t:1: unexpected symbol near '}'");
  error_is("do break end goto a", "t:1: break outside loop at line 1");
}

/* --- limits --- */

static void repeat_text(Buffer *b, const char *text, int n) {
  for (int i = 0; i < n; i++)
    wf_buffer_string(b, text);
}

/* `head`, then n times `open`, `middle`, n times `close`. */
static void nested(const char *head, const char *open, const char *middle,
                   const char *close, int n, const char *expect) {
  Buffer b;
  wf_buffer_init(&b);
  wf_buffer_string(&b, head);
  repeat_text(&b, open, n);
  wf_buffer_string(&b, middle);
  repeat_text(&b, close, n);
  check_message(wf_buffer_cstr(&b), b.len, expect);
  wf_buffer_free(&b);
}

static void nesting_is_limited(void **state) {
  (void)state;
  static const struct {
    const char *head, *open, *middle, *close;
    int most;
  } cases[] = {
      {"x = ", "(", "1", ")", 195},
      {"x = ", "{", "", "}", 196},
      {"", "do ", "", "end ", 197},
      {"x = ", "a .. ", "a", "", 195},
      {"x = ", "a ^ ", "a", "", 195},
      {"x = ", "- ", "a", "", 195},
      {"a", ", a", " = 1", "", 195},
      {"x = ", "f(", "1", ")", 195},
      {"x = ", "function() return ", "1", " end", 97},
  };
  const char *overflow = "C stack overflow";
  for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
    nested(cases[i].head, cases[i].open, cases[i].middle, cases[i].close,
           cases[i].most, NULL);
    nested(cases[i].head, cases[i].open, cases[i].middle, cases[i].close,
           cases[i].most + 1, overflow);
    nested(cases[i].head, cases[i].open, cases[i].middle, cases[i].close,
           1000000, overflow);
  }
}

static void c_stack_budget_is_kept(void **state) {
  (void)state;
  Buffer b, message;
  Module m;
  CompileOptions options = {"=t", 2, 16 * 1024, NULL};
  wf_buffer_init(&b);
  wf_buffer_init(&message);
  wf_buffer_string(&b, "x = ");
  repeat_text(&b, "{f(", 90);
  repeat_text(&b, ")}", 90);
  assert_int_equal(wf_compile(b.data, b.len, &options, &m, &message),
                   COMPILE_SYNTAX);
  assert_string_equal(wf_buffer_cstr(&message), "C stack overflow");
  assert_int_equal(wf_compile("x = f(1)", 8, &options, &m, &message),
                   COMPILE_OK);
  wf_module_free(&m);
  wf_buffer_free(&message);
  wf_buffer_free(&b);
}

static void variables_are_limited(void **state) {
  (void)state;
  Buffer b;
  wf_buffer_init(&b);
  wf_buffer_string(&b, "\nfunction f()\n");
  for (int i = 0; i < 201; i++)
    wf_buffer_format(&b, "local a%d\n", i);
  error_is(wf_buffer_cstr(&b), "t:204: too many local variables (limit is 200) "
                               "in function at line 2 near <eof>");
  b.len = 0;
  for (int i = 0; i < 256; i++)
    wf_buffer_format(&b, "%slocal a%d ", i % 100 ? "" : "function f() ", i);
  wf_buffer_string(&b, "\nfunction g() x = a0");
  for (int i = 1; i < 256; i++)
    wf_buffer_format(&b, " x = a%d", i);
  error_is(wf_buffer_cstr(&b), "t:2: too many upvalues (limit is 255) in "
                               "function at line 2 near 'x'");
  b.len = 0;
  wf_buffer_string(&b, "f(x");
  repeat_text(&b, ",x", 260);
  wf_buffer_string(&b, ")");
  error_is(wf_buffer_cstr(&b),
           "t:1: function or expression needs too many registers near 'x'");
  wf_buffer_free(&b);
}

static void long_chains_compile(void **state) {
  (void)state;
  static const char *const cases[][3] = {
      {"x = a", " and a", ""},
      {"x = a", " or a", ""},
      {"if a", " and a or b", " then f() end"},
      {"x = a", " and b or c", ""},
      {"if a then f() ", "elseif b then g() ", "end"},
      {"x = a", ".b", ""},
      {"f", "()", ""},
      {"f", ":m(1)", ""},
      {"x = a", " + b - 1", ""},
      {"x = a", "[1]", ""},
      {"x = a", " < b", ""},
      {"x = {", "1, ", "}"},
      {"x = {", "1, a = 2, ", "}"},
      {"x = {", "1, [2] = 2, ", "}"},
      {"", "x = y ", ""},
      {"", "if a then b() end ", ""},
      {"", "do local a = 1 end ", ""},
      {"while a do ", "if b then break end ", "end"},
  };
  for (size_t i = 0; i < ARRAY_LEN(cases); i++)
    nested(cases[i][0], cases[i][1], cases[i][2], "", 100000, NULL);
}

static void jumps_grow_as_needed(void **state) {
  (void)state;
  for (int n = 1; n < 300000; n = n * 3 + 1) {
    nested("while a do if b then break end ", "x = y ", "end", "", n, NULL);
    nested("if a then ", "x = y ", "else f() end", "", n, NULL);
  }
}

/* --- folding --- */

static void arithmetic_is_folded(void **state) {
  (void)state;
  const char *seven = "INT_7 RETURN_1 RETURN_0";
  code_is("return 1 + 2 * 3", seven);
  code_is("return (9 - 2)", seven);
  code_is("return 15 // 2", seven);
  code_is("return -3 % 10", seven);
  code_is("return 5 | 2", seven);
  code_is("return 15 & 7", seven);
  code_is("return 5.0 ~ 2", seven);
  code_is("return 7 << 64 | 7", seven);
  code_is("return 28 >> 2", seven);
  code_is("return 7 >> 0 << -0", seven);
  code_is("return ~-8", seven);
  code_is("return - -7", seven);
  float_is("return 2 ^ 10", 1024.0);
  float_is("return 7 / 2", 3.5);
  float_is("return -7.5 // 2", -4.0);
  float_is("return -5.5 % 2", 0.5);
  float_is("return 5.5 % -2", -0.5);
  float_is("return 5.5 % (-1 * 1e999)", -HUGE_VAL);
  int_is("return 0x7fffffffffffffff * 1", INT64_MAX);
  int_is("return 0x7fffffffffffffff + 1", INT64_MIN);
  int_is("return (-0x7fffffffffffffff - 1) // -1", INT64_MIN);
  code_is("return (-0x7fffffffffffffff - 1) % -1", "INT_0 RETURN_1 RETURN_0");
  code_is("return 1 >> (-0x7fffffffffffffff - 1)", "INT_0 RETURN_1 RETURN_0");
}

static void some_arithmetic_is_left(void **state) {
  (void)state;
  code_is("return 1 // 0", "INT_1 INT_0 IDIV RETURN_1 RETURN_0");
  code_is("return 1 % 0", "INT_1 INT_0 MOD RETURN_1 RETURN_0");
  code_is("return 1 / 0", "INT_1 INT_0 DIV RETURN_1 RETURN_0");
  code_is("return 0 / 1", "INT_0 INT_1 DIV RETURN_1 RETURN_0");
  code_is("return -0.0", "CONST NEG RETURN_1 RETURN_0");
  code_is("return 1.5 | 1", "CONST INT_1 BOR RETURN_1 RETURN_0");
  code_is("return '1' + 1", "CONST INT_1 ADD RETURN_1 RETURN_0");
  code_is("return 'a' .. 'b'", "CONST CONST CONCAT RETURN_1 RETURN_0");
  code_is("return 1 < 2", "INT_1 INT_2 LT RETURN_1 RETURN_0");
}

static void logic_is_folded(void **state) {
  (void)state;
  code_is("return not nil, not 0", "TRUE FALSE RETURN RETURN_0");
  code_is("return nil and f()", "NIL RETURN_1 RETURN_0");
  code_is("return 1 and f()", "GET_GLOBAL CALL_1 RETURN_1 RETURN_0");
  code_is("return false or 'x'", "CONST RETURN_1 RETURN_0");
  code_is("return 1 or f()", "INT_1 RETURN_1 RETURN_0");
  code_is("if false then f() else g() end", "JUMP GET_GLOBAL CALL_0 RETURN_0");
  code_is("while false do f() end", "RETURN_0");
  code_is("while 1 do end", "JUMP RETURN_0");
  code_is("repeat until true", "RETURN_0");
}

/* --- code --- */

static void constants_are_shared(void **state) {
  (void)state;
  Module m;
  compile("local a, b, c, d, e = 'x', 1.0, 'x', 1.0, 1e5; a.x = 100000; "
          "return 100000, 1e5",
          &m);
  assert_int_equal(m.main->nconsts, 4);
  wf_module_free(&m);
}

static void constants_take_no_slot(void **state) {
  (void)state;
  Module m;
  compile("local a <const>, b <const> = f(), 5; local c <const> = b + 1; "
          "local function g() return b, c end",
          &m);
  assert_int_equal(m.main->nvars, 2);
  assert_int_equal(m.main->children[0]->nupvals, 0);
  wf_module_free(&m);
}

static void nils_are_merged(void **state) {
  (void)state;
  code_is("local a; local b, c", "NILS RETURN_0");
  code_is("local a ::l:: local b goto l", "NIL NIL POP JUMP RETURN_0");
}

static void flags_tell_what_must_close(void **state) {
  (void)state;
  static const struct {
    const char *source;
    int flags;
  } cases[] = {
      {"local a", MOD_VARARG},
      {"local a; function f() return a end", MOD_VARARG | MOD_NEEDS_CLOSE},
      {"for k in x do end", MOD_VARARG | MOD_NEEDS_CLOSE},
      {"do local a <close> = x end", MOD_VARARG | MOD_NEEDS_CLOSE},
      {"for i = 1, 2 do end", MOD_VARARG},
  };
  for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
    Module m;
    compile(cases[i].source, &m);
    assert_int_equal(m.main->flags, cases[i].flags);
    wf_module_free(&m);
  }
}

static void no_tail_call_past_a_variable_to_close(void **state) {
  (void)state;
  code_is("return f()", "GET_GLOBAL TAIL_CALL RETURN_0");
  code_is("return (f())", "GET_GLOBAL CALL_1 RETURN_1 RETURN_0");
  code_is("local a <close> = b; return f()",
          "GET_GLOBAL TO_CLOSE GET_GLOBAL CALL_OPEN RETURN_SPREAD RETURN_0");
}

static void environment_upvalues(void **state) {
  (void)state;
  Module m;
  compile("local function f() return x end local _ENV = {} "
          "local function g() return function() return y end end",
          &m);
  const ModFunction *g = m.main->children[1];
  assert_int_equal(m.main->env_upval, MOD_NO_ENV);
  assert_int_equal(m.main->children[0]->env_upval, 0);
  assert_false(m.main->children[0]->upvals[0].from_local);
  assert_int_equal(g->env_upval, MOD_NO_ENV);
  assert_true(g->upvals[0].from_local);
  assert_int_equal(g->upvals[0].index, 1);
  assert_int_equal(g->children[0]->env_upval, 0);
  wf_module_free(&m);
}

static void variables_have_ranges(void **state) {
  (void)state;
  Module m;
  compile("local a = 1; do local b = a end for i = 1, 2 do end", &m);
  static const char *const names[] = {"a", "b", "(for state)", "(for state)",
                                      "i"};
  const ModFunction *f = m.main;
  assert_int_equal(f->nvars, ARRAY_LEN(names));
  for (uint32_t i = 0; i < f->nvars; i++)
    assert_string_equal(f->vars[i].name.bytes, names[i]);
  assert_int_equal(f->vars[0].start, 1);
  assert_int_equal(f->vars[0].end, f->code_size);
  assert_int_equal(f->vars[1].slot, 1);
  assert_int_equal(f->vars[4].slot, 3);
  wf_module_free(&m);
}

/* Line of the nth instruction with the opcode, from 0. */
static uint32_t line_of(const ModFunction *f, Opcode op, int n) {
  Instruction in;
  for (uint32_t pc = 0; pc < f->code_size; pc += in.length) {
    wf_opcode_decode(f->code, f->code_size, pc, &in);
    if (in.op == op && n-- == 0)
      return wf_module_line(f->lines, f->lines_size, f->line_defined, pc);
  }
  fail_msg("no %s", wf_opcode_info[op].name);
  return 0;
}

static void instructions_have_lines(void **state) {
  (void)state;
  Module m;
  compile("local a\na\n.x\n(\n1\n+\na\n)\na.y\n=\na\n<\n1\n"
          "for i\n= 1, 2\ndo\nend\nfor k\nin\nx\ndo end\n",
          &m);
  const ModFunction *f = m.main;
  assert_int_equal(line_of(f, OP_GET_FIELD, 0), 3);
  assert_int_equal(line_of(f, OP_CALL_0, 0), 4);
  assert_int_equal(line_of(f, OP_ADD, 0), 6);
  assert_int_equal(line_of(f, OP_LT, 0), 13);
  assert_int_equal(line_of(f, OP_SET_FIELD, 0), 13);
  assert_int_equal(line_of(f, OP_FOR_PREP, 0), 16);
  assert_int_equal(line_of(f, OP_FOR_LOOP, 0), 14);
  assert_int_equal(line_of(f, OP_FOR_IN_LOOP, 0), 20);
  wf_module_free(&m);
}

static void same_text_same_module(void **state) {
  (void)state;
  Module a, b;
  const char *text = "local t = {1, 'x', 1.5} return function() return t end";
  compile(text, &a);
  compile(text, &b);
  assert_true(wf_module_hash(&a) == wf_module_hash(&b));
  wf_module_free(&a);
  wf_module_free(&b);
}

static void trees_can_be_dumped(void **state) {
  (void)state;
  Buffer out, message;
  CompileOptions options = {"=t", 2, 0, NULL};
  const char *text = "local a <const>, b = x.y, 1 + 2\nreturn a:m(b)[-1]";
  wf_buffer_init(&out);
  wf_buffer_init(&message);
  assert_int_equal(
      wf_compile_dump_ast(text, strlen(text), &options, &out, &message),
      COMPILE_OK);
  assert_string_equal(wf_buffer_cstr(&out), "main lines 0-0 vararg\n"
                                            "  local\n"
                                            "    variable a <const>\n"
                                            "    variable b\n"
                                            "  =\n"
                                            "    field y :1\n"
                                            "      global x :1\n"
                                            "    3 :1\n"
                                            "  return\n"
                                            "    index :2\n"
                                            "      call :2\n"
                                            "        method m :2\n"
                                            "          local a :2\n"
                                            "        local b :2\n"
                                            "      -1 :2\n");
  out.len = 0;
  assert_int_equal(wf_compile_dump_ast("x =", 3, &options, &out, &message),
                   COMPILE_SYNTAX);
  wf_buffer_free(&out);
  wf_buffer_free(&message);
}

/* --- files --- */

static void read_file(const char *path, Buffer *out) {
  FILE *f = fopen(path, "rb");
  char block[4096];
  size_t n;
  wf_buffer_init(out);
  if (!f)
    fail_msg("cannot open %s", path);
  while ((n = fread(block, 1, sizeof block, f)) > 0)
    wf_buffer_bytes(out, block, n);
  fclose(f);
}

static void write_file(const char *path, const Buffer *text) {
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(text->data, 1, text->len, f), text->len);
  fclose(f);
}

static void listing_of(const char *path, Buffer *out) {
  Buffer source, message;
  Module m;
  char name[256];
  const char *base = strrchr(path, '/') + 1;
  snprintf(name, sizeof name, "@%s", base);
  read_file(path, &source);
  if (compile_bytes(source.data, source.len, name, &m, &message) != COMPILE_OK)
    fail_msg("%s", wf_buffer_cstr(&message));
  wf_buffer_init(out);
  wf_disasm_module(&m, out);
  wf_module_free(&m);
  wf_buffer_free(&message);
  wf_buffer_free(&source);
}

static void listings(void **state) {
  (void)state;
  const char *mode = getenv("WEFT_GOLDEN");
  bool rewrite = mode && !strcmp(mode, "write");
  glob_t paths;
  assert_int_equal(glob("tests/bytecode/*.lua", 0, NULL, &paths), 0);
  for (size_t i = 0; i < paths.gl_pathc; i++) {
    Buffer got, expect;
    char path[512];
    const char *lua = paths.gl_pathv[i];
    listing_of(lua, &got);
    snprintf(path, sizeof path, "%.*s.lst", (int)(strlen(lua) - 4), lua);
    if (rewrite) {
      write_file(path, &got);
    } else {
      read_file(path, &expect);
      if (strcmp(wf_buffer_cstr(&got), wf_buffer_cstr(&expect)) != 0)
        fail_msg("%s differs; it is now:\n%s", path, wf_buffer_cstr(&got));
      wf_buffer_free(&expect);
    }
    wf_buffer_free(&got);
  }
  globfree(&paths);
}

/* Every Lua file of the project compiles, or fails with a message, and what
 * compiles is verified. */
static void project_files(void **state) {
  (void)state;
  static const char *const patterns[] = {"tests/lua/*/*.lua",
                                         "bench/programs/*/*.lua"};
  for (size_t p = 0; p < ARRAY_LEN(patterns); p++) {
    glob_t paths;
    if (glob(patterns[p], 0, NULL, &paths) != 0)
      continue;
    for (size_t i = 0; i < paths.gl_pathc; i++) {
      Buffer source, message;
      Module m;
      read_file(paths.gl_pathv[i], &source);
      if (compile_bytes(source.data, source.len, "=t", &m, &message) ==
          COMPILE_OK)
        wf_module_free(&m);
      else
        assert_true(message.len > 0);
      wf_buffer_free(&message);
      wf_buffer_free(&source);
    }
    globfree(&paths);
  }
}

/* Text broken at random places never breaks the compiler. */
static void mutations(void **state) {
  (void)state;
  static const char *const inserts[] = {
      "end ",    "(",      "local x <const> = 1 ",
      "goto x ", "::x:: ", "[[",
      "'",       "\\",     "{ ",
      "break ",  ", ...",  "= ",
      "0x",      "\n"};
  uint64_t random = 42;
  glob_t paths;
  assert_int_equal(glob("tests/bytecode/*.lua", 0, NULL, &paths), 0);
  for (int round = 0; round < 4000; round++) {
    Buffer source, text, message;
    Module m;
    random = random * 6364136223846793005u + 1442695040888963407u;
    uint32_t r = (uint32_t)(random >> 33);
    read_file(paths.gl_pathv[r % paths.gl_pathc], &source);
    wf_buffer_init(&text);
    size_t at = (r >> 8) % source.len, skip = r >> 4 & 3;
    wf_buffer_bytes(&text, source.data, at);
    if (r & 4)
      wf_buffer_string(&text, inserts[(r >> 5) % ARRAY_LEN(inserts)]);
    if (at + skip < source.len)
      wf_buffer_bytes(&text, source.data + at + skip, source.len - at - skip);
    if (compile_bytes(wf_buffer_cstr(&text), text.len, "=t", &m, &message) ==
        COMPILE_OK)
      wf_module_free(&m);
    wf_buffer_free(&message);
    wf_buffer_free(&text);
    wf_buffer_free(&source);
  }
  globfree(&paths);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numerals),
      cmocka_unit_test(strings),
      cmocka_unit_test(comments_and_spaces),
      cmocka_unit_test(lexical_errors),
      cmocka_unit_test(near_tokens),
      cmocka_unit_test(syntax_errors),
      cmocka_unit_test(variable_errors),
      cmocka_unit_test(label_errors),
      cmocka_unit_test(first_error_of_the_text_wins),
      cmocka_unit_test(nesting_is_limited),
      cmocka_unit_test(c_stack_budget_is_kept),
      cmocka_unit_test(variables_are_limited),
      cmocka_unit_test(long_chains_compile),
      cmocka_unit_test(jumps_grow_as_needed),
      cmocka_unit_test(arithmetic_is_folded),
      cmocka_unit_test(some_arithmetic_is_left),
      cmocka_unit_test(logic_is_folded),
      cmocka_unit_test(constants_are_shared),
      cmocka_unit_test(constants_take_no_slot),
      cmocka_unit_test(nils_are_merged),
      cmocka_unit_test(flags_tell_what_must_close),
      cmocka_unit_test(no_tail_call_past_a_variable_to_close),
      cmocka_unit_test(environment_upvalues),
      cmocka_unit_test(variables_have_ranges),
      cmocka_unit_test(instructions_have_lines),
      cmocka_unit_test(same_text_same_module),
      cmocka_unit_test(trees_can_be_dumped),
      cmocka_unit_test(listings),
      cmocka_unit_test(project_files),
      cmocka_unit_test(mutations),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
