/* dict.c: nodes of dictionary tables. How they work: dict.h. */
#include "vm/value/dict.h"
#include "vm/value/resize.h"
#include "vm/value/value_hooks.h"

enum {
  PREFETCH_KEY = 24, /* nodes between prefetching a string and its use: 288 ->
                        132 ns per insertion at 1e6 keys */
  MOVE_STEP = 8,     /* old nodes moved per insertion, times old size / new */
  PREFETCH_NODE = 8, /* and between prefetching its new place and the store */
  CLEAR_STEP = 4096, /* array slots cleared per insertion */
  FILL_STEP = 1024,  /* then old nodes looked at per insertion */
  PULL_BATCH = 32    /* keys whose nodes are fetched at the same time */
};

static uint32_t next_byte(const Table *t, uint32_t i) {
  return (i + (uint32_t)sizeof(Node)) & t->hmask;
}

/* The first node from the one that belongs to `hash` on that is unused or
 * whose key is the same. */
#define PROBE(nodes, hash, is_same)                                            \
  for (uint32_t i = (hash), mask = (nodes).count - 1;; i++) {                  \
    Node *n = &(nodes).node[i & mask];                                         \
    if (n->key == 0)                                                           \
      break;                                                                   \
    if (is_same)                                                               \
      return n;                                                                \
  }

COLDFN Node *wf_dict_find_old(const Table *t, Value key, uint32_t hash) {
  NodeRange old = table_nodes(t, 1);
  PROBE(old, hash / (uint32_t)sizeof(Node), n->key == key);
  return NULL;
}

Node *wf_dict_find_loose(VM *vm, const Table *t, String *key) {
  if (UNLIKELY(!(key->flags & STRING_HASHED)) && key->len <= STRING_SHORT_MAX) {
    key = wf_string_find_key(vm, key); /* its place learns of it */
    if (!key || !string_is_loose(key))
      return key ? dict_find_interned(t, key) : NULL;
  }
  uint32_t hash = (uint32_t)string_hash(vm, key) / (uint32_t)sizeof(Node);
  for (int part = 0; part <= (int)table_is_moving(t); part++) {
    NodeRange r = table_nodes(t, part);
    PROBE(r, hash,
          value_is_string(n->key) &&
              string_equal(value_as_string(n->key), key));
  }
  return NULL;
}

Node *wf_dict_find_box(VM *vm, const Table *t, int64_t key) {
  uint32_t hash = dict_mix(vm, (uint64_t)key) / (uint32_t)sizeof(Node);
  for (int part = 0; part <= (int)table_is_moving(t); part++) {
    NodeRange r = table_nodes(t, part);
    PROBE(r, hash, value_is_box(n->key) && value_as_box(n->key) == key);
  }
  return NULL;
}

Node *wf_dict_find(VM *vm, const Table *t, Value key) {
  if (value_is_string(key))
    return dict_find_string(vm, t, value_as_string(key));
  if (value_is_box(key))
    return wf_dict_find_box(vm, t, value_as_box(key));
  return dict_find_word(t, key, dict_hash(vm, key));
}

Node *wf_dict_find_dead(VM *vm, const Table *t, Value key) {
  Node *n = wf_dict_find(vm, t, key);
  if (n || !value_is_collectable(key))
    return n;
  return dict_find_word(t, value_make(TAG_DEAD, value_pointer(key)),
                        dict_hash(vm, key));
}

uint32_t wf_dict_size_for(VM *vm, uint32_t live) {
  uint32_t count = 2;
  while (live > count / 2) {
    if (count == NODE_COUNT_MAX)
      wf_error_format(vm->thread, "table overflow");
    count *= 2;
  }
  return count;
}

uint32_t wf_dict_size_exact(VM *vm, uint32_t entries) {
  uint32_t count = 2;
  while (entries > dict_limit(count)) {
    if (count == NODE_COUNT_MAX)
      wf_error_format(vm->thread, "table overflow");
    count *= 2;
  }
  return count;
}

NodeArray wf_dict_new_nodes(VM *vm, uint32_t count) {
  if (UNLIKELY(count >= MOVING_MIN)) {
    NodeArray a = wf_dict_try_new_nodes(vm, count);
    if (!a.node)
      wf_error_memory(vm);
    return a;
  }
  Node *cell = gc_alloc_raw(vm, table_node_bytes_for(count));
  memset(cell, 0, table_node_bytes_for(count));
  return (NodeArray){cell + 1, (count - 1) * (uint32_t)sizeof(Node)};
}

NodeArray wf_dict_try_new_nodes(VM *vm, uint32_t count) {
  Node *cell = wf_gc_try_alloc_zeroed(vm, table_node_bytes_for(count));
  if (!cell)
    return (NodeArray){NULL, 0};
  return (NodeArray){cell + 1, (count - 1) * (uint32_t)sizeof(Node)};
}

static bool counts_as_int(Value key) {
  return value_is_inline_int(key) && value_as_inline_int(key) >= 0;
}

void wf_dict_place(NodeArray *a, uint32_t hash, Value key, Value v) {
  uint32_t i = hash & a->hmask;
  Node *n = (Node *)(void *)((char *)a->node + i);
  while (n->key != 0) {
    i = (i + (uint32_t)sizeof(Node)) & a->hmask;
    n = (Node *)(void *)((char *)a->node + i);
  }
  n->key = key;
  n->val = v;
  NodeHeader *h = (NodeHeader *)(void *)(a->node - 1);
  h->used++;
  h->ints |= counts_as_int(key);
}

static ALWAYS_INLINE void prefetch_key(const Node *n) {
  if (value_is_string(n->key))
    __builtin_prefetch(value_pointer(n->key));
}

static void place_range(VM *vm, NodeArray *a, const Table *t, NodeRange r,
                        uint32_t skip) {
  const Node *node = r.node;
  uint32_t count = r.count;
  for (uint32_t i = 0; i < count; i++) {
    if (count > 4 * PREFETCH_KEY && i + PREFETCH_KEY < count) {
      prefetch_key(&node[i + PREFETCH_KEY]);
      const Node *soon = &node[i + PREFETCH_NODE];
      if (value_is_string(soon->key))
        __builtin_prefetch((char *)a->node +
                           (dict_hash(vm, soon->key) & a->hmask));
    }
    const Node *n = &node[i];
    if (n->key == 0 || !dict_is_live(vm, t, n))
      continue;
    if (counts_as_int(n->key) && value_as_inline_int(n->key) < skip)
      continue;
    wf_dict_place(a, dict_hash(vm, n->key), n->key, n->val);
  }
}

void wf_dict_place_all(VM *vm, NodeArray *a, const Table *t, uint32_t skip) {
  for (int part = 0; part <= (int)table_is_moving(t); part++)
    place_range(vm, a, t, table_nodes(t, part), skip);
}

/* ---- moving ---- */

static void begin(Table *t, NodeArray a, MovingState state) {
  CHECK(!table_is_moving(t));
  Moving m = {t->u.node, t->hmask, 0};
  uint32_t ints = table_node_header(t)->ints;
  t->u.node = a.node;
  t->hmask = a.hmask;
  *table_moving(t) = m;
  NodeHeader *h = table_node_header(t);
  h->ints = ints;
  h->moving = state;
}

void wf_dict_begin_move(Table *t, NodeArray a) { begin(t, a, MOVING_ALL); }
void wf_dict_begin_fill(Table *t, NodeArray a) { begin(t, a, MOVING_FILL); }

/* An entry of the old nodes goes to the new ones. */
static void move_entry(VM *vm, Table *t, NodeArray *a, const Node *from) {
  wf_dict_place(a, dict_hash(vm, from->key), from->key, from->val);
  gc_barrier(vm, t, from->key); /* the collector may be between the parts */
  gc_barrier(vm, t, from->val);
}

/* Moves some entries, so many that all have moved when the new nodes are in
 * need of room: they begin at most about half full. */
static COLDFN void move_some(VM *vm, Table *t) {
  NodeHeader *h = table_node_header(t);
  Moving *m = table_moving(t);
  NodeRange old = table_nodes(t, 1);
  NodeArray a = {t->u.node, t->hmask};
  uint32_t room = dict_limit(table_node_count(t)) - h->used;
  uint32_t n = MOVE_STEP * (old.count / table_node_count(t) + 1);
  uint32_t i = m->next, left = old.count - i;
  uint32_t end = i + (n < left ? n : left);
  h->first = 0;
  for (; i < end && room > 0; i++) {
    Node *from = &old.node[i];
    if (i + PREFETCH_KEY < old.count)
      prefetch_key(&old.node[i + PREFETCH_KEY]);
    if (from->key != 0 && dict_is_live(vm, t, from)) {
      move_entry(vm, t, &a, from);
      room--;
    }
    if (from->key != 0)
      from->key = value_make(TAG_DEAD, NULL);
    from->val = VALUE_NIL; /* NOBARRIER: N1 */
  }
  m->next = i;
  if (i == old.count) {
    h->moving = MOVING_NONE;
    wf_gc_release(vm, m->old - 1, table_node_bytes_for(old.count));
  }
}

/* ---- filling the array ---- */

uint32_t wf_dict_fill_steps(uint32_t slots, uint32_t nodes) {
  return slots / CLEAR_STEP + nodes / FILL_STEP + 2;
}

static bool fills(const Table *t, Value key) {
  return value_is_inline_int(key) && key - INT_BIAS < table_room(t);
}

/* Everything is in its place: the old nodes hold but copies. */
static void end_fill(VM *vm, Table *t) {
  Moving *m = table_moving(t);
  NodeRange old = table_nodes(t, 1);
  if (table_asize(t) < table_capacity(t))
    resize_put(t, table_capacity(t) - 1, VALUE_NIL);
  table_set_capacity(t, table_room(t));
  table_set_asize(t, table_room(t));
  table_node_header(t)->moving = MOVING_NONE;
  m->old = NULL;
  wf_gc_release(vm, old.node - 1, table_node_bytes_for(old.count));
}

void wf_dict_leave_fill(Table *t) {
  table_node_header(t)->moving = MOVING_ALL;
  table_moving(t)->next = 0;
}

COLDFN void wf_dict_fill_some(VM *vm, Table *t) {
  NodeHeader *h = table_node_header(t);
  Moving *m = table_moving(t);
  if (UNLIKELY(t->flags & (TABLE_WEAK_KEYS | TABLE_WEAK_VALUES))) {
    wf_dict_leave_fill(t); /* the collector may have put off some entries */
    return;
  }
  uint32_t capacity = table_capacity(t), slots = table_room(t) - capacity;
  if (m->next < slots) {
    uint32_t end = slots - m->next < CLEAR_STEP ? slots : m->next + CLEAR_STEP;
    for (; m->next < end; m->next++)
      t->arr[capacity + m->next] = VALUE_NIL; /* NOBARRIER: N1 */
    return;
  }
  NodeRange old = table_nodes(t, 1);
  NodeArray a = {t->u.node, t->hmask};
  uint32_t room = dict_limit(table_node_count(t)) - h->used;
  uint32_t i = m->next - slots;
  uint32_t end = old.count - i < FILL_STEP ? old.count : i + FILL_STEP;
  h->first = 0;
  for (; i < end && room > 0; i++) {
    Node *from = &old.node[i];
    if (fills(t, from->key)) {
      uint64_t k = from->key - INT_BIAS; /* below capacity the array has it */
      if (k >= capacity)
        t->arr[k] = from->val; /* NOBARRIER: the node has it */
      continue;
    }
    if (from->key == 0)
      continue;
    if (from->val != VALUE_NIL) {
      move_entry(vm, t, &a, from);
      room--;
    }
    from->key = value_make(TAG_DEAD, NULL);
    from->val = VALUE_NIL; /* NOBARRIER: N1 */
  }
  m->next = slots + i;
  if (i == old.count)
    end_fill(vm, t);
}

/* A node for a key that will be in the array, among the old ones, which go all
 * together; they may be fuller than others, as there will be few. */
static Node *add_filling(VM *vm, const Table *t, Value key) {
  NodeRange old = table_nodes(t, 1);
  NodeHeader *h = (NodeHeader *)(void *)(old.node - 1);
  uint32_t i = dict_hash(vm, key) / (uint32_t)sizeof(Node);
  Node *n = &old.node[i & (old.count - 1)];
  while (n->key != 0 && n->val != VALUE_NIL)
    n = &old.node[++i & (old.count - 1)];
  if (n->key == 0) {
    if (h->used >= old.count - old.count / 8)
      return NULL;
    h->used++;
  }
  n->key = key;
  n->val = VALUE_NIL;
  return n;
}

static void pull(VM *vm, Table *t, uint32_t k) {
  Node *n = dict_find_int(vm, t, k);
  if (!n || n->val == VALUE_NIL)
    return;
  gc_barrier(vm, t, n->val); /* the array may be scanned already */
  resize_put(t, k, n->val);
  n->val = VALUE_NIL; /* NOBARRIER: N1 */
}

void wf_dict_pull(VM *vm, Table *t, uint32_t from, uint32_t end) {
  while (from < end) {
    uint32_t to = end - from < PULL_BATCH ? end : from + PULL_BATCH;
    for (uint32_t k = from; k < to; k++)
      __builtin_prefetch(dict_node_at(t, dict_mix(vm, k) & t->hmask));
    for (; from < to; from++)
      pull(vm, t, from);
  }
}

static ALWAYS_INLINE Node *add(VM *vm, Table *t, Value key) {
  NodeHeader *h = table_node_header(t);
  uint32_t i = dict_hash(vm, key) & t->hmask;
  Node *n = dict_node_at(t, i);
  for (; n->key != 0; n = dict_node_at(t, i = next_byte(t, i)))
    if (n->val == VALUE_NIL)
      break;
  if (n->key == 0) {
    if (h->used >= dict_limit(table_node_count(t)))
      return NULL;
    h->used++;
  }
  n->key = key;
  n->val = VALUE_NIL;
  gc_barrier_key(vm, t, key);
  h->ints |= counts_as_int(key);
  return n;
}

static COLDFN Node *add_meanwhile(VM *vm, Table *t, Value key) {
  if (!table_is_filling(t))
    move_some(vm, t);
  else if (fills(t, key))
    return add_filling(vm, t, key);
  else if (!value_is_int(key)) /* wf_table_set_int has done so */
    wf_dict_fill_some(vm, t);
  return add(vm, t, key);
}

Node *wf_dict_add(VM *vm, Table *t, Value key) {
  CHECK(table_is_dictionary(t));
  if (UNLIKELY(t->hmask == 0))
    return NULL;
  if (UNLIKELY(table_is_moving(t)))
    return add_meanwhile(vm, t, key);
  return add(vm, t, key);
}
