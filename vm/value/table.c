/* table.c: raw table access.
 *
 * Three places hold entries: the array part (indices 0..asize), the property
 * slots of a shape, or, in dictionary mode, the nodes (dict.h).
 * A table starts in shape mode and leaves it for good when it gets a key that
 * shapes do not hold (shape.h: wf_shape_add) or that is no string and does not
 * fit the array part.
 *
 * Invariants
 *  - no live node has an integer key in [0, capacity): such a key is an array
 *    element, or absent when >= asize. So an append within the capacity and a
 *    store that fills a gap need not look at the nodes.
 *  - arr[asize - 1] may be nil; asize only bounds what is initialised.
 *  - a table with weak values has no array part and no shape.
 *  - no live node lies before NodeHeader.first.
 *
 * Nothing but a store to a new key changes a table's form, so a traversal may
 * assign to existing keys. The exception, wf_table_length, only lowers asize
 * over nil slots, and `next` takes indices up to the capacity for valid. */
#include "vm/value/table.h"
#include "vm/base/numeral.h"
#include "vm/gc/gc.h"
#include "vm/value/dict.h"
#include "vm/value/resize.h"

uint64_t wf_table_empty_array[2];
Node wf_table_empty_nodes[2];

enum { INNER_ITEMS_MAX = 14 };

/* ---- creation ---- */

/* `slots` of the cell are left for an array part and its header. */
static ALWAYS_INLINE Table *new_table(VM *vm, uint32_t shape, uint32_t slots) {
  uint32_t ninl = shape_get(vm, shape)->ninl;
  Table *t = gc_alloc(vm, sizeof *t + (ninl + slots) * sizeof(Value));
  t->type = OBJ_TABLE;
  t->gcbits = 0;
  t->flags = 0;
  t->extra = (uint8_t)ninl;
  t->shape = shape;
  t->arr = &wf_table_empty_array[1];
  t->u.ext = NULL;
  t->meta = NULL;
  for (uint32_t i = 0; i < ninl; i++)
    t->inl[i] = VALUE_NIL;
  return t;
}

Table *wf_table_new_shape(VM *vm, uint32_t shape) {
  Table *t = new_table(vm, shape, 0);
  uint32_t ninl = table_ninl(t), beyond = shape_get(vm, shape)->n;
  while (UNLIKELY(beyond > ninl + table_ext_count(t)))
    wf_resize_ext(vm, t);
  return t;
}

static COLDFN Table *new_dictionary(VM *vm, uint32_t entries) {
  NodeArray a = wf_dict_new_nodes(vm, wf_dict_size_exact(vm, entries));
  Table *t = wf_table_new_shape(vm, shape_root(vm, 0));
  t->u.node = a.node;
  t->hmask = a.hmask;
  return t;
}

/* A list of a few items, which lie in the table's cell until it grows. */
static Table *new_list(VM *vm, uint32_t items, uint32_t nfields) {
  Table *t = new_table(vm, shape_root(vm, nfields), items + 2);
  t->extra |= EXTRA_INNER;
  t->arr = t->inl + table_ninl(t) + 1;
  *table_array(t) = (ArrayHeader){1, items + 1};
  t->arr[0] = VALUE_NIL;
  return t;
}

Table *wf_table_new(VM *vm, uint32_t narray, uint32_t nfields) {
  if (narray - 1 < INNER_ITEMS_MAX && nfields <= SHAPE_KEYS_MAX)
    return new_list(vm, narray, nfields);
  Table *t = LIKELY(nfields <= SHAPE_KEYS_MAX)
                 ? wf_table_new_shape(vm, shape_root(vm, nfields))
                 : new_dictionary(vm, nfields);
  if (narray != 0)
    wf_table_reserve_array(vm, t, narray);
  return t;
}

/* ---- keys ---- */

/* Integers in float clothing become integers. */
static Value normal_key(VM *vm, Value key) {
  int64_t i;
  if (value_is_float(key) && numeral_float_to_int(value_as_float(key), &i))
    return value_from_int(vm, i);
  return key;
}

/* ---- reading ---- */

static Value node_value(VM *vm, const Table *t, const Node *n) {
  if (!n)
    return VALUE_NIL;
  Value v = n->val;
  if (UNLIKELY(t->flags & TABLE_WEAK_VALUES) && value_is_collectable(v) &&
      wf_gc_is_dead(vm, v))
    return VALUE_NIL;
  return v;
}

/* What t has as key where it has `key`; NULL: no such key. */
static inline String *present_key(VM *vm, String *key) {
  return LIKELY(!string_is_loose(key)) ? key : wf_string_find_key(vm, key);
}

/* A dictionary is searched by the bytes, without the intern table: a program
 * may keep many such strings, and each look into it misses the cache. */
static NOINLINE Value get_loose(VM *vm, Table *t, String *key) {
  if (table_is_dictionary(t))
    return node_value(vm, t, wf_dict_find_loose(vm, t, key));
  key = wf_string_find_key(vm, key);
  ShapeSlot slot = key ? shape_find(vm, t->shape, key) : SHAPE_ABSENT;
  return slot == SHAPE_ABSENT ? VALUE_NIL : *shape_slot_value(t, slot);
}

Value wf_table_get_string(VM *vm, Table *t, String *key) {
  if (UNLIKELY(string_is_loose(key)))
    return get_loose(vm, t, key);
  if (LIKELY(!table_is_dictionary(t))) {
    ShapeSlot slot = shape_find(vm, t->shape, key);
    return slot == SHAPE_ABSENT ? VALUE_NIL : *shape_slot_value(t, slot);
  }
  return node_value(vm, t, dict_find_string(vm, t, key));
}

Value wf_table_get_int(VM *vm, Table *t, int64_t key) {
  if (LIKELY((uint64_t)key < table_asize(t)))
    return t->arr[key];
  if (!table_has_nodes(t))
    return VALUE_NIL;
  return node_value(vm, t, dict_find_int(vm, t, key));
}

Value wf_table_get(VM *vm, Table *t, Value key) {
  if (value_is_string(key))
    return wf_table_get_string(vm, t, value_as_string(key));
  if (value_is_int(key))
    return wf_table_get_int(vm, t, value_as_int(key));
  int64_t i;
  if (value_is_float(key) && numeral_float_to_int(value_as_float(key), &i))
    return wf_table_get_int(vm, t, i);
  if (!table_is_dictionary(t))
    return VALUE_NIL;
  return node_value(vm, t, dict_find_word(t, key, dict_hash(vm, key)));
}

Value wf_table_event(VM *vm, Table *meta, Event e) {
  return wf_table_get_string(vm, meta, vm->event_names[e]);
}

/* ---- writing ---- */

/* A cached method lookup may have found t without this key, or through the
 * former __index of the objects t is the metatable of. */
static void note_new_key(VM *vm, const Table *t) {
  if (UNLIKELY(t->flags & TABLE_IS_INDEX))
    vm->epoch++;
}
static void note_event_key(VM *vm, const Table *t, const String *key) {
  if (UNLIKELY(t->flags & TABLE_IS_META) && key->extra != 0)
    vm->epoch++;
}

static void store_node(VM *vm, Table *t, Node *n, Value v) {
  if (n->val == VALUE_NIL && v != VALUE_NIL) {
    NodeHeader *h = table_node_header(t);
    uint32_t i = (uint32_t)(n - t->u.node);
    if (i < h->first && dict_is_present(t, n))
      h->first = i;
    note_new_key(vm, t);
  }
  n->val = v;
  gc_barrier_entry(vm, t, n);
}

/* The same for an integer key that is no array element. */
static void store_int_node(VM *vm, Table *t, Node *n, uint64_t k, Value v) {
  store_node(vm, t, n, v);
  if (UNLIKELY(k < table_room(t)) && table_is_filling(t))
    t->arr[k] = v; /* NOBARRIER: a copy, the node has it */
}

static void store_slot(VM *vm, Table *t, Value *slot, Value v) {
  if (*slot == VALUE_NIL)
    note_new_key(vm, t);
  *slot = v;
  gc_barrier(vm, t, v);
}

/* A node for an absent key of a dictionary. */
static Node *add_node(VM *vm, Table *t, Value key) {
  Node *n = wf_dict_add(vm, t, key);
  if (UNLIKELY(!n)) {
    wf_resize_for_key(vm, t, key);
    n = wf_dict_add(vm, t, key);
    CHECK(n);
  }
  return n;
}

/* Adds an absent string key to a table in shape mode; *slot tells where.
 * False: the table has become a dictionary and has no such key yet. */
static bool add_property(VM *vm, Table *t, String *key, Value v, bool computed,
                         ShapeSlot *slot) {
  uint32_t to = wf_shape_add(vm, t->shape, key, computed);
  if (UNLIKELY(to == 0)) {
    wf_resize_to_dictionary(vm, t);
    return false;
  }
  uint32_t ninl = table_ninl(t), i = shape_get(vm, to)->n - 1u;
  if (i >= ninl && i - ninl == table_ext_count(t))
    wf_resize_ext(vm, t);
  *slot = shape_slot_of(ninl, i);
  store_slot(vm, t, shape_slot_value(t, *slot), v);
  t->shape = to;
  return true;
}

void wf_table_set_string(VM *vm, Table *t, String *key, Value v) {
  if (UNLIKELY(string_is_loose(key))) {
    key = v == VALUE_NIL ? wf_string_find_key(vm, key)
                         : wf_string_intern(vm, key);
    if (!key)
      return;
  }
  note_event_key(vm, t, key);
  if (LIKELY(!table_is_dictionary(t))) {
    ShapeSlot slot = shape_find(vm, t->shape, key);
    if (LIKELY(slot != SHAPE_ABSENT)) {
      store_slot(vm, t, shape_slot_value(t, slot), v);
      return;
    }
    if (v == VALUE_NIL || add_property(vm, t, key, v, true, &slot))
      return;
  }
  Node *n = dict_find_string(vm, t, key);
  if (!n) {
    if (v == VALUE_NIL)
      return;
    n = add_node(vm, t, value_from_string(key));
  }
  store_node(vm, t, n, v);
}

static void store_item(VM *vm, Table *t, uint32_t i, Value v) {
  resize_put(t, i, v);
  gc_barrier_item(vm, t, &t->arr[i]);
}

/* The array part has more room than it uses. */
static COLDFN void go_on_filling(VM *vm, Table *t) {
  if (table_is_filling(t))
    wf_dict_fill_some(vm, t);
  else
    wf_resize_use_room(vm, t);
}

/* t[key] = v for an integer key that is no array element. */
static NOINLINE void set_int_slow(VM *vm, Table *t, int64_t key, Value v) {
  uint64_t k = (uint64_t)key;
  if (k < table_capacity(t)) {
    if (v != VALUE_NIL)
      store_item(vm, t, (uint32_t)k, v);
    return;
  }
  Node *n = table_is_dictionary(t) ? dict_find_int(vm, t, key) : NULL;
  if (n) {
    store_int_node(vm, t, n, k, v);
    return;
  }
  if (v == VALUE_NIL)
    return;
  Value word = value_from_int(vm, key);
  if (!(t->flags & TABLE_WEAK_VALUES)) {
    if (UNLIKELY(table_room(t) > table_capacity(t)))
      go_on_filling(vm, t);
    else if (k == 0)
      wf_resize_array(vm, t, 1, 1);
    else if (k == table_capacity(t) || !table_has_nodes(t))
      wf_resize_for_key(vm, t, word);
  }
  /* again: the capacity has changed */
  if (k < table_capacity(t)) {
    store_item(vm, t, (uint32_t)k, v);
    return;
  }
  n = wf_dict_add(vm, t, word);
  if (!n) {
    wf_resize_for_key(vm, t, word);
    if (k < table_capacity(t)) {
      store_item(vm, t, (uint32_t)k, v);
      return;
    }
    n = wf_dict_add(vm, t, word);
    CHECK(n);
  }
  store_int_node(vm, t, n, k, v);
}

void wf_table_set_int(VM *vm, Table *t, int64_t key, Value v) {
  uint64_t k = (uint64_t)key;
  if (LIKELY(k < table_asize(t))) {
    t->arr[k] = v;
    gc_barrier_item(vm, t, &t->arr[k]);
    return;
  }
  if (LIKELY(k == table_asize(t) && k < table_capacity(t))) {
    t->arr[k] = v;
    table_set_asize(t, (uint32_t)k + 1);
    gc_barrier_item(vm, t, &t->arr[k]);
    return;
  }
  set_int_slow(vm, t, key, v);
}

void wf_table_set(VM *vm, Table *t, Value key, Value v) {
  if (value_is_string(key)) {
    wf_table_set_string(vm, t, value_as_string(key), v);
    return;
  }
  int64_t i;
  if (value_is_int(key)) {
    wf_table_set_int(vm, t, value_as_int(key), v);
    return;
  }
  if (value_is_float(key) && numeral_float_to_int(value_as_float(key), &i)) {
    wf_table_set_int(vm, t, i, v);
    return;
  }
  Node *n = NULL;
  if (table_is_dictionary(t))
    n = dict_find_word(t, key, dict_hash(vm, key));
  if (!n) {
    if (v == VALUE_NIL)
      return;
    if (!table_is_dictionary(t))
      wf_resize_to_dictionary(vm, t);
    n = add_node(vm, t, key);
  }
  store_node(vm, t, n, v);
}

/* ---- fields for inline caches ---- */

static FieldRef field_ref(const Table *t, ShapeSlot slot) {
  if (slot > 0)
    return (FieldRef){FIELD_INLINE, t->shape, (uint32_t)slot};
  return (FieldRef){FIELD_EXT, t->shape, (uint32_t)~slot};
}
static FieldRef node_ref(const Table *t, const Node *n) {
  if (UNLIKELY(!dict_is_present(t, n)))
    return (FieldRef){FIELD_MOVING, 0, 0};
  return (FieldRef){FIELD_NODE, 0,
                    (uint32_t)((const char *)n - (const char *)t->u.node)};
}

FieldRef wf_table_find_field(VM *vm, Table *t, String *key) {
  key = present_key(vm, key);
  if (UNLIKELY(!key))
    return (FieldRef){FIELD_ABSENT, table_is_dictionary(t) ? 0 : t->shape, 0};
  if (!table_is_dictionary(t)) {
    ShapeSlot slot = shape_find(vm, t->shape, key);
    if (slot != SHAPE_ABSENT)
      return field_ref(t, slot);
  } else {
    const Node *n = dict_find_string(vm, t, key);
    if (n)
      return node_ref(t, n);
  }
  return (FieldRef){FIELD_ABSENT, table_is_dictionary(t) ? 0 : t->shape, 0};
}

FieldRef wf_table_add_field(VM *vm, Table *t, String *key, Value v,
                            uint32_t *old_shape, uint32_t *new_shape) {
  *old_shape = *new_shape = 0;
  if (UNLIKELY(string_is_loose(key)))
    key = wf_string_intern(vm, key);
  uint32_t before = t->shape;
  if (!table_is_dictionary(t) && v != VALUE_NIL) {
    ShapeSlot slot = shape_find(vm, before, key);
    if (slot == SHAPE_ABSENT) {
      note_event_key(vm, t, key);
      if (add_property(vm, t, key, v, false, &slot)) {
        *old_shape = before;
        *new_shape = t->shape;
        return field_ref(t, slot);
      }
    }
  }
  wf_table_set_string(vm, t, key, v);
  return wf_table_find_field(vm, t, key);
}

/* ---- the array part ---- */

void wf_table_reserve_array(VM *vm, Table *t, uint32_t n) {
  if (n < table_capacity(t) || (t->flags & TABLE_WEAK_VALUES) ||
      table_is_filling(t))
    return;
  if (UNLIKELY(n > ARRAY_ITEMS_MAX))
    n = ARRAY_ITEMS_MAX;
  wf_resize_array(vm, t, n, n);
}

void wf_table_append(VM *vm, Table *t, int64_t first, const Value *values,
                     uint32_t n) {
  uint64_t end = (uint64_t)first + n;
  bool adjoins = first == 1 || (first > 0 && first <= table_capacity(t));
  if (!adjoins || end > ARRAY_ITEMS_MAX || (t->flags & TABLE_WEAK_VALUES) ||
      table_is_filling(t)) {
    for (uint32_t i = 0; i < n; i++)
      wf_table_set_int(vm, t, (int64_t)((uint64_t)first + i), values[i]);
    return;
  }
  if (n == 0)
    return;
  uint64_t capacity = table_capacity(t);
  if (end > capacity) {
    /* one exact reservation, then by halves: a long list comes in batches */
    uint64_t grown = capacity + capacity / 2;
    if (grown > ARRAY_ITEMS_MAX)
      grown = ARRAY_ITEMS_MAX;
    wf_resize_array(vm, t, (uint32_t)(grown > end ? grown : end - 1),
                    (uint32_t)end - 1);
  }
  if (table_asize(t) < end)
    resize_put(t, (uint32_t)end - 1, VALUE_NIL);
  memcpy(t->arr + first, values, n * sizeof(Value));
  if (UNLIKELY(vm->barrier))
    for (uint32_t i = 0; i < n; i++)
      gc_barrier_item(vm, t, &t->arr[first + i]);
}

/* ---- length ---- */

static bool has_int(VM *vm, Table *t, uint64_t k) {
  return wf_table_get_int(vm, t, (int64_t)k) != VALUE_NIL;
}

/* A border above `present` (0 or a key in use), among the nodes: doubling,
 * then halving. */
static NOINLINE int64_t border_in_nodes(VM *vm, Table *t, uint64_t present) {
  uint64_t absent = present + 1;
  while (has_int(vm, t, absent)) {
    present = absent;
    if (absent > INT64_MAX / 2) {
      if (has_int(vm, t, INT64_MAX))
        return INT64_MAX;
      absent = INT64_MAX;
      break;
    }
    absent *= 2;
  }
  while (absent - present > 1) {
    uint64_t middle = present + (absent - present) / 2;
    if (has_int(vm, t, middle))
      present = middle;
    else
      absent = middle;
  }
  return (int64_t)present;
}

/* arr[asize - 1] is nil. Lowers asize over some of the nil slots at the end,
 * so that the next call finds the border at once. */
static NOINLINE int64_t border_in_array(Table *t) {
  enum { TRIM_STEP = 32 };
  Value *arr = t->arr;
  uint32_t asize = table_asize(t), present = 0, absent = asize - 1;
  if (absent > 1 && arr[absent - 1] != VALUE_NIL)
    present = absent - 1;
  while (absent - present > 1) {
    uint32_t middle = present + (absent - present) / 2;
    if (arr[middle] != VALUE_NIL)
      present = middle;
    else
      absent = middle;
  }
  uint32_t stop = asize - present > TRIM_STEP ? asize - TRIM_STEP : present + 1;
  while (asize > stop && arr[asize - 1] == VALUE_NIL)
    asize--;
  table_set_asize(t, asize);
  return present;
}

int64_t wf_table_length(VM *vm, Table *t) {
  uint32_t n = table_asize(t);
  if (LIKELY(n > 1)) {
    if (UNLIKELY(t->arr[n - 1] == VALUE_NIL))
      return border_in_array(t);
    if (LIKELY(!table_has_nodes(t) || n < table_capacity(t)))
      return n - 1;
    return table_node_header(t)->ints ? border_in_nodes(vm, t, n - 1) : n - 1;
  }
  if (!table_has_nodes(t) || table_capacity(t) > 1 ||
      !table_node_header(t)->ints)
    return 0;
  return border_in_nodes(vm, t, 0);
}

/* ---- traversal ----
 * Positions: array slots [0, capacity), then capacity + number of the property
 * or node; behind a moving table's nodes its old ones. asize may change
 * meanwhile, the capacity does not. */

static bool next_property(VM *vm, Table *t, uint32_t i, uint32_t *cursor,
                          Value out[2]) {
  const Shape *s = shape_get(vm, t->shape);
  for (; i < s->n; i++) {
    Value v = *shape_slot_value(t, shape_slot_of(s->ninl, i));
    if (v == VALUE_NIL)
      continue;
    out[0] = value_from_string(s->keys[i]);
    out[1] = v;
    *cursor = table_capacity(t) + i + 1;
    return true;
  }
  *cursor = table_capacity(t) + i;
  return false;
}

/* The old nodes of a table that is moving, i counted from the first of them. */
static bool next_old_node(VM *vm, const Table *t, uint32_t i, uint32_t *cursor,
                          Value out[2]) {
  NodeRange old = table_nodes(t, 1);
  uint32_t before = table_capacity(t) + table_node_count(t);
  for (; i < old.count; i++) {
    const Node *n = &old.node[i];
    if (n->key == 0 || !dict_is_live(vm, t, n))
      continue;
    out[0] = n->key;
    out[1] = n->val;
    *cursor = before + i + 1;
    return true;
  }
  *cursor = before + i;
  return false;
}

static bool next_node(VM *vm, Table *t, uint32_t i, uint32_t *cursor,
                      Value out[2]) {
  uint32_t capacity = table_capacity(t), count = table_node_count(t);
  if (t->hmask == 0)
    return false;
  NodeHeader *h = table_node_header(t);
  bool leading = i <= h->first;
  if (leading)
    i = h->first;
  for (; i < count; i++) {
    const Node *n = &t->u.node[i];
    if (n->key == 0 || n->val == VALUE_NIL || !dict_is_live(vm, t, n))
      continue;
    if (leading)
      h->first = i;
    out[0] = n->key;
    out[1] = n->val;
    *cursor = capacity + i + 1;
    return true;
  }
  if (leading && i == count)
    h->first = count;
  if (UNLIKELY(h->moving))
    return next_old_node(vm, t, i - count, cursor, out);
  *cursor = capacity + i;
  return false;
}

bool wf_table_next_at(VM *vm, Table *t, uint32_t *cursor, Value out[2]) {
  uint32_t i = *cursor, capacity = table_capacity(t);
  if (i < capacity) {
    for (; i < table_asize(t); i++) {
      if (t->arr[i] == VALUE_NIL)
        continue;
      out[0] = value_from_inline_int(i);
      out[1] = t->arr[i];
      *cursor = i + 1;
      return true;
    }
    i = capacity;
  }
  return table_is_dictionary(t)
             ? next_node(vm, t, i - capacity, cursor, out)
             : next_property(vm, t, i - capacity, cursor, out);
}

/* Position behind the entry of `key`; false when there is no such entry. */
static bool position_after(VM *vm, Table *t, Value key, uint32_t *cursor) {
  uint32_t capacity = table_capacity(t);
  if (value_is_nil(key)) {
    *cursor = 0;
    return true;
  }
  key = normal_key(vm, key);
  if (value_is_inline_int(key) && key - INT_BIAS < capacity) {
    *cursor = (uint32_t)(key - INT_BIAS) + 1;
    return true;
  }
  if (table_is_dictionary(t)) {
    const Node *n = wf_dict_find_dead(vm, t, key);
    if (!n)
      return false;
    *cursor =
        capacity + 1 +
        (dict_is_present(t, n)
             ? (uint32_t)(n - t->u.node)
             : table_node_count(t) + (uint32_t)(n - table_nodes(t, 1).node));
    return true;
  }
  if (!value_is_string(key))
    return false;
  String *property = present_key(vm, value_as_string(key));
  if (!property)
    return false;
  ShapeSlot slot = shape_find(vm, t->shape, property);
  if (slot == SHAPE_ABSENT)
    return false;
  *cursor = capacity + shape_slot_number(table_ninl(t), slot) + 1;
  return true;
}

int wf_table_next(VM *vm, Table *t, Value key, Value out[2]) {
  uint32_t cursor;
  if (!position_after(vm, t, key, &cursor))
    return -1;
  return wf_table_next_at(vm, t, &cursor, out);
}

/* ---- metatables ---- */

static uint32_t mode_flags(VM *vm, Table *meta) {
  if (!meta)
    return 0;
  Value mode = table_event(vm, meta, EVENT_MODE);
  if (LIKELY(!value_is_string(mode)))
    return 0;
  const char *s = value_as_string(mode)->bytes;
  return (strchr(s, 'k') ? TABLE_WEAK_KEYS : 0u) |
         (strchr(s, 'v') ? TABLE_WEAK_VALUES : 0u);
}

static uint32_t refresh_weakness(VM *vm, Table *t, bool scanning) {
  uint32_t mode = mode_flags(vm, t->meta);
  if ((mode & TABLE_WEAK_VALUES) && !(t->flags & TABLE_WEAK_VALUES) &&
      !wf_resize_all_to_nodes(vm, t, scanning))
    mode &= ~(uint32_t)TABLE_WEAK_VALUES;
  t->flags =
      (uint8_t)((t->flags & ~(TABLE_WEAK_KEYS | TABLE_WEAK_VALUES)) | mode);
  return mode;
}

uint32_t wf_table_refresh_weakness(VM *vm, Table *t) {
  return refresh_weakness(vm, t, true);
}

void wf_table_set_meta(VM *vm, Table *t, Table *meta) {
  note_new_key(vm, t);
  if (UNLIKELY(t->flags & (TABLE_WEAK_KEYS | TABLE_WEAK_VALUES)))
    wf_gc_weakness_changes(vm, t);
  t->meta = meta;
  if (!meta) {
    t->flags &=
        (uint8_t) ~(TABLE_HAS_META | TABLE_WEAK_KEYS | TABLE_WEAK_VALUES);
    return;
  }
  gc_barrier_object(vm, t, meta);
  t->flags |= TABLE_HAS_META;
  meta->flags |= TABLE_IS_META;
  if (UNLIKELY((t->flags & (TABLE_WEAK_KEYS | TABLE_WEAK_VALUES)) ||
               table_event(vm, meta, EVENT_MODE) != VALUE_NIL))
    refresh_weakness(vm, t, false);
  if (UNLIKELY(table_event(vm, meta, EVENT_GC) != VALUE_NIL))
    wf_gc_register_finalizer(vm, (Object *)t);
}
