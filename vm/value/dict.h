/* dict.h: a table's nodes: hashing, probing, placing. For table.c and resize.c.
 *
 * Open addressing with linear probing over 16-byte nodes, a power of two of
 * them; u.node and hmask (a byte mask) describe the array, NodeHeader before
 * node[0] its fill. Used nodes stay below 3/4 (one node free below 4), so every
 * probe path ends.
 *
 * A node whose value became nil stays where it is, under its key, or under
 * TAG_DEAD when the collector took the key: `next` can go on from it and probe
 * paths lead over it. It is given to a new key that probes across it.
 *
 * Of a table that is moving (table_layout.h) the old nodes are searched where
 * the new ones hold no such key: only a miss pays for that. */
#ifndef WEFT_DICT_H
#define WEFT_DICT_H

#include "vm/gc/gc.h"
#include "vm/value/string.h"
#include "vm/value/table_layout.h"

enum { NODE_COUNT_MAX = 1 << 28 };

/* Integer, pointer and float keys: a multiply with both halves folded, keyed
 * by the VM's secret. Keeping groups of neighbouring integers in one cache line
 * was tried: the runs it makes cost as much as it saves. */
static inline uint32_t dict_mix(const VM *vm, uint64_t word) {
  uint64_t key[2];
  memcpy(key, vm->secret.bytes, sizeof key);
  unsigned __int128 p = (unsigned __int128)(word ^ key[0]) * (key[1] | 1);
  return (uint32_t)p ^ (uint32_t)(p >> 64);
}
static inline uint32_t dict_hash(VM *vm, Value key) {
  if (value_is_string(key))
    return (uint32_t)string_hash(vm, value_as_string(key));
  if (value_is_int(key))
    return dict_mix(vm, (uint64_t)value_as_int(key));
  return dict_mix(vm, key);
}

static inline Node *dict_node_at(const Table *t, uint32_t byte) {
  return (Node *)(void *)((char *)t->u.node + byte);
}
Node *wf_dict_find_old(const Table *t, Value key, uint32_t hash);
/* Node whose key is this very word; NULL when there is none. */
static ALWAYS_INLINE Node *dict_find_word(const Table *t, Value key,
                                          uint32_t hash) {
  for (uint32_t i = hash & t->hmask;;
       i = (i + (uint32_t)sizeof(Node)) & t->hmask) {
    Node *n = dict_node_at(t, i);
    if (LIKELY(n->key == key))
      return n;
    if (n->key == 0)
      break;
  }
  return UNLIKELY(table_is_moving(t)) ? wf_dict_find_old(t, key, hash) : NULL;
}
/* n is one of the present nodes. */
static inline bool dict_is_present(const Table *t, const Node *n) {
  return (uintptr_t)n - (uintptr_t)t->u.node <= t->hmask;
}
/* key is interned. */
static inline Node *dict_find_interned(const Table *t, String *key) {
  return dict_find_word(t, value_from_string(key), (uint32_t)key->hash);
}
/* Any string. */
Node *wf_dict_find_loose(VM *vm, const Table *t, String *key);
static inline Node *dict_find_string(VM *vm, const Table *t, String *key) {
  return LIKELY(!string_is_loose(key)) ? dict_find_interned(t, key)
                                       : wf_dict_find_loose(vm, t, key);
}
/* Any integer, inline or not. */
Node *wf_dict_find_box(VM *vm, const Table *t, int64_t key);
static inline Node *dict_find_int(VM *vm, const Table *t, int64_t key) {
  return LIKELY(int_fits_inline(key))
             ? dict_find_word(t, value_from_inline_int(key),
                              dict_mix(vm, (uint64_t)key))
             : wf_dict_find_box(vm, t, key);
}
/* Any key but nil and floats with an integer value. */
Node *wf_dict_find(VM *vm, const Table *t, Value key);
/* The same, and dead keys too: for next. */
Node *wf_dict_find_dead(VM *vm, const Table *t, Value key);

/* Most used nodes of an array of `count`. */
static inline uint32_t dict_limit(uint32_t count) {
  return count >= 4 ? count - count / 4 : count - 1;
}
/* Node count for `live` entries: they fill at most half. Lua's own rule, the
 * smallest that fits, rebuilds every few insertions when keys come and go and
 * the live count is just below a power of two (10 times slower, measured).
 * Errors: "table overflow". */
uint32_t wf_dict_size_for(VM *vm, uint32_t live);
/* Node count that just holds `entries`. */
uint32_t wf_dict_size_exact(VM *vm, uint32_t entries);

/* Unused nodes, not yet part of a table. */
typedef struct NodeArray {
  Node *node;
  uint32_t hmask;
} NodeArray;
/* Errors: memory. */
NodeArray wf_dict_new_nodes(VM *vm, uint32_t count);
/* node is NULL when memory is exhausted. */
NodeArray wf_dict_try_new_nodes(VM *vm, uint32_t count);
/* Enters a key that is not there; there is room. NOBARRIER: N4 */
void wf_dict_place(NodeArray *a, uint32_t hash, Value key, Value v);
/* Makes the empty `a` the nodes of t, whose entries are moved from now on. */
void wf_dict_begin_move(Table *t, NodeArray a);
/* The same, but entries with keys in [capacity, room) of the array part go
 * there. t is not weak. */
void wf_dict_begin_fill(Table *t, NodeArray a);
/* Goes on with it; the array part may have taken over afterwards. */
void wf_dict_fill_some(VM *vm, Table *t);
/* Gives that up: everything is to go to the new nodes. */
void wf_dict_leave_fill(Table *t);
/* The insertions of new keys after which it has. */
uint32_t wf_dict_fill_steps(uint32_t slots, uint32_t nodes);
/* Moves the entries with integer keys in [from, end) to the array part, whose
 * capacity is `end` or more. */
void wf_dict_pull(VM *vm, Table *t, uint32_t from, uint32_t end);
/* Enters all live entries of t's nodes, but integer keys in [0, skip). */
void wf_dict_place_all(VM *vm, NodeArray *a, const Table *t, uint32_t skip);

/* A node for a key that is not in t, with the key set and its old value: the
 * caller sets the value. NULL when t must be rehashed first (a table in
 * dictionary mode without nodes too). */
Node *wf_dict_add(VM *vm, Table *t, Value key);

/* False for entries that read as absent. n is a used node. */
static inline bool dict_is_live(VM *vm, const Table *t, const Node *n) {
  if (n->val == VALUE_NIL)
    return false;
  if (LIKELY(!(t->flags & (TABLE_WEAK_KEYS | TABLE_WEAK_VALUES))))
    return true;
  return !(((t->flags & TABLE_WEAK_VALUES) && value_is_collectable(n->val) &&
            wf_gc_is_dead(vm, n->val)) ||
           ((t->flags & TABLE_WEAK_KEYS) && value_is_collectable(n->key) &&
            wf_gc_is_dead(vm, n->key)));
}

#endif
