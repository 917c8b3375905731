/* test_table.c: tables against a model, and the rules that caches rely on.
 *
 * The model is a universe of keys of every kind with the value each has, nil
 * when absent. Random operations change table and model alike; reads,
 * traversals and lengths must agree, and the table's own invariants hold. */
#include "tests/unit/value_vm.h"
#include "vm/value/dict.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static VM *vm;

static int open_vm(void **state) {
  (void)state;
  vm = test_vm_open(11);
  return 0;
}
static int close_vm(void **state) {
  (void)state;
  test_vm_close(vm);
  return 0;
}

/* ---- the model ---- */

enum { KEYS_MAX = 600 };
static struct {
  uint32_t n;
  Value key[KEYS_MAX];
  Value value[KEYS_MAX];
  bool seen[KEYS_MAX];
  Table *table;
} model;

static void add_key(Value key) {
  assert_true(model.n < KEYS_MAX);
  model.key[model.n] = key;
  model.value[model.n] = VALUE_NIL;
  test_push(vm, key);
  model.n++;
}

typedef enum Kind {
  KIND_ITEMS = 1, /* 1..99 */
  KIND_INTS = 2,  /* 0, negative, sparse, 64-bit */
  KIND_STRINGS = 4,
  KIND_MANY_STRINGS = 8,
  KIND_LONG_STRINGS = 16,
  KIND_OBJECTS = 32,
  KIND_FLOATS = 64,
  KIND_EVENTS = 128
} Kind;

static void model_open(unsigned kinds, uint32_t narray, uint32_t nfields) {
  vm->thread->top = vm->thread->base;
  model.n = 0;
  if (kinds & KIND_ITEMS)
    for (int i = 1; i < 100; i++)
      add_key(value_from_inline_int(i));
  if (kinds & KIND_INTS) {
    static const int64_t ints[] = {0,
                                   -1,
                                   -2,
                                   INT64_MIN,
                                   INT64_MAX,
                                   1ll << 50,
                                   1ll << 49,
                                   1ll << 32,
                                   1ll << 31,
                                   (1ll << 50) - 1,
                                   -(1ll << 50),
                                   1000,
                                   2000,
                                   4000,
                                   123456789,
                                   -(1ll << 50) - 1,
                                   1ll << 62};
    for (size_t i = 0; i < ARRAY_LEN(ints); i++)
      add_key(value_from_int(vm, ints[i]));
  }
  if (kinds & KIND_STRINGS)
    for (int i = 0; i < 12; i++)
      add_key(value_from_string(test_string(vm, "field", i)));
  if (kinds & KIND_MANY_STRINGS)
    for (int i = 0; i < 100; i++)
      add_key(value_from_string(test_string(vm, "name", i)));
  if (kinds & KIND_LONG_STRINGS)
    for (int i = 0; i < 5; i++)
      add_key(value_from_string(
          test_string(vm, "a name that is much too long to be interned ", i)));
  if (kinds & KIND_OBJECTS) {
    for (int i = 0; i < 20; i++)
      add_key(value_from_table(wf_table_new(vm, 0, 0)));
    add_key(value_from_function(wf_function_new_native(vm, NULL, 0, NULL)));
    add_key(value_from_userdata(wf_function_new_userdata(vm, 1, 0)));
    add_key(value_from_thread(vm->main));
    add_key(VALUE_TRUE);
    add_key(VALUE_FALSE);
    add_key(value_from_light(&model));
  }
  if (kinds & KIND_FLOATS)
    for (int i = 0; i < 20; i++)
      add_key(value_from_float(i + 0.5));
  if (kinds & KIND_EVENTS)
    for (int i = 0; i < EVENT_COUNT; i += 3)
      add_key(value_from_string(vm->event_names[i]));
  model.table = wf_table_new(vm, narray, nfields);
  test_push(vm, value_from_table(model.table));
}

/* Another value that is the same key. */
static Value disguise(Value key) {
  if (value_is_box(key)) {
    int64_t i = value_as_int(key);
    double d = (double)i;
    if (d < 0x1p63 && (int64_t)d == i && test_random(2))
      return value_from_float(d);
    return value_from_int(vm, i);
  }
  if (value_is_inline_int(key) && test_random(3) == 0)
    return value_from_float(value_to_double(key));
  if (value_is_string(key)) {
    String *s = value_as_string(key);
    return value_from_string(wf_string_new(vm, s->bytes, s->len));
  }
  return key;
}

static Value get(Value key) {
  Value v = wf_table_get(vm, model.table, key), w = v;
  if (value_is_string(key)) {
    Table *t = model.table;
    w = wf_table_get_string(vm, t, value_as_string(key));
    FieldRef ref = wf_table_find_field(vm, t, value_as_string(key));
    assert_int_equal(ref.shape, table_is_dictionary(t) ? 0 : t->shape);
    Value x = VALUE_NIL;
    if (ref.kind == FIELD_INLINE)
      x = *(Value *)(void *)((char *)t + ref.offset);
    else if (ref.kind == FIELD_EXT)
      x = *(Value *)(void *)((char *)t->u.ext + ref.offset);
    else if (ref.kind == FIELD_NODE)
      x = ((Node *)(void *)((char *)t->u.node + ref.offset))->val;
    assert_true(x == v);
  } else if (value_is_int(key)) {
    w = wf_table_get_int(vm, model.table, value_as_int(key));
  }
  assert_true(v == w);
  return v;
}

static void set(uint32_t k, Value v) {
  Table *t = model.table;
  Value key = disguise(model.key[k]);
  if (value_is_string(key) && test_random(2)) {
    String *s = value_as_string(key);
    if (get(key) == VALUE_NIL && test_random(2)) {
      uint32_t before = t->shape, from, to;
      FieldRef ref = wf_table_add_field(vm, t, s, v, &from, &to);
      if (v != VALUE_NIL)
        assert_int_not_equal(ref.kind, FIELD_ABSENT);
      if (from != 0) {
        assert_int_equal(from, before);
        assert_int_equal(to, t->shape);
        assert_true(ref.kind == FIELD_INLINE || ref.kind == FIELD_EXT);
      }
    } else {
      wf_table_set_string(vm, t, s, v);
    }
  } else if (value_is_int(key) && test_random(2)) {
    wf_table_set_int(vm, t, value_as_int(key), v);
  } else {
    wf_table_set(vm, t, key, v);
  }
  model.value[k] = v;
}

static Value random_value(void) {
  switch (test_random(5)) {
  case 0:
    return value_from_inline_int(test_random(1000));
  case 1:
    return value_from_float(test_random(1000) / 8.0);
  case 2:
    return VALUE_FALSE;
  case 3:
    return value_from_string(test_string(vm, "value", test_random(50)));
  default:
    return value_from_table(wf_table_new(vm, 0, 0));
  }
}

static uint32_t key_number(Value key) {
  for (uint32_t i = 0; i < model.n; i++)
    if (wf_convert_raw_equal(model.key[i], key))
      return i;
  fail_msg("traversal gives a key that was never stored");
  return 0;
}

/* ---- checks ---- */

static void check_invariants(void) {
  const Table *t = model.table;
  uint32_t capacity = table_capacity(t);
  assert_true(table_asize(t) <= capacity);
  assert_int_equal(capacity != 0, table_has_array(t));
  assert_true(capacity == 0 || table_asize(t) >= 1);
  if (t->flags & TABLE_WEAK_VALUES) {
    assert_true(table_is_dictionary(t));
    assert_int_equal(capacity, 0);
  }
  if (!table_is_dictionary(t)) {
    const Shape *s = shape_get(vm, t->shape);
    assert_int_equal(s->ninl, table_ninl(t));
    uint32_t ninl = table_ninl(t), slots = ninl + table_ext_count(t);
    assert_true(s->n <= slots);
    uint32_t events = 0;
    for (uint32_t i = 0; i < s->n; i++)
      if (s->keys[i]->extra)
        events |= 1u << (s->keys[i]->extra - 1);
    assert_int_equal(events, s->events);
    for (uint32_t i = s->n; i < slots; i++)
      assert_true((i < ninl ? t->inl[i] : t->u.ext[i - ninl]) == VALUE_NIL);
    return;
  }
  assert_int_equal(table_ext_count(t), 0);
  for (uint32_t i = 0; i < table_ninl(t); i++)
    assert_true(t->inl[i] == VALUE_NIL);
  if (t->hmask == 0) {
    assert_ptr_equal(t->u.node, &wf_table_empty_nodes[1]);
    return;
  }
  const NodeHeader *h = table_node_header(t);
  uint32_t used = 0, count = table_node_count(t);
  for (uint32_t i = 0; i < count; i++) {
    const Node *n = &t->u.node[i];
    if (n->key == 0)
      continue;
    used++;
    if (n->val == VALUE_NIL)
      continue;
    assert_int_not_equal(value_tag(n->key), TAG_DEAD);
    assert_true(i >= h->first);
    if (value_is_inline_int(n->key) && n->key >= INT_BIAS) {
      assert_true(n->key - INT_BIAS >= capacity);
      assert_true(h->ints);
    }
  }
  assert_int_equal(used, h->used);
  assert_true(used <= dict_limit(count));
}

static void check_length(void) {
  int64_t n = wf_table_length(vm, model.table);
  assert_true(n >= 0);
  if (n > 0)
    assert_true(wf_table_get_int(vm, model.table, n) != VALUE_NIL);
  if (n < INT64_MAX)
    assert_true(wf_table_get_int(vm, model.table, n + 1) == VALUE_NIL);
}

static void check_reads(void) {
  for (uint32_t i = 0; i < model.n; i++)
    assert_true(get(disguise(model.key[i])) == model.value[i]);
  assert_true(get(value_from_float(0.25)) == VALUE_NIL);
  assert_true(get(NAN_BITS) == VALUE_NIL);
  assert_true(get(VALUE_NIL) == VALUE_NIL);
  assert_true(get(value_from_inline_int(-77)) == VALUE_NIL);
  assert_true(get(value_from_table(model.table)) == VALUE_NIL);
}

/* What a collector does to keys of nil entries. */
static void kill_keys(void) {
  Table *t = model.table;
  if (!table_has_nodes(t))
    return;
  for (uint32_t i = 0; i < table_node_count(t); i++) {
    Node *n = &t->u.node[i];
    if (n->key != 0 && n->val == VALUE_NIL && value_is_collectable(n->key))
      n->key = value_make(TAG_DEAD, value_pointer(n->key));
  }
}

/* Visits every entry once. With `change`, entries are set to nil or to other
 * values on the way, and the collector comes by. */
static void traverse(bool change) {
  Table *t = model.table;
  bool by_position = test_random(2);
  uint32_t cursor = 0, visits = 0, live = 0;
  Value out[2] = {VALUE_NIL, VALUE_NIL};
  for (uint32_t i = 0; i < model.n; i++) {
    model.seen[i] = false;
    live += model.value[i] != VALUE_NIL;
  }
  for (;;) {
    if (by_position) {
      if (!wf_table_next_at(vm, t, &cursor, out))
        break;
    } else {
      int more = wf_table_next(vm, t, out[0], out);
      assert_true(more >= 0);
      if (!more)
        break;
    }
    uint32_t k = key_number(out[0]);
    assert_false(model.seen[k]);
    assert_true(model.value[k] == out[1]);
    model.seen[k] = true;
    visits++;
    if (!change)
      continue;
    switch (test_random(4)) {
    case 0:
      model.value[k] = VALUE_NIL;
      wf_table_set(vm, t, out[0], VALUE_NIL);
      break;
    case 1:
      model.value[k] = random_value();
      wf_table_set(vm, t, out[0], model.value[k]);
      break;
    case 2: { /* an absent key stays absent */
      uint32_t other = test_random(model.n);
      if (model.value[other] == VALUE_NIL)
        wf_table_set(vm, t, disguise(model.key[other]), VALUE_NIL);
      break;
    }
    default: /* one that was visited goes */
      for (uint32_t i = test_random(model.n), n = 0; n < 5; n++, i++)
        if (i < model.n && model.seen[i] && model.value[i] != VALUE_NIL) {
          model.value[i] = VALUE_NIL;
          wf_table_set(vm, t, disguise(model.key[i]), VALUE_NIL);
        }
      (void)wf_table_length(vm, t);
    }
    if (test_random(8) == 0)
      kill_keys();
  }
  assert_int_equal(visits, live);
}

static void run_model(uint32_t operations) {
  for (uint32_t op = 0; op < operations; op++) {
    uint32_t k = test_random(model.n);
    /* drifts between growing and shrinking */
    uint32_t delete = (op / 64) % 3;
    set(k, test_random(3) < delete ? VALUE_NIL : random_value());
    if (op % 7 == 0)
      check_invariants();
    if (op % 61 == 0) {
      check_reads();
      check_length();
    }
    if (op % 97 == 0)
      traverse(test_random(3) != 0);
    if (test_random(50) == 0)
      kill_keys();
    if (test_random(400) == 0) { /* drain */
      Value out[2];
      uint32_t cursor = 0;
      while (wf_table_next(vm, model.table, VALUE_NIL, out) == 1 &&
             cursor++ < 1000) {
        uint32_t i = key_number(out[0]);
        model.value[i] = VALUE_NIL;
        wf_table_set(vm, model.table, out[0], VALUE_NIL);
      }
    }
  }
  check_reads();
  traverse(false);
}

static void tables_agree_with_the_model(void **state) {
  (void)state;
  static const unsigned mixes[] = {
      KIND_ITEMS,
      KIND_ITEMS | KIND_INTS,
      KIND_INTS,
      KIND_STRINGS,
      KIND_MANY_STRINGS,
      KIND_STRINGS | KIND_ITEMS,
      KIND_STRINGS | KIND_LONG_STRINGS,
      KIND_STRINGS | KIND_EVENTS,
      KIND_OBJECTS,
      KIND_FLOATS | KIND_OBJECTS,
      KIND_STRINGS | KIND_OBJECTS | KIND_ITEMS,
      KIND_ITEMS | KIND_INTS | KIND_STRINGS | KIND_MANY_STRINGS |
          KIND_LONG_STRINGS | KIND_OBJECTS | KIND_FLOATS | KIND_EVENTS,
  };
  for (uint32_t round = 0; round < 4; round++)
    for (size_t m = 0; m < ARRAY_LEN(mixes); m++) {
      test_random_state = round * 1000 + m;
      model_open(mixes[m], round & 1 ? test_random(60) : 0,
                 round & 2 ? test_random(80) : 0);
      run_model(4000);
    }
}

static void flagged_tables_agree_too(void **state) {
  (void)state;
  Table *meta = wf_table_new(vm, 0, 0);
  for (uint32_t round = 0; round < 6; round++) {
    static const char *const modes[] = {"", "k", "v", "kv", "x", "vk"};
    model_open(KIND_ITEMS | KIND_STRINGS | KIND_OBJECTS | KIND_INTS, 20, 3);
    test_push(vm, value_from_table(meta));
    for (int i = 0; i < 500; i++)
      set(test_random(model.n), random_value());
    wf_table_set_string(
        vm, meta, vm->event_names[EVENT_MODE],
        value_from_string(wf_string_from_cstr(vm, modes[round])));
    wf_table_set_meta(vm, model.table, meta);
    check_invariants();
    check_reads();
    run_model(1500);
    wf_table_set_meta(vm, model.table, NULL);
    assert_int_equal(model.table->flags, 0);
    run_model(1500);
  }
}

/* ---- arrays ---- */

static Value item(int64_t i) { return value_from_inline_int(i); }

static void arrays_grow_by_append(void **state) {
  (void)state;
  Table *t = wf_table_new(vm, 0, 0);
  enum { N = 5000 };
  for (int64_t i = 1; i <= N; i++) {
    assert_int_equal(wf_table_length(vm, t), i - 1);
    wf_table_set_int(vm, t, i, item(i));
    assert_int_equal(table_asize(t), i + 1);
  }
  assert_false(table_is_dictionary(t));
  assert_true(table_capacity(t) <= 2 * N);
  for (int64_t i = N; i >= 1; i--) {
    assert_int_equal(wf_table_length(vm, t), i);
    wf_table_set_int(vm, t, i, VALUE_NIL);
  }
  assert_int_equal(wf_table_length(vm, t), 0);
  wf_table_set_int(vm, t, 3000, item(1));
  assert_false(table_is_dictionary(t)); /* the capacity was there */
  assert_true(wf_table_get_int(vm, t, 2999) == VALUE_NIL);
}

static void dense_keys_in_any_order_become_an_array(void **state) {
  (void)state;
  for (int order = 0; order < 2; order++) {
    Table *t = wf_table_new(vm, 0, 0);
    enum { N = 1000 };
    for (int64_t i = 0; i < N; i++)
      wf_table_set_int(vm, t, order ? 1 + i * 7 % N : N - i, item(i));
    wf_table_set_int(vm, t, N + 1, item(1));
    assert_true(table_asize(t) > N / 2);
    assert_int_equal(wf_table_length(vm, t), N + 1);
  }
}

/* A small list has no cell for its items until it needs more. */
static void small_lists_are_one_cell(void **state) {
  (void)state;
  for (uint32_t fields = 0; fields <= 11; fields += 11)
    for (uint32_t n = 1; n <= 14; n++) {
      Table *t = wf_table_new(vm, n, fields);
      assert_true(table_array_is_inner(t));
      assert_null(table_array_cell(t));
      assert_int_equal(table_array_bytes(t), 0);
      assert_int_equal(table_capacity(t), n + 1);
      Value items[14];
      for (uint32_t i = 0; i < n; i++)
        items[i] = item(i + 1);
      wf_table_append(vm, t, 1, items, n);
      assert_true(table_array_is_inner(t));
      assert_int_equal(wf_table_length(vm, t), n);
      for (uint32_t i = 0; i < fields; i++)
        wf_table_set_string(vm, t, test_string(vm, "f", i), item(i));
      wf_table_set_int(vm, t, n, VALUE_NIL);
      assert_int_equal(wf_table_length(vm, t), n - 1);
      wf_table_set_int(vm, t, n, item(n));
      wf_table_set_int(vm, t, n + 1, item(n + 1));
      assert_false(table_array_is_inner(t));
      assert_int_equal(wf_table_length(vm, t), n + 1);
      for (uint32_t i = 1; i <= n + 1; i++)
        assert_true(wf_table_get_int(vm, t, i) == item(i));
      for (uint32_t i = 0; i < fields; i++)
        assert_true(wf_table_get_string(vm, t, test_string(vm, "f", i)) ==
                    item(i));
    }
  assert_false(table_array_is_inner(wf_table_new(vm, 15, 0)));
  /* an array may lie just behind the cell of a table that has none */
  Table *bare = wf_table_new(vm, 0, 0);
  assert_false(table_has_array(bare));
  Value *none = bare->arr;
  bare->arr = bare->inl + 1;
  assert_false(table_array_is_inner(bare));
  bare->arr = none;
  /* what is weak in its values has no array part */
  Table *t = wf_table_new(vm, 2, 0), *meta = wf_table_new(vm, 0, 0);
  wf_table_set_int(vm, t, 1, item(5));
  wf_table_set_string(vm, meta, vm->event_names[EVENT_MODE],
                      value_from_string(test_string(vm, "v", 0)));
  wf_table_set_meta(vm, t, meta);
  assert_false(table_has_array(t));
  assert_true(wf_table_get_int(vm, t, 1) == item(5));
}

static void sparse_keys_do_not(void **state) {
  (void)state;
  Table *t = wf_table_new(vm, 0, 0);
  for (int64_t i = 1; i <= 1000; i++)
    wf_table_set_int(vm, t, i * 1000, item(i));
  assert_true(table_capacity(t) <= 5);
  /* a queue does not grow for ever */
  t = wf_table_new(vm, 0, 0);
  for (int64_t i = 1; i <= 100000; i++) {
    wf_table_set_int(vm, t, i, item(i));
    if (i > 10)
      wf_table_set_int(vm, t, i - 10, VALUE_NIL);
  }
  assert_true(table_capacity(t) < 200);
  assert_true(t->hmask < 200 * sizeof(Node));
}

static void index_zero_is_no_item(void **state) {
  (void)state;
  Table *t = wf_table_new(vm, 0, 0);
  wf_table_set_int(vm, t, 0, item(7));
  assert_false(table_is_dictionary(t));
  assert_int_equal(wf_table_length(vm, t), 0);
  for (int64_t i = 1; i < 50; i++)
    wf_table_set_int(vm, t, i, item(i));
  assert_int_equal(wf_table_length(vm, t), 49);
  assert_true(wf_table_get_int(vm, t, 0) == item(7));
  Value out[2];
  assert_int_equal(wf_table_next(vm, t, VALUE_NIL, out), 1);
  assert_true(out[0] == item(0) && out[1] == item(7));
}

static void append_writes_ranges(void **state) {
  (void)state;
  Value values[300];
  for (uint32_t i = 0; i < 300; i++)
    values[i] = item(i);
  Table *t = wf_table_new(vm, 0, 0);
  wf_table_append(vm, t, 1, values, 300);
  wf_table_append(vm, t, 301, values, 300);
  assert_int_equal(wf_table_length(vm, t), 600);
  assert_true(wf_table_get_int(vm, t, 301) == item(0));
  wf_table_append(vm, t, 601, values, 0);
  wf_table_append(vm, t, 100, values, 5);
  assert_true(wf_table_get_int(vm, t, 102) == item(2));
  assert_int_equal(wf_table_length(vm, t), 600);
  wf_table_append(vm, t, -1, values, 3);
  assert_true(wf_table_get_int(vm, t, -1) == item(0));
  assert_true(wf_table_get_int(vm, t, 1) == item(2));
  wf_table_append(vm, t, INT64_MAX - 1, values, 2);
  assert_true(wf_table_get_int(vm, t, INT64_MAX) == item(1));
  /* keys that were nodes move over */
  t = wf_table_new(vm, 0, 0);
  wf_table_set_int(vm, t, 20, item(20));
  wf_table_append(vm, t, 1, values, 10);
  wf_table_reserve_array(vm, t, 30);
  assert_true(wf_table_get_int(vm, t, 20) == item(20));
  assert_true(table_asize(t) == 21);
  t = wf_table_new(vm, 100, 0);
  assert_int_equal(wf_table_length(vm, t), 0);
  assert_true(table_capacity(t) >= 101);
}

static void borders_reach_into_the_nodes(void **state) {
  (void)state;
  Table *t = wf_table_new(vm, 0, 0);
  Table *meta = wf_table_new(vm, 0, 0);
  wf_table_set_string(vm, meta, vm->event_names[EVENT_MODE],
                      value_from_string(wf_string_from_cstr(vm, "v")));
  wf_table_set_meta(vm, t, meta);
  for (int64_t i = 1; i <= 1000; i++) {
    wf_table_set_int(vm, t, i, item(i));
    assert_int_equal(wf_table_length(vm, t), i);
  }
  wf_table_set_meta(vm, t, NULL);
  assert_int_equal(wf_table_length(vm, t), 1000);
  wf_table_set_int(vm, t, INT64_MAX, item(1));
  assert_int_equal(wf_table_length(vm, t), 1000);
}

/* ---- traversal ---- */

static void next_rejects_strangers(void **state) {
  (void)state;
  Table *t = wf_table_new(vm, 0, 0);
  Value out[2];
  assert_int_equal(wf_table_next(vm, t, VALUE_NIL, out), 0);
  assert_int_equal(wf_table_next(vm, t, item(1), out), -1);
  assert_int_equal(wf_table_next(vm, t, VALUE_TRUE, out), -1);
  assert_int_equal(wf_table_next(vm, t, NAN_BITS, out), -1);
  assert_int_equal(wf_table_next(vm, t, value_from_string(vm->empty), out), -1);
  wf_table_set(vm, t, VALUE_TRUE, item(1));
  assert_int_equal(wf_table_next(vm, t, VALUE_TRUE, out), 0);
  assert_int_equal(wf_table_next(vm, t, VALUE_FALSE, out), -1);
  assert_int_equal(wf_table_next(vm, t, value_from_string(vm->empty), out), -1);
}

static void properties_come_in_insertion_order(void **state) {
  (void)state;
  Table *t = wf_table_new(vm, 0, 2);
  for (long i = 0; i < 30; i++)
    wf_table_set_string(vm, t, test_string(vm, "p", i * 37 % 101), item(i));
  Value out[2] = {VALUE_NIL, VALUE_NIL};
  for (long i = 0; i < 30; i++) {
    assert_int_equal(wf_table_next(vm, t, out[0], out), 1);
    assert_true(out[1] == item(i));
  }
  assert_int_equal(wf_table_next(vm, t, out[0], out), 0);
}

static void items_popped_while_traversing(void **state) {
  (void)state;
  Table *t = wf_table_new(vm, 0, 0);
  for (int64_t i = 1; i <= 20; i++)
    wf_table_set_int(vm, t, i, item(i));
  Value out[2] = {VALUE_NIL, VALUE_NIL};
  for (int64_t i = 1; i <= 20; i++) {
    assert_int_equal(wf_table_next(vm, t, out[0], out), 1);
    if (i == 15) {
      for (int64_t k = 20; k >= 1; k--) {
        wf_table_set_int(vm, t, k, VALUE_NIL);
        (void)wf_table_length(vm, t);
      }
      break;
    }
  }
  assert_true(table_asize(t) < 15);
  assert_int_equal(wf_table_next(vm, t, out[0], out), 0);
}

static void draining_is_linear(void **state) {
  (void)state;
  enum { N = 100000 };
  Table *t = wf_table_new(vm, 0, 0);
  for (long i = 0; i < N; i++)
    wf_table_set_string(vm, t, test_string(vm, "drain", i), item(i));
  Value out[2];
  long n = 0;
  for (; wf_table_next(vm, t, VALUE_NIL, out) == 1; n++)
    wf_table_set(vm, t, out[0], VALUE_NIL);
  assert_int_equal(n, N);
}

/* ---- shapes ---- */

static void equal_histories_share_a_shape(void **state) {
  (void)state;
  Table *a = wf_table_new(vm, 0, 3), *b = wf_table_new(vm, 0, 3);
  Table *c = wf_table_new(vm, 0, 5);
  for (long i = 0; i < 10; i++) {
    String *key = test_string(vm, "s", i);
    wf_table_set_string(vm, a, key, item(i));
    wf_table_set_string(vm, b, key, item(-i));
    wf_table_set_string(vm, c, key, item(-i));
    assert_int_equal(a->shape, b->shape);
    assert_int_not_equal(a->shape, c->shape);
  }
  uint32_t shape = a->shape;
  wf_table_set_string(vm, a, test_string(vm, "s", 4), VALUE_NIL);
  assert_int_equal(a->shape, shape);
  Table *d = wf_table_new_shape(vm, shape);
  for (long i = 0; i < 10; i++) {
    assert_true(wf_table_get_string(vm, d, test_string(vm, "s", i)) ==
                VALUE_NIL);
    wf_table_set_string(vm, d, test_string(vm, "s", i), item(i));
  }
  assert_int_equal(d->shape, shape);
}

static void computed_keys_leave_shape_mode_soon(void **state) {
  (void)state;
  uint32_t shapes = vm->shapes->count, dictionaries = 0;
  for (long i = 0; i < 1000; i++) {
    Table *t = wf_table_new(vm, 0, 7);
    wf_table_set_string(vm, t, test_string(vm, "unique", i), item(i));
    dictionaries += table_is_dictionary(t);
  }
  assert_int_equal(vm->shapes->count, shapes + SHAPE_COMPUTED_MAX);
  assert_int_equal(dictionaries, 1000 - SHAPE_COMPUTED_MAX);
  /* constant keys do not count */
  for (long i = 0; i < 100; i++) {
    Table *t = wf_table_new(vm, 0, 11);
    uint32_t from, to;
    wf_table_add_field(vm, t, test_string(vm, "constant", i), item(i), &from,
                       &to);
    assert_int_equal(t->shape, to);
    assert_int_not_equal(to, 0);
  }
  Table *t = wf_table_new(vm, 0, 0);
  for (long i = 0; i < SHAPE_KEYS_MAX; i++)
    wf_table_set_string(vm, t, test_string(vm, "wide", i), item(i));
  assert_false(table_is_dictionary(t));
  wf_table_set_string(vm, t, test_string(vm, "wide", 100), item(1));
  assert_true(table_is_dictionary(t));
  assert_true(wf_table_get_string(vm, t, test_string(vm, "wide", 5)) ==
              item(5));
}

static void events_are_found_in_metatables(void **state) {
  (void)state;
  assert_true(table_event(vm, NULL, EVENT_INDEX) == VALUE_NIL);
  Table *meta = wf_table_new(vm, 0, 0);
  for (int e = 0; e < EVENT_COUNT; e++)
    assert_true(table_event(vm, meta, (Event)e) == VALUE_NIL);
  for (int e = 0; e < EVENT_COUNT; e++) {
    wf_table_set_string(vm, meta, vm->event_names[e], item(e));
    for (int f = 0; f < EVENT_COUNT; f++)
      assert_true(table_event(vm, meta, (Event)f) ==
                  (f <= e ? item(f) : VALUE_NIL));
  }
  wf_table_set(vm, meta, VALUE_TRUE, VALUE_TRUE); /* a dictionary now */
  for (int e = 0; e < EVENT_COUNT; e++)
    assert_true(table_event(vm, meta, (Event)e) == item(e));
  wf_table_set_string(vm, meta, vm->event_names[3], VALUE_NIL);
  assert_true(table_event(vm, meta, (Event)3) == VALUE_NIL);
}

static bool epoch_moves(Table *t, const char *key, Value v) {
  uint32_t before = vm->epoch;
  wf_table_set_string(vm, t, wf_string_from_cstr(vm, key), v);
  return vm->epoch != before;
}

static void the_epoch_follows_method_tables(void **state) {
  (void)state;
  for (int dictionary = 0; dictionary < 2; dictionary++) {
    Table *t = wf_table_new(vm, 0, 0);
    if (dictionary)
      wf_table_set(vm, t, VALUE_TRUE, VALUE_TRUE);
    assert_false(epoch_moves(t, "a", item(1)));
    t->flags |= TABLE_IS_INDEX;
    assert_true(epoch_moves(t, "b", item(1)));
    assert_false(epoch_moves(t, "b", item(2)));
    assert_false(epoch_moves(t, "b", VALUE_NIL));
    assert_true(epoch_moves(t, "b", item(1)));
    uint32_t before = vm->epoch;
    wf_table_set_meta(vm, t, wf_table_new(vm, 0, 0));
    assert_true(vm->epoch != before);
    before = vm->epoch;
    wf_table_set(vm, t, VALUE_FALSE, VALUE_TRUE);
    assert_true(vm->epoch != before);

    Table *meta = wf_table_new(vm, 0, 0);
    if (dictionary)
      wf_table_set(vm, meta, VALUE_TRUE, VALUE_TRUE);
    wf_table_set_meta(vm, wf_table_new(vm, 0, 0), meta);
    assert_true(meta->flags & TABLE_IS_META);
    assert_true(epoch_moves(meta, "__index", item(1)));
    assert_true(epoch_moves(meta, "__index", item(2)));
    assert_true(epoch_moves(meta, "__index", VALUE_NIL));
    assert_false(epoch_moves(meta, "other", item(1)));
    uint32_t from, to;
    before = vm->epoch;
    wf_table_add_field(vm, meta, vm->event_names[EVENT_LT], item(1), &from,
                       &to);
    assert_true(vm->epoch != before);
  }
}

/* ---- with the collector ---- */

static Table *weak_table(const char *mode) {
  Table *t = wf_table_new(vm, 0, 0), *meta = wf_table_new(vm, 0, 0);
  test_push(vm, value_from_table(t));
  wf_table_set_meta(vm, t, meta);
  /* after setmetatable: the collector has to notice */
  wf_table_set_string(vm, meta, vm->event_names[EVENT_MODE],
                      value_from_string(wf_string_from_cstr(vm, mode)));
  return t;
}

static uint32_t count_entries(Table *t) {
  uint32_t cursor = 0, n = 0;
  Value out[2];
  while (wf_table_next_at(vm, t, &cursor, out))
    n++;
  return n;
}

static void collections_keep_what_is_reachable(void **state) {
  (void)state;
  vm->thread->top = vm->thread->base;
  Table *all = wf_table_new(vm, 0, 0);
  test_push(vm, value_from_table(all));
  for (int64_t i = 1; i <= 300; i++) {
    Table *t = wf_table_new(vm, 0, (uint32_t)i % 12);
    wf_table_set_int(vm, all, i, value_from_table(t));
    for (long k = 0; k < i; k++)
      wf_table_set_string(vm, t, test_string(vm, "k", k),
                          value_from_string(test_string(vm, "kept", k)));
    wf_table_set(vm, t, value_from_table(wf_table_new(vm, 0, 0)),
                 value_from_int(vm, INT64_MAX - i));
    if (i % 50 == 0)
      wf_gc_full(vm->thread, false);
  }
  wf_gc_full(vm->thread, false);
  for (int64_t i = 1; i <= 300; i++) {
    Table *t = value_as_table(wf_table_get_int(vm, all, i));
    assert_int_equal(count_entries(t), i + 1);
    for (long k = 0; k < i; k++) {
      Value v = wf_table_get_string(vm, t, test_string(vm, "k", k));
      assert_true(v == value_from_string(test_string(vm, "kept", k)));
    }
  }
  wf_gc_check(vm);
}

static void weak_entries_disappear(void **state) {
  (void)state;
  vm->thread->top = vm->thread->base;
  Table *keys = weak_table("k"), *values = weak_table("v");
  Table *both = weak_table("kv");
  for (int64_t i = 1; i <= 100; i++) {
    Value dies = value_from_table(wf_table_new(vm, 0, 0));
    Value stays = value_from_table(wf_table_new(vm, 0, 0));
    test_push(vm, stays);
    Value held = value_from_table(wf_table_new(vm, 0, 0));
    wf_table_set(vm, keys, dies, dies); /* reachable through itself only */
    wf_table_set(vm, keys, stays, held);
    wf_table_set(vm, keys, held, stays);
    wf_table_set_int(vm, values, i, i % 2 ? dies : stays);
    wf_table_set(vm, both, dies, item(i));
    wf_table_set(vm, both, stays, item(i));
  }
  wf_gc_full(vm->thread, false);
  assert_int_equal(count_entries(keys), 200);
  assert_int_equal(count_entries(both), 100);
  assert_int_equal(count_entries(values), 50);
  for (int64_t i = 1; i <= 100; i++)
    assert_int_equal(wf_table_get_int(vm, values, i) == VALUE_NIL, i % 2);
  wf_gc_check(vm);
}

static void the_model_holds_while_collecting(void **state) {
  (void)state;
  for (uint32_t round = 0; round < 3; round++) {
    model_open(KIND_ITEMS | KIND_INTS | KIND_STRINGS | KIND_LONG_STRINGS |
                   KIND_OBJECTS | KIND_FLOATS,
               0, 0);
    for (uint32_t i = 0; i < 400; i++) {
      run_model(10);
      (void)wf_gc_step_kbytes(vm->thread, test_random(16));
    }
    wf_gc_check(vm);
  }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, open_vm, close_vm)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(tables_agree_with_the_model),
      TEST(flagged_tables_agree_too),
      TEST(arrays_grow_by_append),
      TEST(dense_keys_in_any_order_become_an_array),
      TEST(small_lists_are_one_cell),
      TEST(sparse_keys_do_not),
      TEST(index_zero_is_no_item),
      TEST(append_writes_ranges),
      TEST(borders_reach_into_the_nodes),
      TEST(next_rejects_strangers),
      TEST(properties_come_in_insertion_order),
      TEST(items_popped_while_traversing),
      TEST(draining_is_linear),
      TEST(equal_histories_share_a_shape),
      TEST(computed_keys_leave_shape_mode_soon),
      TEST(events_are_found_in_metatables),
      TEST(the_epoch_follows_method_tables),
      TEST(collections_keep_what_is_reachable),
      TEST(weak_entries_disappear),
      TEST(the_model_holds_while_collecting),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
