/* test_string.c: interning, long strings, order, sweeping. */
#include "tests/unit/value_vm.h"
#include "vm/value/intern.h"
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

static void short_strings_are_interned(void **state) {
  (void)state;
  char bytes[64];
  for (size_t len = 0; len <= STRING_SHORT_MAX; len++) {
    for (size_t i = 0; i < len; i++)
      bytes[i] = (char)('a' + (i * 7 + len) % 26);
    String *a = wf_string_new(vm, bytes, len);
    assert_ptr_equal(a, wf_string_new(vm, bytes, len));
    assert_int_equal(a->len, len);
    assert_memory_equal(a->bytes, bytes, len);
    assert_int_equal(a->bytes[len], 0);
    assert_false(string_is_long(a));
    assert_true(a->flags & STRING_HASHED);
    for (size_t i = 0; i < len; i++) {
      bytes[i] ^= 1;
      assert_ptr_not_equal(a, wf_string_new(vm, bytes, len));
      bytes[i] ^= 1;
    }
  }
  assert_ptr_not_equal(wf_string_new(vm, "a\0b", 3),
                       wf_string_new(vm, "a\0c", 3));
  assert_ptr_equal(wf_string_new(vm, "", 0), vm->empty);
}

static void long_strings_compare_by_content(void **state) {
  (void)state;
  char bytes[100];
  memset(bytes, 'x', sizeof bytes);
  String *a = wf_string_new(vm, bytes, 41), *b = wf_string_new(vm, bytes, 41);
  assert_ptr_not_equal(a, b);
  assert_true(string_is_long(a));
  assert_true(string_equal(a, b));
  assert_true(string_hash(vm, a) == string_hash(vm, b));
  assert_true(string_equal(a, b));
  bytes[40] = 'y';
  String *c = wf_string_new(vm, bytes, 41);
  assert_false(string_equal(a, c));
  (void)string_hash(vm, c);
  assert_false(string_equal(a, c));
  assert_false(string_equal(a, wf_string_new(vm, bytes, 42)));
  assert_false(string_equal(a, vm->empty));
  String *d = wf_string_new_long(vm, 1000);
  assert_int_equal(d->len, 1000);
  assert_int_equal(d->bytes[1000], 0);
}

static void event_names_know_their_event(void **state) {
  (void)state;
  for (uint32_t e = 0; e < EVENT_COUNT; e++) {
    String *s = wf_string_from_cstr(vm, wf_state_event_names[e]);
    assert_ptr_equal(s, vm->event_names[e]);
    assert_int_equal(s->extra, e + 1);
  }
  assert_int_equal(wf_string_from_cstr(vm, "__other")->extra, 0);
  assert_string_equal(wf_state_event_names[EVENT_METATABLE], "__metatable");
}

static int sign(int i) { return (i > 0) - (i < 0); }
static int order(const char *a, size_t la, const char *b, size_t lb) {
  return sign(
      wf_string_compare(wf_string_new(vm, a, la), wf_string_new(vm, b, lb)));
}

static void order_looks_at_every_piece(void **state) {
  (void)state;
  assert_int_equal(order("", 0, "", 0), 0);
  assert_int_equal(order("a", 1, "b", 1), -1);
  assert_int_equal(order("b", 1, "a", 1), 1);
  assert_int_equal(order("ab", 2, "a", 1), 1);
  assert_int_equal(order("a", 1, "ab", 2), -1);
  assert_int_equal(order("a\0b", 3, "a\0c", 3), -1);
  assert_int_equal(order("a\0b", 3, "a", 1), 1);
  assert_int_equal(order("a", 1, "a\0", 2), -1);
  assert_int_equal(order("a\0", 2, "a\0", 2), 0);
  assert_int_equal(order("a\0\0b", 4, "a\0\0a", 4), 1);
  assert_int_equal(order("\xff", 1, "a", 1), 1);
}

enum { MANY = 60000 };
static String *many[MANY];
static bool dead[MANY];
static uint32_t sweeps;

static bool is_dead(VM *v, String *s) {
  (void)v;
  sweeps++;
  if (s->bytes[0] != '#')
    return false;
  return dead[atol(s->bytes + 1)];
}

static void look_ahead(VM *v, const String *s) {
  assert_ptr_equal(v, vm);
  assert_non_null(s);
}
static const StringJudge judge = {is_dead, look_ahead};

static void check_many(uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    String *s = test_string(vm, "#", i);
    if (!dead[i])
      assert_ptr_equal(s, many[i]);
    many[i] = s;
    dead[i] = false;
  }
}

static void the_table_grows_and_forgets(void **state) {
  (void)state;
  uint32_t before = vm->string_count;
  for (uint32_t i = 0; i < MANY; i++) {
    many[i] = test_string(vm, "#", i);
    if (i % 97 == 0) /* in the middle of migrations too */
      assert_ptr_equal(test_string(vm, "#", i / 2), many[i / 2]);
  }
  assert_int_equal(vm->string_count, before + MANY);
  check_many(MANY);
  for (uint32_t round = 0; round < 6; round++) {
    uint32_t killed = 0;
    for (uint32_t i = 0; i < MANY; i++) {
      dead[i] = round == 5 || test_random(3) != 0;
      killed += dead[i];
    }
    uint32_t cursor = 0;
    sweeps = 0;
    while (!intern_sweep(vm, &cursor, 1000, &judge))
      ;
    assert_int_equal(cursor, 0);
    assert_int_equal(sweeps, before + MANY);
    assert_int_equal(vm->string_count, before + MANY - killed);
    check_many(MANY);
    assert_int_equal(vm->string_count, before + MANY);
  }
}

/* The few that are left close up, while more comes between the slices. */
static void a_sweep_leaves_few_removed_slots(void **state) {
  (void)state;
  uint32_t made = 20000;
  for (uint32_t i = 0; i < made; i++) {
    many[i] = test_string(vm, "#", i);
    dead[i] = test_random(16) != 0;
  }
  while (intern_header(vm->strings)->old) { /* the last migration ends */
    many[made] = test_string(vm, "#", made);
    dead[made++] = false;
  }
  uint32_t cursor = 0, mask = vm->string_mask;
  while (!intern_sweep(vm, &cursor, 16, &judge)) {
    if (made < 21500) {
      many[made] = test_string(vm, "#", made);
      dead[made++] = false;
    }
    for (uint32_t i = 0; i < made; i += 997)
      if (!dead[i])
        assert_ptr_equal(test_string(vm, "#", i), many[i]);
  }
  assert_int_equal(vm->string_mask, mask);
    uint32_t count = vm->string_count, killed = 0;
  for (uint32_t i = 0; i < made; i++)
    killed += dead[i];
  assert_in_range(intern_header(vm->strings)->removed, 0, killed / 10);
  check_many(made);
  assert_int_equal(vm->string_count, count + killed);
}

/* The table is replaced between two slices of a sweep. */
static void a_sweep_survives_growth(void **state) {
  (void)state;
  uint32_t before = vm->string_count, made = 1000;
  for (uint32_t i = 0; i < made; i++)
    many[i] = test_string(vm, "#", i);
  for (uint32_t i = 0; i < made; i++)
    dead[i] = i % 2;
  uint32_t cursor = 0;
  assert_false(intern_sweep(vm, &cursor, 100, &judge));
  for (uint32_t i = made; i < 50000; i++)
    many[i] = test_string(vm, "#", i);
  for (uint32_t i = 0; i < 100000 && !intern_sweep(vm, &cursor, 64, &judge);
       i++)
    ;
  assert_int_equal(vm->string_count, before + 50000 - made / 2);
  check_many(50000);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_vm, close_vm)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(short_strings_are_interned),   TEST(long_strings_compare_by_content),
      TEST(event_names_know_their_event), TEST(order_looks_at_every_piece),
      TEST(the_table_grows_and_forgets),
      TEST(a_sweep_leaves_few_removed_slots),
      TEST(a_sweep_survives_growth),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
