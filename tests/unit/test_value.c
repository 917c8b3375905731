/* test_value.c: the NaN box, conversions, functions and upvalues. */
#include "tests/unit/value_vm.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static VM *vm;

static int open_vm(void **state) {
  (void)state;
  vm = test_vm_open(7);
  return 0;
}
static int close_vm(void **state) {
  (void)state;
  test_vm_close(vm);
  return 0;
}

static Value number(int64_t i) { return value_from_int(vm, i); }
static Value real(double d) { return value_from_float(d); }

static void every_kind_has_its_range(void **state) {
  (void)state;
  Table *t = wf_table_new(vm, 0, 0);
  String *s = wf_string_from_cstr(vm, "s");
  Function *f = wf_function_new_native(vm, NULL, 0, NULL);
  Userdata *u = wf_function_new_userdata(vm, 10, 2);
  int dummy;
  const struct {
    Value v;
    BasicType type;
  } rows[] = {
      {VALUE_NIL, TYPE_NIL},
      {VALUE_FALSE, TYPE_BOOLEAN},
      {VALUE_TRUE, TYPE_BOOLEAN},
      {value_from_light(&dummy), TYPE_LIGHTUSERDATA},
      {value_from_light(NULL), TYPE_LIGHTUSERDATA},
      {real(0), TYPE_NUMBER},
      {real(-INFINITY), TYPE_NUMBER},
      {real(-(double)NAN), TYPE_NUMBER},
      {number(0), TYPE_NUMBER},
      {number(-1), TYPE_NUMBER},
      {number(INT64_MAX), TYPE_NUMBER},
      {value_from_string(s), TYPE_STRING},
      {value_from_table(t), TYPE_TABLE},
      {value_from_function(f), TYPE_FUNCTION},
      {value_from_userdata(u), TYPE_USERDATA},
      {value_from_thread(vm->main), TYPE_THREAD},
  };
  for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
    Value v = rows[i].v;
    BasicType type = rows[i].type;
    assert_int_equal(wf_state_type_of(v), type);
    assert_int_equal(value_is_nil(v), type == TYPE_NIL);
    assert_int_equal(value_is_bool(v), type == TYPE_BOOLEAN);
    assert_int_equal(value_is_light(v), type == TYPE_LIGHTUSERDATA);
    assert_int_equal(value_is_number(v), type == TYPE_NUMBER);
    assert_int_equal(value_is_string(v), type == TYPE_STRING);
    assert_int_equal(value_is_table(v), type == TYPE_TABLE);
    assert_int_equal(value_is_function(v), type == TYPE_FUNCTION);
    assert_int_equal(value_is_userdata(v), type == TYPE_USERDATA);
    assert_int_equal(value_is_thread(v), type == TYPE_THREAD);
    assert_int_equal(value_is_falsy(v), v == VALUE_NIL || v == VALUE_FALSE);
    assert_int_equal(value_is_collectable(v),
                     type >= TYPE_STRING || value_is_box(v));
  }
  assert_ptr_equal(value_as_light(rows[3].v), &dummy);
}

static void integers_keep_64_bits(void **state) {
  (void)state;
  for (uint32_t bit = 0; bit < 64; bit++)
    for (int64_t d = -2; d <= 2; d++)
      for (int negative = 0; negative < 2; negative++) {
        uint64_t u = (1ull << bit) + (uint64_t)d;
        int64_t i = (int64_t)(negative ? 0 - u : u);
        Value v = number(i);
        assert_true(value_is_int(v));
        assert_true(value_as_int(v) == i);
        assert_int_equal(value_is_inline_int(v),
                         i >= INT_MIN_INLINE && i <= INT_MAX_INLINE);
      }
  assert_true(number(-5) < number(-4) && number(-1) < number(0));
}

/* The same pairs, in exact arithmetic. */
static void comparisons_are_exact(void **state) {
  (void)state;
  enum { ROWS = 24 };
  const struct {
    bool is_float;
    int64_t i;
    double d;
  } in_order[ROWS] = {
      {true, 0, -INFINITY},
      {true, 0, -1e300},
      {true, 0, -9223372036854777856.0},
      {false, INT64_MIN, 0},
      {false, INT64_MIN + 1, 0},
      {true, 0, -9223372036854774784.0},
      {false, -(1ll << 53) - 1, 0},
      {true, 0, -9007199254740992.0},
      {false, -2, 0},
      {true, 0, -1.5},
      {false, -1, 0},
      {true, 0, -0.5},
      {false, 0, 0},
      {true, 0, 5e-324},
      {false, 1, 0},
      {true, 0, 1.5},
      {true, 0, 9007199254740992.0},
      {false, (1ll << 53) + 1, 0},
      {true, 0, 9007199254740994.0},
      {true, 0, 9223372036854774784.0},
      {false, INT64_MAX, 0},
      {true, 0, 9223372036854775808.0},
      {true, 0, 1e300},
      {true, 0, INFINITY},
  };
  for (int a = 0; a < ROWS; a++) {
    Value va =
        in_order[a].is_float ? real(in_order[a].d) : number(in_order[a].i);
    assert_false(wf_convert_number_lt(va, real((double)NAN)));
    assert_false(wf_convert_number_le(va, real((double)NAN)));
    assert_false(wf_convert_number_lt(real((double)NAN), va));
    assert_false(wf_convert_number_le(real((double)NAN), va));
    assert_false(wf_convert_raw_equal(real((double)NAN), va));
    for (int b = 0; b < ROWS; b++) {
      Value vb =
          in_order[b].is_float ? real(in_order[b].d) : number(in_order[b].i);
      assert_int_equal(wf_convert_number_lt(va, vb), a < b);
      assert_int_equal(wf_convert_number_le(va, vb), a <= b);
      assert_int_equal(wf_convert_raw_equal(va, vb), a == b);
    }
  }
  assert_false(wf_convert_raw_equal(real((double)NAN), real((double)NAN)));
  assert_true(wf_convert_raw_equal(real(0.0), real(-0.0)));
  assert_true(wf_convert_raw_equal(number(0), real(-0.0)));
  assert_true(wf_convert_raw_equal(number(1ll << 60), number(1ll << 60)));
  assert_true(wf_convert_raw_equal(number(1ll << 60), real(0x1p60)));
  assert_true(wf_convert_number_le(number(3), real(3.0)));
  assert_false(wf_convert_number_lt(real(3.0), number(3)));
}

static void expect_text(Value v, const char *text) {
  assert_string_equal(wf_convert_number_to_string(vm, v)->bytes, text);
}

static void numbers_and_text(void **state) {
  (void)state;
  expect_text(number(0), "0");
  expect_text(number(INT64_MIN), "-9223372036854775808");
  expect_text(real(1), "1.0");
  expect_text(real(-0.0), "-0.0");
  expect_text(real(0.1), "0.1");
  expect_text(real(1e15), "1e+15");
  expect_text(real(3.14159265358979), "3.1415926535898");
  expect_text(real(INFINITY), "inf");
  expect_text(real(-INFINITY), "-inf");
  String *s = wf_string_from_cstr(vm, " 0x10 ");
  assert_true(wf_convert_string_to_number(vm, s) == number(16));
  s = wf_string_from_cstr(vm, "1e1");
  assert_true(wf_convert_string_to_number(vm, s) == real(10));
  int64_t i;
  assert_true(wf_convert_to_int(vm, value_from_string(s), true, &i));
  assert_int_equal(i, 10);
  assert_false(wf_convert_to_int(vm, value_from_string(s), false, &i));
  assert_false(wf_convert_to_int(vm, real(1.5), true, &i));
  assert_false(wf_convert_to_int(vm, real(0x1p63), true, &i));
  assert_true(wf_convert_to_int(vm, real(-0x1p63), true, &i));
  assert_true(i == INT64_MIN);
  assert_false(wf_convert_to_int(vm, VALUE_TRUE, true, &i));
  double d;
  assert_true(wf_convert_to_float(vm, value_from_string(s), true, &d));
  assert_true(d == 10);
  assert_true(wf_convert_to_float(vm, number(3), false, &d));
  assert_true(d == 3);
  s = wf_string_from_cstr(vm, "x");
  assert_true(value_is_nil(wf_convert_string_to_number(vm, s)));
  assert_false(wf_convert_to_float(vm, value_from_string(s), true, &d));
}

static void upvalues_are_shared_and_closed(void **state) {
  (void)state;
  Thread *L = vm->thread;
  Value *s = L->stack + 10;
  for (int i = 0; i < 8; i++)
    s[i] = number(i);
  UpVal *u3 = wf_function_find_upval(L, s + 3);
  UpVal *u5 = wf_function_find_upval(L, s + 5);
  UpVal *u1 = wf_function_find_upval(L, s + 1);
  assert_ptr_equal(wf_function_find_upval(L, s + 3), u3);
  assert_ptr_equal(L->open_upvals, u5);
  assert_ptr_equal(u5->u.open.next, u3);
  assert_ptr_equal(u3->u.open.next, u1);
  assert_true(upval_is_open(u3));
  *u3->v = VALUE_TRUE;
  assert_true(s[3] == VALUE_TRUE);
  wf_function_close_upvals(L, s + 3);
  assert_false(upval_is_open(u3));
  assert_false(upval_is_open(u5));
  assert_true(upval_is_open(u1));
  assert_ptr_equal(L->open_upvals, u1);
  s[3] = VALUE_NIL;
  assert_true(*u3->v == VALUE_TRUE);
  assert_true(*u5->v == number(5));
  wf_function_close_upvals(L, s);
  assert_null(L->open_upvals);
  UpVal *c = wf_function_new_upval(vm, VALUE_TRUE);
  assert_false(upval_is_open(c));
  assert_true(*c->v == VALUE_TRUE);
}

static void natives_and_userdata_start_empty(void **state) {
  (void)state;
  Function *f = wf_function_new_native(vm, NULL, 255, "name");
  assert_true(function_is_native(f));
  assert_int_equal(f->nparams, ENTRY_NATIVE);
  for (int i = 0; i < 255; i++)
    assert_true(f->upvals[i].value == VALUE_NIL);
  assert_string_equal(wf_function_upval_name(f, 254), "");
  assert_null(wf_function_upval_name(f, 255));
  for (uint16_t n = 0; n < 5; n++) {
    Userdata *u = wf_function_new_userdata(vm, 100, n);
    char *p = userdata_payload(u);
    assert_int_equal((uintptr_t)p % 16, 0);
    for (int i = 0; i < 100; i++)
      assert_int_equal(p[i], 0);
    for (uint16_t i = 0; i < n; i++)
      assert_true(u->values[i] == VALUE_NIL);
    assert_null(u->meta);
  }
}

static void metatables_belong_to_objects_or_types(void **state) {
  (void)state;
  Table *t = wf_table_new(vm, 0, 0), *meta = wf_table_new(vm, 0, 0);
  Userdata *u = wf_function_new_userdata(vm, 0, 0);
  wf_table_set_meta(vm, t, meta);
  assert_ptr_equal(wf_state_metatable(vm, value_from_table(t)), meta);
  assert_null(wf_state_metatable(vm, value_from_table(meta)));
  assert_null(wf_state_metatable(vm, value_from_userdata(u)));
  u->meta = meta;
  assert_ptr_equal(wf_state_metatable(vm, value_from_userdata(u)), meta);
  vm->metatables[TYPE_NUMBER] = meta;
  assert_ptr_equal(wf_state_metatable(vm, real(0.5)), meta);
  assert_null(wf_state_metatable(vm, VALUE_TRUE));
  vm->metatables[TYPE_NUMBER] = NULL;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_kind_has_its_range),
      cmocka_unit_test(integers_keep_64_bits),
      cmocka_unit_test(comparisons_are_exact),
      cmocka_unit_test(numbers_and_text),
      cmocka_unit_test(upvalues_are_shared_and_closed),
      cmocka_unit_test(natives_and_userdata_start_empty),
      cmocka_unit_test(metatables_belong_to_objects_or_types),
  };
  return cmocka_run_group_tests(tests, open_vm, close_vm);
}
