/* dict.c: nodes of dictionary tables. How they work: dict.h. */
#include "vm/value/dict.h"
#include "vm/value/value_hooks.h"

enum {
  PREFETCH_KEY = 24, /* nodes between prefetching a string and its use: 288 ->
                        132 ns per insertion at 1e6 keys */
  PREFETCH_NODE = 8  /* and between prefetching its new place and the store */
};

static uint32_t next_byte(const Table *t, uint32_t i) {
  return (i + (uint32_t)sizeof(Node)) & t->hmask;
}

Node *wf_dict_find_long(VM *vm, const Table *t, String *key) {
  uint32_t i = (uint32_t)string_hash(vm, key) & t->hmask;
  for (;; i = next_byte(t, i)) {
    Node *n = dict_node_at(t, i);
    if (n->key == 0)
      return NULL;
    if (value_is_string(n->key) && string_equal(value_as_string(n->key), key))
      return n;
  }
}

Node *wf_dict_find_box(VM *vm, const Table *t, int64_t key) {
  uint32_t i = dict_mix(vm, (uint64_t)key) & t->hmask;
  for (;; i = next_byte(t, i)) {
    Node *n = dict_node_at(t, i);
    if (n->key == 0)
      return NULL;
    if (value_is_box(n->key) && value_as_box(n->key) == key)
      return n;
  }
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

static NodeArray init_nodes(void *cell, uint32_t count) {
  if (!cell)
    return (NodeArray){NULL, 0};
  memset(cell, 0, table_node_bytes_for(count));
  return (NodeArray){(Node *)cell + 1, (count - 1) * (uint32_t)sizeof(Node)};
}

NodeArray wf_dict_new_nodes(VM *vm, uint32_t count) {
  return init_nodes(gc_alloc_raw(vm, table_node_bytes_for(count)), count);
}

NodeArray wf_dict_try_new_nodes(VM *vm, uint32_t count) {
  return init_nodes(wf_gc_try_alloc(vm, table_node_bytes_for(count)), count);
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

void wf_dict_place_all(VM *vm, NodeArray *a, const Table *t, uint32_t skip) {
  const Node *node = t->u.node;
  uint32_t count = table_node_count(t);
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

Node *wf_dict_add(VM *vm, Table *t, Value key) {
  if (UNLIKELY(t->hmask == 0))
    return NULL;
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
  gc_barrier(vm, key);
  h->ints |= counts_as_int(key);
  return n;
}
