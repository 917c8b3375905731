/* table_layout.h: a table's raw cells and their sizes.
 *
 *   array cell          ArrayHeader         | arr[0] ... arr[capacity) ...
 *                       arr[room); room > capacity while items are on their way
 *                       The first array of a small list has no cell: header and
 *                       items lie behind inl in the table's own.
 *   node cell           NodeHeader          | node[0] ... node[count)
 *                       and Moving behind them when count >= MOVING_MIN
 *   ext cell (shapes)                         ext[0] ... ext[count)
 *
 * What a reader may rely on (the collector above all):
 *  - arr[0, asize) is initialised; arr[asize, room) is garbage that no one
 *    reads and that untouched pages back. A table without an array part points
 *    at a static cell of capacity 0.
 *  - inl[0, ninl) and ext[0, count) are always initialised (nil when the shape
 *    does not reach them; all nil in dictionary mode), so a scan of a table
 *    needs no shape.
 *  - a node whose key is 0 was never used and its value is meaningless; a node
 *    whose value is nil is absent, its key may be turned into TAG_DEAD|pointer.
 *    A dictionary without entries points at a static node that is never
 *    written.
 *  - a big dictionary grows by moving: a new cell takes over, and every later
 *    insertion of a new key moves some entries of the old one (Moving), through
 *    a barrier; nothing else does, so a traversal finds each entry where it
 *    was. Until then both cells belong to the table.
 *  - a big dictionary whose integer keys are to become an array fills the array
 *    in the same manner (MOVING_FILL): the nodes keep these entries and stay
 *    what is read, copies of their values go to arr[capacity, room), and when
 *    all are there the array takes over in one step and the old cell is gone,
 *    with Moving.old NULL, so that a scan of it starts again.
 *  - growth and rehash put new cells (black, N4) in the header; an array may
 *    also grow in place. Elements and properties keep their index, entries of
 *    a dictionary do not: a scan that finds u.node changed starts the nodes
 *    again, one that finds arr changed goes on at the same index. What moves
 *    between array, fields and nodes passes a barrier.
 *  - a table with weak values is always in dictionary mode with no array part,
 *    so no inline cache or array path ever reads from it. */
#ifndef WEFT_TABLE_LAYOUT_H
#define WEFT_TABLE_LAYOUT_H

#include "vm/gc/gc.h"

typedef struct NodeHeader {
  uint32_t used;   /* nodes whose key is not 0: live, nil-valued and dead */
  uint32_t first;  /* no live node lies before this index */
  uint32_t ints;   /* 1: some node was given an inline-integer key >= 0 */
  uint32_t moving; /* MovingState: some entries are still in Moving.old */
} NodeHeader;
_Static_assert(sizeof(NodeHeader) == sizeof(Node), "one node before node[0]");

typedef enum MovingState {
  MOVING_NONE,
  MOVING_ALL, /* to the present nodes */
  MOVING_FILL /* keys in [capacity, room) to the array, others to the nodes */
} MovingState;

/* Where a big dictionary's entries came or come from. Moved ones leave a dead
 * key without a value behind, which keeps probe paths whole. */
typedef struct Moving {
  Node *old;         /* when nothing moves: of no use but to be compared */
  uint32_t old_mask; /* as hmask */
  uint32_t next;     /* nodes looked at; MOVING_FILL: array slots cleared and
                        nodes looked at */
} Moving;
_Static_assert(sizeof(Moving) == sizeof(Node), "one node behind the last");
enum { MOVING_MIN = 4096 }; /* nodes of the new cell: 64 KB */

/* Static stand-ins for "no array part" and "no nodes". */
extern uint64_t wf_table_empty_array[2];
extern Node wf_table_empty_nodes[2];

/* ---- array part: NULL and 0 when it has no cell ---- */
static inline size_t table_array_bytes_for(uint32_t capacity) {
  return sizeof(uint64_t) + capacity * sizeof(Value);
}
static inline bool table_has_array(const Table *t) {
  return t->arr != &wf_table_empty_array[1];
}
/* Whether it lies in the table's own cell. An array cell of its own may be just
 * behind the cell of a table that has no inner one. */
static inline bool table_array_is_inner(const Table *t) {
  return (t->extra & EXTRA_INNER) && t->arr == t->inl + table_ninl(t) + 1;
}
static inline void *table_array_cell(const Table *t) {
  return table_has_array(t) && !table_array_is_inner(t) ? (void *)(t->arr - 1)
                                                        : NULL;
}
/* Whether the cell has more slots than the capacity says. */
static inline bool table_has_room(const Table *t) {
  return (table_array(t)->capacity & ARRAY_HAS_ROOM) != 0;
}
/* Slots that the cell has. */
static inline uint32_t table_room(const Table *t) {
  if (LIKELY(!table_has_room(t)))
    return table_array(t)->capacity;
  return (uint32_t)(wf_gc_size_of(table_array_cell(t)) / sizeof(Value) - 1);
}
/* At most what the cell has room for. */
static inline void table_set_capacity(Table *t, uint32_t capacity) {
  uint32_t room = table_room(t);
  table_array(t)->capacity =
      capacity < room ? capacity | ARRAY_HAS_ROOM : capacity;
}
static inline size_t table_array_bytes(const Table *t) {
  return table_array_cell(t) ? table_array_bytes_for(table_room(t)) : 0;
}

/* ---- nodes: dictionary mode only ---- */
static inline uint32_t table_node_count(const Table *t) {
  return t->hmask / (uint32_t)sizeof(Node) + 1;
}
static inline bool table_has_nodes(const Table *t) {
  return table_is_dictionary(t) && t->hmask != 0;
}
static inline NodeHeader *table_node_header(const Table *t) {
  return (NodeHeader *)(void *)(t->u.node - 1);
}
static inline size_t table_node_bytes_for(uint32_t count) {
  return ((size_t)count + 1 + (count >= MOVING_MIN)) * sizeof(Node);
}
/* For tables with MOVING_MIN nodes or more. */
static inline Moving *table_moving(const Table *t) {
  return (Moving *)(void *)(t->u.node + table_node_count(t));
}
static inline bool table_is_moving(const Table *t) {
  return table_node_header(t)->moving != MOVING_NONE;
}
static inline bool table_is_filling(const Table *t) {
  return table_has_nodes(t) && table_node_header(t)->moving == MOVING_FILL;
}
/* The present nodes (part 0) and those that entries move from (part 1). */
typedef struct NodeRange {
  Node *node;
  uint32_t count;
} NodeRange;
static inline NodeRange table_nodes(const Table *t, int part) {
  if (part == 0)
    return (NodeRange){t->u.node, table_node_count(t)};
  if (!table_is_moving(t))
    return (NodeRange){NULL, 0};
  const Moving *m = table_moving(t);
  return (NodeRange){m->old, m->old_mask / (uint32_t)sizeof(Node) + 1};
}
/* Indices of the nodes that were ever used, without a branch that is taken at
 * random; how many they are. count: NODES_AT_ONCE at most. */
enum { NODES_AT_ONCE = 128 };
static inline uint32_t nodes_used(const Node *n, uint32_t count,
                                  uint8_t index[NODES_AT_ONCE]) {
  uint32_t used = 0;
  for (uint32_t i = 0; i < count; i++) {
    index[used] = (uint8_t)i;
    used += n[i].key != 0;
  }
  return used;
}
static inline void *table_node_cell(const Table *t) {
  return table_has_nodes(t) ? (void *)(t->u.node - 1) : NULL;
}
static inline size_t table_node_bytes(const Table *t) {
  return table_has_nodes(t) ? table_node_bytes_for(table_node_count(t)) : 0;
}

/* ---- ext slots: shape mode only ---- */
static inline uint32_t table_ext_count(const Table *t) {
  uint32_t log = t->extra >> EXTRA_EXT_SHIFT & EXTRA_EXT;
  return log ? 1u << log : 0;
}
/* A power of two, 2 at least. */
static inline void table_set_ext_count(Table *t, uint32_t count) {
  uint32_t others = t->extra & (EXTRA_NINL | EXTRA_INNER);
  uint32_t log = (uint32_t)__builtin_ctz(count);
  t->extra = (uint8_t)(others | log << EXTRA_EXT_SHIFT);
}
static inline void *table_ext_cell(const Table *t) {
  return table_ext_count(t) != 0 ? (void *)t->u.ext : NULL;
}
static inline size_t table_ext_bytes(const Table *t) {
  return table_ext_count(t) * sizeof(Value);
}

/* Brings TABLE_WEAK_* up to date with the metatable's __mode, which a script
 * may change after setmetatable, and returns them. The collector asks before
 * it scans a table with TABLE_HAS_META. A table that becomes weak in its
 * values changes form (see above): its cells may be new ones.
 * GC: may allocate, does not collect; never throws. */
uint32_t wf_table_refresh_weakness(VM *vm, Table *t);

#endif
