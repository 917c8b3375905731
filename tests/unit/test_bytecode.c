/* test_bytecode.c: the opcode table and decoder, line tables, the binary form
 * of modules, listings. */
#include "tests/verify/assemble.h"
#include "vm/base/alloc.h"
#include "vm/bytecode/walk.h"
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { HEADER = 38 };

static const char SAMPLE[] =
    "function params=1 stack=6 flags=3 env=0 line=0\n"
    "  local 0 _ENV\n"
    "  string print\n"
    "  string a_long_string_that_does_not_fit_in_a_comment_at_all\n"
    "  float 0.5\n"
    "  int -7\n"
    "  lines 0 2 6 2 12 1\n"
    "  var x 0 0 30\n"
    "  GET_GLOBAL 0\n"
    "  CONST 1\n"
    "  CONST 2\n"
    "  CALL 2 1\n"
    "  JUMP_IF_TRUE over\n"
    "  CONST 3\n"
    "  SET_LOCAL_0\n"
    "  GET_LOCAL 0\n"
    "  INT8 -3\n"
    "  INT16 -300\n"
    "  ADD\n"
    "  POP_N 2\n"
    "over:\n"
    "  CLOSURE 0\n"
    "  RETURN_1\n"
    "  function params=2 stack=3 line=2 last=3\n"
    "    local 0 x\n"
    "    outer 0 _ENV\n"
    "    GET_UPVAL 0\n"
    "    RETURN_1\n"
    "    function stack=1\n"
    "      RETURN_0\n"
    "    end\n"
    "  end\n"
    "end\n";

static void make_sample(Module *m, bool with_source) {
  char text[sizeof SAMPLE], expect[32];
  memcpy(text, SAMPLE, sizeof text);
  wf_module_init(m);
  assemble("sample", text, m, expect);
  if (with_source)
    m->source = (ModString){"@sample.lua", 11};
}

/* --- opcodes --- */

static void the_table_is_complete(void **state) {
  (void)state;
  for (int op = 0; op < OPCODE_COUNT; op++) {
    const OpcodeInfo *info = &wf_opcode_info[op];
    assert_non_null(info->name);
    assert_non_null(strstr(info->picture, "--"));
    assert_int_equal(info->text[strlen(info->text) - 1], '.');
    bool jumps = info->operands == OPERANDS_JUMP ||
                 info->operands == OPERANDS_COUNT_JUMP;
    assert_int_equal(jumps, (info->flags & F_JUMP) != 0);
  }
}

static void operands_are_decoded(void **state) {
  (void)state;
  static const struct {
    uint8_t code[8];
    uint32_t length;
    int64_t a, b, target;
  } cases[] = {
      {{OP_ADD}, 1, 0, 0, 0},
      {{OP_INT8, 0x80}, 2, -128, 0, 0},
      {{OP_INT16, 0xFE, 0xFF}, 3, -2, 0, 0},
      {{OP_CONST, 0xFF, 0x01}, 3, 255, 0, 0},
      {{OP_CONST, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F}, 6, 0xFFFFFFFF, 0, 0},
      {{OP_GET_LOCAL, 0x80, 0x00}, 3, 0, 0, 0},
      {{OP_CALL, 2, 1}, 3, 2, 1, 0},
      {{OP_JUMP, 8}, 2, 0, 0, 4},
      {{OP_JUMP, 7}, 2, 0, 0, -4},
      {{OP_JUMP, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F}, 6, 0, 0, INT32_MIN},
      {{OP_FOR_IN_LOOP, 3, 0x80, 0x01}, 4, 3, 0, 64},
  };
  Instruction in;
  for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
    uint32_t length = cases[i].length;
    assert_true(wf_opcode_decode(cases[i].code, length, 0, &in));
    assert_int_equal(in.op, cases[i].code[0]);
    assert_int_equal(in.length, length);
    assert_int_equal(in.a, cases[i].a);
    assert_int_equal(in.b, cases[i].b);
    assert_int_equal(in.target, cases[i].target);
    for (uint32_t size = 0; size < length; size++) {
      uint8_t *exact = malloc(size + 1);
      memcpy(exact, cases[i].code, size);
      assert_false(wf_opcode_decode(exact, size, 0, &in));
      free(exact);
    }
  }
}

static void bad_codes_are_refused(void **state) {
  (void)state;
  static const uint8_t unknown[] = {OPCODE_COUNT},
                       wide[] = {OP_CONST, 0xFF, 0xFF, 0xFF, 0xFF, 0x10},
                       endless[] = {OP_CONST, 128, 128, 128, 128, 128, 0};
  Instruction in;
  assert_false(wf_opcode_decode(unknown, sizeof unknown, 0, &in));
  assert_false(wf_opcode_decode(wide, sizeof wide, 0, &in));
  assert_false(wf_opcode_decode(endless, sizeof endless, 0, &in));
  assert_false(wf_opcode_decode(wide, sizeof wide, 6, &in));
  assert_false(wf_opcode_decode(wide, sizeof wide, UINT32_MAX, &in));
}

/* --- lines --- */

static void lines_come_back(void **state) {
  (void)state;
  static const uint32_t lines[] = {7, 7, 9, 8, 8, 100000, 3, INT32_MAX, 1};
  Buffer table;
  wf_buffer_init(&table);
  uint32_t last_pc = 0, last_line = 7;
  for (uint32_t i = 0; i < ARRAY_LEN(lines); i++)
    wf_module_line_add(&table, &last_pc, &last_line, i * 100, lines[i]);
  const uint8_t *bytes = (const uint8_t *)table.data;
  uint32_t size = (uint32_t)table.len;
  for (uint32_t pc = 0; pc < 100 * ARRAY_LEN(lines); pc++)
    assert_int_equal(wf_module_line(bytes, size, 7, pc), lines[pc / 100]);
  assert_int_equal(wf_module_line(NULL, 0, 7, 3), 0);
  for (uint32_t cut = 0; cut < size; cut++)
    wf_module_line(bytes, cut, 7, 10000);
  wf_buffer_free(&table);
}

/* --- the binary form --- */

static void write_sample(Buffer *out, bool strip) {
  Module m;
  make_sample(&m, true);
  wf_buffer_init(out);
  wf_module_write(&m, strip, out);
  assert_false(out->failed);
  wf_module_free(&m);
}

static void modules_come_back(void **state) {
  (void)state;
  Module m, back;
  make_sample(&m, true);
  Buffer first, again;
  write_sample(&first, false);
  wf_module_init(&back);
  assert_null(wf_module_read(&back, (uint8_t *)first.data, first.len));
  assert_memory_equal(back.source.bytes, "@sample.lua", 12);
  const ModFunction *f = back.main;
  assert_int_equal(f->nparams, 1);
  assert_int_equal(f->max_stack, 6);
  assert_int_equal(f->flags, 3);
  assert_int_equal(f->env_upval, 0);
  assert_int_equal(f->nconsts, 4);
  assert_int_equal(f->consts[3].as.i, -7);
  assert_true(f->consts[2].as.d == 0.5);
  assert_int_equal(f->children[0]->line_defined, 2);
  assert_int_equal(f->children[0]->env_upval, MOD_NO_ENV);
  assert_string_equal(f->children[0]->upvals[0].name.bytes, "x");
  assert_int_equal(f->nvars, 1);
  wf_buffer_init(&again);
  wf_module_write(&back, false, &again);
  assert_int_equal(first.len, again.len);
  assert_memory_equal(first.data, again.data, first.len);
  assert_int_equal(wf_module_hash(&m), wf_module_hash(&back));
  wf_buffer_free(&first);
  wf_buffer_free(&again);
  wf_module_free(&back);
  wf_module_free(&m);
}

static void stripping_drops_debug_data_alone(void **state) {
  (void)state;
  Module m, back;
  make_sample(&m, true);
  Buffer full, stripped;
  write_sample(&full, false);
  write_sample(&stripped, true);
  assert_true(stripped.len < full.len);
  wf_module_init(&back);
  assert_null(wf_module_read(&back, (uint8_t *)stripped.data, stripped.len));
  assert_null(back.source.bytes);
  assert_null(back.main->lines);
  assert_int_equal(back.main->nvars, 0);
  assert_null(back.main->upvals[0].name.bytes);
  assert_int_equal(back.main->children[0]->line_defined, 2);
  assert_int_equal(wf_module_hash(&m), wf_module_hash(&back));
  back.main->code[0] ^= 1;
  assert_int_not_equal(wf_module_hash(&m), wf_module_hash(&back));
  wf_buffer_free(&full);
  wf_buffer_free(&stripped);
  wf_module_free(&back);
  wf_module_free(&m);
}

static const char *read_bytes(const void *bytes, size_t size) {
  /* An exact copy, so that a sanitizer sees a read past the end. */
  uint8_t *copy = malloc(size + (size == 0));
  memcpy(copy, bytes, size);
  Module m;
  wf_module_init(&m);
  const char *why = wf_module_read(&m, copy, size);
  wf_module_free(&m);
  free(copy);
  return why;
}

static void cut_chunks_are_refused(void **state) {
  (void)state;
  Buffer out;
  write_sample(&out, false);
  for (size_t size = 1; size < out.len; size++)
    assert_string_equal(read_bytes(out.data, size), "truncated chunk");
  assert_string_equal(read_bytes(out.data, 0), "not a binary chunk");
  wf_buffer_bytes(&out, "xx", 2);
  assert_null(read_bytes(out.data, out.len));
  wf_buffer_free(&out);
}

static void altered_chunks_are_refused(void **state) {
  (void)state;
  Buffer out;
  write_sample(&out, false);
  for (size_t i = 0; i < out.len; i++)
    for (int bit = 0; bit < 8; bit++) {
      out.data[i] = (char)(out.data[i] ^ 1 << bit);
      const char *why = read_bytes(out.data, out.len);
      out.data[i] = (char)(out.data[i] ^ 1 << bit);
      assert_non_null(why);
      if (i >= HEADER)
        assert_string_equal(why, "corrupted chunk");
    }
  out.data[5]++;
  assert_string_equal(read_bytes(out.data, out.len), "version mismatch");
  out.data[5]--;
  out.data[6]++;
  assert_string_equal(read_bytes(out.data, out.len), "integer format mismatch");
  out.data[6]--;
  out.data[14]++;
  assert_string_equal(read_bytes(out.data, out.len), "float format mismatch");
  wf_buffer_free(&out);
  assert_string_equal(read_bytes("\x1bLua\x54\0", 6), "not a binary chunk");
}

static void nans_are_read_canonically(void **state) {
  (void)state;
  char text[] = "function stack=1\n"
                "  nan 0xFFF2000000000010\n"
                "  RETURN_0\n"
                "end\n";
  char expect[32];
  Module m, back;
  Buffer out;
  wf_module_init(&m);
  wf_module_init(&back);
  wf_buffer_init(&out);
  assemble("text", text, &m, expect);
  wf_module_write(&m, false, &out);
  assert_null(wf_module_read(&back, (uint8_t *)out.data, out.len));
  assert_true(back.main->consts[0].as.i == 0x7FF8000000000000);
  wf_buffer_free(&out);
  wf_module_free(&m);
  wf_module_free(&back);
}

static void nesting_is_bounded(void **state) {
  (void)state;
  for (int depth = 199; depth <= 201; depth++) {
    char text[64], expect[32];
    snprintf(text, sizeof text, "function stack=1\nRETURN_0\ndeep %d\nend\n",
             depth);
    Module m, back;
    Buffer out;
    wf_module_init(&m);
    wf_module_init(&back);
    wf_buffer_init(&out);
    assemble("text", text, &m, expect);
    wf_module_write(&m, false, &out);
    assert_int_equal(out.failed, depth > MODULE_MAX_DEPTH);
    if (!out.failed)
      assert_null(wf_module_read(&back, (uint8_t *)out.data, out.len));
    wf_buffer_free(&out);
    wf_module_free(&m);
    wf_module_free(&back);
  }
}

/* --- listings --- */

static void listings_are_stable(void **state) {
  (void)state;
  static const char expected[] =
      "main <0,0> \"@sample.lua\": 1+ params, 6 slots, 1 upvalue, "
      "4 constants, 1 child, 29 bytes, closes\n"
      "  constant 0 = \"print\"\n"
      "  constant 1 = \"a_long_string_that_does_not_fit_in_a_com\"...\n"
      "  constant 2 = 0.5\n"
      "  constant 3 = -7\n"
      "  upvalue 0 _ENV = local 0 (env)\n"
      "  0000 [1] GET_GLOBAL       0        ; \"print\"\n"
      "  0002 [1] CONST            1        ; "
      "\"a_long_string_that_does_not_fit_in_a_com\"...\n"
      "  0004 [1] CONST            2        ; 0.5\n"
      "  0006 [2] CALL             2 1\n"
      "  0009 [2] JUMP_IF_TRUE     +17      ; to 0026\n"
      "  0013 [2] CONST            3        ; -7\n"
      "  0015 [2] SET_LOCAL_0               ; x\n"
      "  0016 [2] GET_LOCAL        0        ; x\n"
      "  0018 [1] INT8             -3\n"
      "  0020 [1] INT16            -300\n"
      "  0023 [1] ADD\n"
      "  0024 [1] POP_N            2\n"
      "  0026 [1] CLOSURE          0        ; <2,3>\n"
      "  0028 [1] RETURN_1\n"
      "\n"
      "function 0 <2,3>: 2 params, 3 slots, 2 upvalues, 0 constants, "
      "1 child, 3 bytes\n"
      "  upvalue 0 x = local 0\n"
      "  upvalue 1 _ENV = upvalue 0\n"
      "  0000 GET_UPVAL        0        ; x\n"
      "  0002 RETURN_1\n"
      "\n"
      "function 0.0 <0,0>: 0 params, 1 slot, 0 upvalues, 0 constants, "
      "0 children, 1 byte\n"
      "  0000 RETURN_0\n";
  Module m;
  Buffer out;
  make_sample(&m, true);
  wf_buffer_init(&out);
  wf_disasm_module(&m, &out);
  assert_string_equal(wf_buffer_cstr(&out), expected);
  wf_buffer_free(&out);
  wf_module_free(&m);
}

static void listings_survive_bad_code(void **state) {
  (void)state;
  char text[] = "function stack=1\n"
                "  string \x80\"x\n"
                "  CONST 9\n"
                "  CONST 0\n"
                "  CLOSURE 3\n"
                "  GET_UPVAL 7\n"
                "  GET_LOCAL 999\n"
                "  byte 255\n"
                "end\n";
  char expect[32];
  Module m;
  Buffer out;
  wf_module_init(&m);
  wf_buffer_init(&out);
  assemble("text", text, &m, expect);
  wf_disasm_module(&m, &out);
  const char *listing = wf_buffer_cstr(&out);
  assert_non_null(strstr(listing, "; \"\\128\\\"x\"\n"));
  assert_non_null(strstr(listing, "  0011 not an instruction: byte 255\n"));
  wf_buffer_free(&out);
  wf_module_free(&m);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_table_is_complete),
      cmocka_unit_test(operands_are_decoded),
      cmocka_unit_test(bad_codes_are_refused),
      cmocka_unit_test(lines_come_back),
      cmocka_unit_test(modules_come_back),
      cmocka_unit_test(stripping_drops_debug_data_alone),
      cmocka_unit_test(cut_chunks_are_refused),
      cmocka_unit_test(altered_chunks_are_refused),
      cmocka_unit_test(nans_are_read_canonically),
      cmocka_unit_test(nesting_is_bounded),
      cmocka_unit_test(listings_are_stable),
      cmocka_unit_test(listings_survive_bad_code),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
