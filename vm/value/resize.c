/* resize.c: how tables grow and change form.
 *
 * Array or nodes is decided as in Lua, by counting: the array part holds
 * 1..2^p for the largest p such that more than half of these keys are in use.
 * It is decided when a new key finds no room: an append behind a full array, a
 * key that needs a node when the nodes are full (a table without nodes has
 * full ones). An array that is more than half full, or was reserved and is
 * still being filled, is not shrunk, and grows when something is appended.
 *
 * A dictionary that will have MOVING_MIN nodes or more is not rehashed at once
 * (half a microsecond and more an entry when memory is cold): it begins to move
 * to its new nodes. What it holds is then counted by samples. When many of its
 * integer keys had better be in the array part, that is filled meanwhile
 * (MOVING_FILL). An array that grows by an append takes over the keys behind it
 * from big nodes some at a time: it has room beyond its capacity until then.
 * Only items that leave a sparse array for nodes are still moved in one go.
 *
 * In every function all memory is taken before anything changes, so that a
 * failure leaves the table as it was. Values that move between two parts of a
 * table pass a barrier, because the collector may be between the parts; those
 * that move within one do not (NOBARRIER: N4). Keys that leave a shape are
 * roots. */
#include "vm/value/resize.h"
#include "vm/value/dict.h"
#include "vm/value/shape.h"
#include "vm/value/value_hooks.h"

enum {
  ITEM_SLICES = 31, /* 2^0 .. ARRAY_ITEMS_MAX */
  EXT_MIN = 2,
  FIRST_ITEMS = 2,    /* room for a first append */
  SAMPLE_MIN = 16384, /* items: below, all are counted */
  SAMPLES = 512,
  PULL_STEP = 1024,  /* keys looked for in big nodes per insertion */
  WALK_MAX = 4096,   /* nodes that are walked instead */
  RELEASE_MIN = 1024 /* bytes of a cell worth giving back at once */
};

static void release(VM *vm, void *cell, size_t size) {
  if (cell && size >= RELEASE_MIN)
    wf_gc_release(vm, cell, size);
}

/* ---- the array part ---- */

/* Bytes of a cell for indices 0..items: all that the heap would give. */
static size_t array_bytes(uint32_t items) {
  return wf_gc_cell_size(table_array_bytes_for(items + 1));
}

static void install_array(Table *t, void *cell, size_t bytes) {
  size_t capacity = (bytes - sizeof(uint64_t)) / sizeof(Value);
  ((ArrayHeader *)cell)->capacity = (uint32_t)capacity;
  t->arr = (Value *)cell + 1;
}

static void grow_array(VM *vm, Table *t, uint32_t items) {
  size_t bytes = array_bytes(items);
  if (!table_has_array(t)) {
    install_array(t, gc_alloc_raw(vm, bytes), bytes);
    t->arr[0] = VALUE_NIL;
    table_set_asize(t, 1);
    return;
  }
  if (UNLIKELY(items < table_room(t))) {
    table_set_capacity(t, table_room(t));
    return;
  }
  void *cell = table_array_cell(t);
  if (!cell) {
    cell = gc_alloc_raw(vm, bytes);
    memcpy(cell, t->arr - 1, table_array_bytes_for(table_asize(t)));
  } else {
    cell = wf_gc_try_resize(vm, cell, table_array_bytes(t), bytes);
    if (!cell)
      wf_error_memory(vm);
  }
  install_array(t, cell, bytes);
}

/* Moves integer keys below the array's capacity out of the nodes. */
static void pull_items(VM *vm, Table *t) {
  if (!table_has_nodes(t) || !table_node_header(t)->ints)
    return;
  uint32_t capacity = table_capacity(t);
  for (int part = 0; part <= (int)table_is_moving(t); part++) {
    NodeRange r = table_nodes(t, part);
    for (uint32_t i = 0; i < r.count; i++) {
      Node *n = &r.node[i];
      uint64_t k = n->key - INT_BIAS;
      if (value_is_inline_int(n->key) && k < capacity && n->val != VALUE_NIL) {
        gc_barrier(vm, t, n->val); /* the array may be scanned already */
        resize_put(t, (uint32_t)k, n->val);
        n->val = VALUE_NIL;
      }
    }
  }
}

/* The array part, which has a capacity up to its room, takes only that up to
 * `end` for now and pulls what lies from `from` on. */
static void pull_to(VM *vm, Table *t, uint32_t from, uint64_t end) {
  if (end < table_room(t))
    table_set_capacity(t, (uint32_t)end);
  wf_dict_pull(vm, t, from, table_capacity(t));
}

void wf_resize_array(VM *vm, Table *t, uint32_t items, uint32_t needed) {
  uint32_t before = table_capacity(t);
  grow_array(vm, t, items);
  if (!table_has_nodes(t) || !table_node_header(t)->ints)
    return;
  if (table_node_count(t) <= WALK_MAX && !table_is_moving(t)) {
    pull_items(vm, t);
    return;
  }
  uint64_t end = (uint64_t)before + PULL_STEP;
  pull_to(vm, t, before, end > needed ? end : (uint64_t)needed + 1);
}

void wf_resize_use_room(VM *vm, Table *t) {
  uint32_t before = table_capacity(t);
  if (table_asize(t) < before)
    resize_put(t, before - 1, VALUE_NIL);
  table_set_capacity(t, table_room(t));
  if (table_has_nodes(t) && table_node_header(t)->ints)
    pull_to(vm, t, before, (uint64_t)before + PULL_STEP);
}

/* ---- nodes and ext ---- */

static void drop_nodes(VM *vm, Table *t) {
  NodeRange old = table_has_nodes(t) ? table_nodes(t, 1) : (NodeRange){NULL, 0};
  if (old.node)
    release(vm, old.node - 1, table_node_bytes_for(old.count));
  release(vm, table_node_cell(t), table_node_bytes(t));
}

static void install_nodes(VM *vm, Table *t, NodeArray a) {
  t->u.node = a.node;
  t->hmask = a.hmask;
  resize_moved(vm, t);
}

static uint32_t live_fields(VM *vm, Table *t) {
  const Shape *s = shape_get(vm, t->shape);
  uint32_t live = 0;
  for (uint32_t i = 0; i < s->n; i++)
    live += *shape_slot_value(t, shape_slot_of(s->ninl, i)) != VALUE_NIL;
  return live;
}

/* What moves from one part of t to another. */
static void barrier_fields(VM *vm, const Table *t) {
  if (LIKELY(!vm->barrier))
    return;
  for (uint32_t i = 0; i < table_ninl(t); i++)
    gc_barrier(vm, t, t->inl[i]);
  for (uint32_t i = 0; i < table_ext_count(t); i++)
    gc_barrier(vm, t, t->u.ext[i]);
}
static void barrier_array(VM *vm, const Table *t, uint32_t from) {
  if (UNLIKELY(vm->barrier))
    for (uint32_t i = from; i < table_asize(t); i++)
      gc_barrier(vm, t, t->arr[i]);
}

/* Enters t's fields into `a`, which becomes its nodes. */
static void leave_shape(VM *vm, Table *t, NodeArray a) {
  const Shape *s = shape_get(vm, t->shape);
  for (uint32_t i = 0; i < s->n; i++) {
    Value v = *shape_slot_value(t, shape_slot_of(s->ninl, i));
    if (v != VALUE_NIL)
      wf_dict_place(&a, (uint32_t)s->keys[i]->hash,
                    value_from_string(s->keys[i]), v);
  }
  for (uint32_t i = 0; i < table_ninl(t); i++)
    t->inl[i] = VALUE_NIL;
  t->extra &= EXTRA_NINL | EXTRA_INNER;
  install_nodes(vm, t, a);
}

void wf_resize_to_dictionary(VM *vm, Table *t) {
  uint32_t count = wf_dict_size_for(vm, live_fields(vm, t) + 1);
  NodeArray a = wf_dict_new_nodes(vm, count);
  barrier_fields(vm, t);
  leave_shape(vm, t, a);
}

void wf_resize_ext(VM *vm, Table *t) {
  uint32_t before = table_ext_count(t), count = before ? before * 2 : EXT_MIN;
  Value *ext = gc_alloc_raw(vm, count * sizeof(Value));
  if (before)
    memcpy(ext, t->u.ext, before * sizeof(Value));
  for (uint32_t i = before; i < count; i++)
    ext[i] = VALUE_NIL;
  t->u.ext = ext;
  table_set_ext_count(t, count);
  resize_moved(vm, t);
}

/* ---- counting ---- */

/* How many integer keys lie in (2^(i-1), 2^i], per i. */
typedef struct Census {
  uint32_t slice[ITEM_SLICES];
  uint32_t items;       /* their sum */
  uint32_t array_items; /* those in the array part */
  uint32_t live_nodes;  /* live entries of the nodes, all kinds of key */
  uint32_t skip;        /* nodes' entries that the chosen array takes over */
} Census;

static uint32_t slice_of(uint64_t k) {
  return k <= 1 ? 0 : 64 - (uint32_t)__builtin_clzll(k - 1);
}

static bool is_item(Value key) {
  return key - (INT_BIAS + 1) < (uint64_t)ARRAY_ITEMS_MAX;
}

static uint32_t count_live(const Value *from, const Value *end) {
  uint32_t live = 0;
  for (; from < end; from++)
    live += *from != VALUE_NIL;
  return live;
}

static void count_array(const Table *t, Census *c) {
  uint64_t from = 1, end = 2; /* slice i is indices [from, end) */
  for (uint32_t i = 0; from < table_asize(t); i++) {
    uint64_t to = end < table_asize(t) ? end : table_asize(t);
    uint32_t live = count_live(t->arr + from, t->arr + to);
    c->slice[i] += live;
    c->array_items += live;
    from = end;
    end = end * 2 - 1;
  }
  c->items += c->array_items;
}

static void count_range(VM *vm, const Table *t, const Node *n, uint32_t count,
                        Census *c) {
  for (const Node *end = n + count; n < end; n++) {
    if (n->key == 0 || !dict_is_live(vm, t, n))
      continue;
    c->live_nodes++;
    if (is_item(n->key)) {
      c->slice[slice_of(n->key - INT_BIAS)]++;
      c->items++;
    }
  }
}

static void count_nodes(VM *vm, const Table *t, Census *c) {
  if (!table_has_nodes(t))
    return;
  for (int part = 0; part <= (int)table_is_moving(t); part++) {
    NodeRange r = table_nodes(t, part);
    count_range(vm, t, r.node, r.count, c);
  }
}

/* The number of items (a power of two, or 0) the array part should have. */
static uint32_t best_array(const Census *c) {
  uint32_t sum = 0, best = 0;
  for (uint32_t i = 0, p = 1; i < ITEM_SLICES && c->items > p / 2;
       i++, p *= 2) {
    sum += c->slice[i];
    if (sum > p / 2)
      best = p;
  }
  return best;
}

/* Capacity the array part should have. 0: none. */
static uint32_t choose_capacity(const Table *t, const Census *c) {
  if (t->flags & TABLE_WEAK_VALUES)
    return 0;
  uint32_t capacity = table_capacity(t), items = best_array(c);
  if (items >= capacity && items != 0)
    return items + 1;
  if (capacity == 0 || items >= capacity / 2 ||
      c->array_items * 2ull >= table_asize(t) - 1)
    return capacity;
  if (items == 0 && table_asize(t) > 0 && t->arr[0] != VALUE_NIL)
    items = 1;
  return items == 0 ? 0 : items + 1;
}

/* ---- the decision ---- */

/* Nodes' entries with integer keys below `capacity`. */
static uint32_t count_taken(VM *vm, const Table *t, uint32_t capacity) {
  if (!table_has_nodes(t) || !table_node_header(t)->ints)
    return 0;
  uint32_t taken = 0;
  for (int part = 0; part <= (int)table_is_moving(t); part++) {
    NodeRange r = table_nodes(t, part);
    for (const Node *n = r.node; n < r.node + r.count; n++)
      taken += value_is_inline_int(n->key) && n->key - INT_BIAS < capacity &&
               dict_is_live(vm, t, n);
  }
  return taken;
}

/* Cuts the array part to `capacity`; elements beyond go into `a`. */
static void shrink_array(VM *vm, Table *t, uint32_t capacity, void *cell,
                         size_t bytes, NodeArray *a) {
  Value *old = t->arr;
  uint32_t old_asize = table_asize(t), keep = capacity;
  void *old_cell = table_array_cell(t);
  size_t old_bytes = table_array_bytes(t);
  if (capacity == 0) {
    t->arr = &wf_table_empty_array[1];
  } else {
    install_array(t, cell, bytes);
    keep = table_capacity(t);
    table_set_asize(t, old_asize < keep ? old_asize : keep);
    memcpy(t->arr, old, table_asize(t) * sizeof(Value));
  }
  for (uint32_t k = keep; k < old_asize; k++)
    if (old[k] != VALUE_NIL)
      wf_dict_place(a, dict_mix(vm, k), value_from_inline_int(k), old[k]);
  release(vm, old_cell, old_bytes);
}

/* Whether more than half of 1..n are in use, by samples when n is large. */
static bool is_mostly_used(const Value *arr, uint32_t n) {
  if (n <= SAMPLE_MIN)
    return count_live(arr + 1, arr + n + 1) > n / 2;
  uint32_t live = 0, step = n / SAMPLES;
  for (uint32_t i = 0; i < SAMPLES; i++)
    live += arr[n - i * step] != VALUE_NIL;
  return live > SAMPLES / 2;
}

/* An append behind a full array that is more than half in use doubles it: the
 * common way of growing, decided without looking at the nodes. Laxer than
 * counting, so that one hole does not send the next item to a node. */
static bool grow_for_append(VM *vm, Table *t, Value key) {
  uint64_t k = key - INT_BIAS;
  if (k == 1 && !table_has_array(t) && !table_has_nodes(t)) {
    wf_resize_array(vm, t, FIRST_ITEMS, 1);
    return true;
  }
  if (k == 0 || k != table_asize(t) || k != table_capacity(t) || !is_item(key))
    return false;
  if (!is_mostly_used(t->arr, (uint32_t)k - 1))
    return false;
  wf_resize_array(vm, t, 1u << slice_of(k), (uint32_t)k);
  return true;
}

/* ---- moving ---- */

static uint32_t scaled(uint32_t n, uint32_t count, uint32_t looked_at) {
  return (uint32_t)((uint64_t)n * count / looked_at);
}

/* Of many nodes some are looked at: where an entry stands is as good as
 * random. */
static void estimate_nodes(VM *vm, const Table *t, Census *c) {
  enum { CHUNKS = 256, CHUNK = 64 };
  uint32_t count = table_node_count(t);
  if (count <= CHUNKS * CHUNK) {
    count_range(vm, t, t->u.node, count, c);
    return;
  }
  for (uint32_t i = 0; i < CHUNKS; i++)
    count_range(vm, t, t->u.node + count / CHUNKS * i, CHUNK, c);
  c->live_nodes = scaled(c->live_nodes, count, CHUNKS * CHUNK);
  c->items = 0;
  for (uint32_t i = 0; i < ITEM_SLICES; i++) {
    c->slice[i] = scaled(c->slice[i], count, CHUNKS * CHUNK);
    c->items += c->slice[i];
  }
}

static uint32_t estimate_live(const Value *from, uint32_t count) {
  if (count <= SAMPLE_MIN)
    return count_live(from, from + count);
  uint32_t live = 0;
  for (uint32_t i = 0; i < SAMPLES; i++)
    live += from[count / SAMPLES * i] != VALUE_NIL;
  return scaled(live, count, SAMPLES);
}

static void estimate_array(const Table *t, Census *c) {
  uint64_t from = 1, end = 2; /* slice i is indices [from, end) */
  for (uint32_t i = 0; from < table_asize(t); i++) {
    uint64_t to = end < table_asize(t) ? end : table_asize(t);
    uint32_t live = estimate_live(t->arr + from, (uint32_t)(to - from));
    c->slice[i] += live;
    c->array_items += live;
    from = end;
    end = end * 2 - 1;
  }
  c->items += c->array_items;
}

/* A sample may show a few too many. */
static void count_cautiously(Census *c) {
  c->items = 0;
  for (uint32_t i = 0; i < ITEM_SLICES; i++) {
    c->slice[i] -= c->slice[i] / 32;
    c->items += c->slice[i];
  }
}

/* Begins to fill the array part for indices below `capacity`; `nodes` counts
 * what is in the nodes. Errors: memory. */
static void begin_fill(VM *vm, Table *t, const Census *nodes,
                       uint32_t capacity) {
  uint32_t others = nodes->live_nodes, before = table_capacity(t);
  for (uint32_t i = 0; i <= slice_of(capacity - 1u); i++)
    others -= nodes->slice[i] < others ? nodes->slice[i] : others;
  uint32_t steps = wf_dict_fill_steps(capacity, table_node_count(t));
  uint32_t count = wf_dict_size_for(vm, others + others / 16 + steps);
  NodeArray a = wf_dict_new_nodes(vm, count < MOVING_MIN ? MOVING_MIN : count);
  grow_array(vm, t, capacity - 1);
  table_set_capacity(t, before ? before : 1);
  if (before == 0)
    wf_dict_pull(vm, t, 0, 1);
  wf_dict_begin_fill(t, a);
  resize_moved(vm, t);
}

/* Begins to move a big dictionary whose nodes are full; false when it is no
 * such table or its array part had better shrink. Errors: memory. */
static bool begin_move(VM *vm, Table *t, bool is_index) {
  if (!table_has_nodes(t) || table_is_moving(t) ||
      table_node_header(t)->used < MOVING_MIN / 2)
    return false;
  Census c = {.live_nodes = 0};
  estimate_nodes(vm, t, &c);
  if (is_index || table_node_header(t)->ints) {
    const Census nodes = c;
    estimate_array(t, &c);
    uint32_t capacity = choose_capacity(t, &c);
    if (capacity > table_capacity(t) && table_node_count(t) > WALK_MAX) {
      count_cautiously(&c);
      capacity = choose_capacity(t, &c);
      if (capacity > table_capacity(t) && !(t->flags & TABLE_WEAK_KEYS)) {
        begin_fill(vm, t, &nodes, capacity);
        return true;
      }
    }
    if (capacity != table_capacity(t))
      return false;
  }
  uint32_t live = c.live_nodes + c.live_nodes / 16 + 1;
  uint32_t count = wf_dict_size_for(vm, live);
  wf_dict_begin_move(
      t, wf_dict_new_nodes(vm, count < MOVING_MIN ? MOVING_MIN : count));
  resize_moved(vm, t);
  return true;
}

void wf_resize_for_key(VM *vm, Table *t, Value key) {
  bool is_index = is_item(key) && !(t->flags & TABLE_WEAK_VALUES);
  if (is_index && grow_for_append(vm, t, key))
    return;
  if (begin_move(vm, t, is_index))
    return;
  if (table_is_filling(t)) /* no room for what the samples did not show */
    wf_dict_leave_fill(t);
  bool shaped = !table_is_dictionary(t);
  bool counting =
      is_index || (table_has_nodes(t) && table_node_header(t)->ints);
  Census c = {.live_nodes = 0};
  count_nodes(vm, t, &c);
  uint32_t old_capacity = table_capacity(t), capacity = old_capacity;
  if (counting) {
    count_array(t, &c);
    if (is_index) {
      c.slice[slice_of(key - INT_BIAS)]++;
      c.items++;
    }
    capacity = choose_capacity(t, &c);
  }
  bool in_array = is_index && key - INT_BIAS < capacity;
  uint32_t spilled = 0;
  if (capacity < old_capacity && capacity < table_asize(t))
    spilled = count_live(t->arr + capacity, t->arr + table_asize(t));
  if (in_array && spilled == 0 && capacity >= old_capacity) {
    if (capacity > old_capacity)
      wf_resize_array(vm, t, capacity - 1, capacity - 1);
    return;
  }

  uint32_t others =
      shaped ? live_fields(vm, t) : c.live_nodes - count_taken(vm, t, capacity);
  uint64_t entries = (uint64_t)others + spilled + !in_array;
  if (entries > NODE_COUNT_MAX)
    wf_error_format(vm->thread, "table overflow");
  NodeArray a = {NULL, 0};
  if (!shaped || entries > others)
    a = wf_dict_new_nodes(vm, wf_dict_size_for(vm, (uint32_t)entries));
  if (capacity > old_capacity) {
    grow_array(vm, t, capacity - 1);
    capacity = table_capacity(t);
  } else if (capacity < old_capacity) {
    size_t bytes = capacity ? array_bytes(capacity - 1) : 0;
    void *cell = capacity ? gc_alloc_raw(vm, bytes) : NULL;
    barrier_array(vm, t, capacity);
    shrink_array(vm, t, capacity, cell, bytes, &a);
    capacity = table_capacity(t);
  }
  if (!a.node)
    return;
  if (shaped) {
    barrier_fields(vm, t);
    leave_shape(vm, t, a);
    return;
  }
  wf_dict_place_all(vm, &a, t, capacity);
  pull_items(vm, t);
  drop_nodes(vm, t);
  install_nodes(vm, t, a);
}

bool wf_resize_all_to_nodes(VM *vm, Table *t, bool scanning) {
  bool shaped = !table_is_dictionary(t);
  if (!shaped && !table_has_array(t))
    return true;
  Census c = {.live_nodes = 0};
  count_nodes(vm, t, &c);
  uint32_t live = shaped ? live_fields(vm, t) : c.live_nodes;
  live += count_live(t->arr, t->arr + table_asize(t));
  uint32_t count = 2;
  while (live >= count / 2 && count < NODE_COUNT_MAX)
    count *= 2;
  NodeArray a = wf_dict_try_new_nodes(vm, count);
  if (!a.node || live >= count / 2)
    return false;
  if (!scanning) {
    barrier_array(vm, t, 0);
    if (shaped)
      barrier_fields(vm, t);
  }
  shrink_array(vm, t, 0, NULL, 0, &a);
  if (shaped) {
    leave_shape(vm, t, a);
    return true;
  }
  wf_dict_place_all(vm, &a, t, 0);
  drop_nodes(vm, t);
  install_nodes(vm, t, a);
  return true;
}
