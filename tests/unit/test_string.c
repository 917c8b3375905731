/* test_string.c: interning, long strings, order, sweeping, loose strings. */
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
    assert_false(string_is_loose(a));
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
  assert_true(string_is_loose(a));
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

/* ---- loose strings ---- */

static String *make(uint32_t site, const char *prefix, uint32_t i) {
  char text[32];
  int n = snprintf(text, sizeof text, "%s%u", prefix, i);
  return wf_string_make(vm, site, text, (size_t)n);
}

/* That many new strings are a sample; the next from there are loose, but those
 * that are always interned. */
enum { SAMPLE = 64, SITE = 3, HELD = 65536 };
static void make_new_ones(const char *prefix) {
  for (uint32_t i = 0; i < SAMPLE; i++)
    make(SITE, prefix, i);
}

/* A number with which the prefix is not always interned. */
static uint32_t loose_number(const char *prefix) {
  for (uint32_t i = 10;; i++)
    if (string_is_loose(make(SITE, prefix, i)))
      return i;
}

static void new_strings_of_a_place_become_loose(void **state) {
  (void)state;
  assert_false(string_is_loose(make(SITE, "first", 0)));
  make_new_ones("new");
  uint32_t i = loose_number("later");
  String *a = make(SITE, "later", i), *b = make(SITE, "later", i);
  assert_true(string_is_loose(a));
  assert_ptr_not_equal(a, b);
  assert_true(string_equal(a, b));
  assert_false(string_differs(a, b));
  String *c = make(SITE, "later", i + 1), *d = make(SITE, "later", 1000);
  assert_false(string_equal(a, c));
  assert_true(string_differs(a, d)); /* another length */
  assert_false(string_is_loose(make(SITE + 1, "later", 3)));
  assert_int_equal(string_hash(vm, b),
                   wf_hash_bytes(&vm->secret, b->bytes, b->len));
  assert_true(string_equal(a, b));
  assert_ptr_equal(wf_string_make(vm, SITE, "", 0), vm->empty);
}

static void places_that_make_known_strings_intern_them(void **state) {
  (void)state;
  for (uint32_t i = 0; i < 10 * SAMPLE; i++)
    make(SITE, "known", i % 40);
  assert_false(string_is_loose(make(SITE, "other", 0)));
}

static void a_loose_key_is_interned_in_place(void **state) {
  (void)state;
  make_new_ones("new");
  uint32_t i = loose_number("key");
  String *a = make(SITE, "key", i), *b = make(SITE, "key", i);
  uint32_t before = vm->string_count;
  assert_null(wf_string_find_key(vm, a));
  assert_int_equal(vm->string_count, before);
  assert_ptr_equal(wf_string_intern(vm, a), a);
  assert_int_equal(vm->string_count, before + 1);
  assert_false(string_is_loose(a));
  assert_true(a->flags & STRING_HASHED);
  assert_ptr_equal(test_string(vm, "key", i), a);
  assert_ptr_equal(wf_string_find_key(vm, b), a);
  assert_ptr_equal(wf_string_intern(vm, b), a);
  assert_true(string_is_loose(b));
  assert_true(string_equal(a, b));
  String *e = wf_string_make(vm, SITE, "__index", 7);
  assert_ptr_equal(wf_string_intern(vm, e), vm->event_names[EVENT_INDEX]);
  char bytes[50] = {0};
  String *l = wf_string_make(vm, SITE, bytes, sizeof bytes);
  assert_ptr_equal(wf_string_find_key(vm, l), l);
  assert_ptr_equal(wf_string_intern(vm, l), l);
  assert_true(string_is_loose(l));
}

static void places_whose_strings_are_known_keys_intern_them(void **state) {
  (void)state;
  make_new_ones("new");
  uint32_t made = 0, key = loose_number("k");
  test_string(vm, "k", key);
  while (string_is_loose(make(SITE, "k", key)) && made < 1000) {
    String *s = make(SITE, "k", key);
    wf_string_find_key(vm, s);
    wf_string_find_key(vm, s); /* counts once */
    made++;
  }
  /* one in two: when a quarter of a sample was */
  assert_in_range(made, SAMPLE / 4 - 1, SAMPLE / 4 + 1);
}

/* Those that are always interned, one in 32, tell that most are made again. */
static void loose_ones_that_are_made_again_are_noticed(void **state) {
  (void)state;
  enum { DIFFERENT = 5000 };
  make_new_ones("new");
  uint32_t loose = 0, made = 0;
  for (; made < DIFFERENT; made++)
    loose += string_is_loose(make(SITE, "city", made));
  assert_in_range(loose, DIFFERENT * 9 / 10, DIFFERENT - 1);
  for (; made < 2 * DIFFERENT; made++)
    make(SITE, "city", made % DIFFERENT);
  loose = 0;
  for (; made < 3 * DIFFERENT; made++)
    loose += string_is_loose(make(SITE, "city", made % DIFFERENT));
  assert_int_equal(loose, 0);
  for (; made < 2 * HELD; made++)
    make(SITE, "town", made);
  loose_number("village");
}

static void tables_take_loose_keys(void **state) {
  (void)state;
  make_new_ones("new");
  for (uint32_t form = 0; form < 2; form++) {
    Table *t = wf_table_new(vm, 0, 0);
    if (form == 1) /* a dictionary */
      wf_table_set(vm, t, VALUE_TRUE, VALUE_TRUE);
    assert_int_equal(table_is_dictionary(t), form);
    for (uint32_t i = 0; i < 6; i++) {
      wf_table_set_string(vm, t, make(SITE, "key", i),
                          value_from_inline_int(i));
      assert_int_equal(wf_table_get_string(vm, t, make(SITE, "key", i)),
                       value_from_inline_int(i));
      assert_int_equal(wf_table_get_string(vm, t, test_string(vm, "key", i)),
                       value_from_inline_int(i));
      assert_int_equal(wf_table_get_string(vm, t, make(SITE, "none", i)),
                       VALUE_NIL);
    }
    assert_int_equal(wf_table_find_field(vm, t, make(SITE, "none", 1)).kind,
                     FIELD_ABSENT);
    assert_int_not_equal(wf_table_find_field(vm, t, make(SITE, "key", 1)).kind,
                         FIELD_ABSENT);
    Value entry[2];
    assert_int_equal(
        wf_table_next(vm, t, value_from_string(make(SITE, "key", 0)), entry),
        1);
    assert_int_equal(
        wf_table_next(vm, t, value_from_string(make(SITE, "none", 0)), entry),
        -1);
    uint32_t cursor = 0, n = 0;
    while (wf_table_next_at(vm, t, &cursor, entry))
      if (value_is_string(entry[0])) {
        assert_false(string_is_loose(value_as_string(entry[0])));
        n++;
      }
    assert_int_equal(n, 6);
  }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_vm, close_vm)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(short_strings_are_interned),
      TEST(long_strings_compare_by_content),
      TEST(event_names_know_their_event),
      TEST(order_looks_at_every_piece),
      TEST(the_table_grows_and_forgets),
      TEST(a_sweep_leaves_few_removed_slots),
      TEST(a_sweep_survives_growth),
      TEST(new_strings_of_a_place_become_loose),
      TEST(places_that_make_known_strings_intern_them),
      TEST(a_loose_key_is_interned_in_place),
      TEST(places_whose_strings_are_known_keys_intern_them),
      TEST(loose_ones_that_are_made_again_are_noticed),
      TEST(tables_take_loose_keys),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
