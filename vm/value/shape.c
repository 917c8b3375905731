/* shape.c: the shape tree of a VM. What a shape means: shape.h.
 *
 * A key list is shared along a chain: adding to the newest shape of a list
 * appends to it, adding anywhere else copies the prefix. Lists of more than 8
 * keys carry a hash index of one byte per entry, right behind the keys:
 *
 *   count capacity | key 0 ... key capacity-1 | index bytes (2 * capacity)
 *                                               0 or number of a key + 1
 *
 * An index entry beyond a shape's own n belongs to a descendant and reads as
 * absent. */
#include "vm/value/shape.h"
#include "vm/base/alloc.h"
#include "vm/gc/gc.h"
#include "vm/value/string.h"

struct KeyList {
  uint16_t count, capacity;
  uint32_t reserved;
  String *keys[];
};

typedef struct ShapeEdge {
  String *key; /* NULL: free */
  uint32_t to;
} ShapeEdge;
struct ShapeEdges {
  uint32_t count, mask;
  ShapeEdge edge[];
};

enum { LINEAR_KEYS = 8, FIRST_KEYS = 4, FIRST_EDGES = 4 };

/* ---- key lists ---- */

static bool has_index(const KeyList *l) { return l->capacity > LINEAR_KEYS; }
static uint8_t *index_of(KeyList *l) {
  return (uint8_t *)&l->keys[l->capacity];
}
static uint32_t index_mask(const KeyList *l) { return l->capacity * 2u - 1; }

static void list_append(KeyList *l, String *key) {
  l->keys[l->count++] = key;
  if (!has_index(l))
    return;
  uint32_t i = (uint32_t)(key->hash >> 4) & index_mask(l);
  while (index_of(l)[i] != 0)
    i = (i + 1) & index_mask(l);
  index_of(l)[i] = (uint8_t)l->count;
}

/* Number of the key among the first n, or -1. */
static int32_t list_find(KeyList *l, uint32_t n, const String *key) {
  if (!has_index(l)) {
    for (uint32_t i = 0; i < n; i++)
      if (l->keys[i] == key)
        return (int32_t)i;
    return -1;
  }
  uint32_t i = (uint32_t)(key->hash >> 4) & index_mask(l);
  for (; index_of(l)[i] != 0; i = (i + 1) & index_mask(l)) {
    uint32_t number = index_of(l)[i] - 1u;
    if (l->keys[number] == key)
      return number < n ? (int32_t)number : -1;
  }
  return -1;
}

/* A list that starts with the first n keys of `from` and has room for one
 * more; NULL when memory is exhausted. Lists live as long as the VM. */
static KeyList *list_copy(const KeyList *from, uint32_t n) {
  uint32_t capacity = FIRST_KEYS;
  while (capacity <= n)
    capacity *= 2;
  size_t index = capacity > LINEAR_KEYS ? capacity * 2 : 0;
  KeyList *l =
      wf_alloc_zeroed(1, sizeof *l + capacity * sizeof(String *) + index);
  if (!l)
    return NULL;
  l->capacity = (uint16_t)capacity;
  for (uint32_t i = 0; i < n; i++)
    list_append(l, from->keys[i]);
  return l;
}

/* ---- transitions ---- */

static ShapeEdge *edge_slot(ShapeEdges *e, const String *key) {
  uint32_t i = (uint32_t)(key->hash >> 4) & e->mask;
  while (e->edge[i].key && e->edge[i].key != key)
    i = (i + 1) & e->mask;
  return &e->edge[i];
}

static ShapeEdges *edges_new(uint32_t size) {
  ShapeEdges *e = wf_alloc_zeroed(1, sizeof *e + size * sizeof(ShapeEdge));
  if (e)
    e->mask = size - 1;
  return e;
}

/* Makes room for one more transition of s. */
static bool edges_reserve(Shape *s) {
  ShapeEdges *old = s->edges;
  if (old && old->count < old->mask - old->mask / 4)
    return true;
  ShapeEdges *e = edges_new(old ? (old->mask + 1) * 2 : FIRST_EDGES);
  if (!e)
    return false;
  if (old) {
    for (uint32_t i = 0; i <= old->mask; i++)
      if (old->edge[i].key)
        *edge_slot(e, old->edge[i].key) = old->edge[i];
    e->count = old->count;
    wf_alloc_free(old);
  }
  s->edges = e;
  return true;
}

static uint32_t edge_find(const Shape *s, const String *key) {
  if (s->first_key == key)
    return s->first_to;
  return s->edges ? edge_slot(s->edges, key)->to : 0;
}

/* ---- shapes ---- */

static Shape *new_shape(ShapeSpace *space) {
  if (space->count == space->capacity) {
    uint32_t capacity = space->capacity * 2;
    Shape *list = wf_alloc_resize(space->list, capacity * sizeof(Shape));
    if (!list)
      return NULL;
    space->list = list;
    space->capacity = capacity;
  }
  Shape *s = &space->list[space->count];
  memset(s, 0, sizeof *s);
  return s;
}

/* Enters a key in the list of root strings. */
static bool root_key(VM *vm, String *key) {
  ShapeSpace *space = vm->shapes;
  if (key->flags & STRING_SHAPE_KEY)
    return true;
  if (space->key_count == space->key_capacity) {
    uint32_t capacity = space->key_capacity * 2;
    String **keys =
        wf_alloc_resize(space->key_strings, capacity * sizeof(String *));
    if (!keys)
      return false;
    space->key_strings = keys;
    space->key_capacity = capacity;
  }
  space->key_strings[space->key_count++] = key;
  key->flags |= STRING_SHAPE_KEY;
  gc_barrier_root(vm, value_from_string(key));
  return true;
}

/* Everything that can fail comes first: a failure changes nothing. */
static uint32_t add_shape(VM *vm, uint32_t id, String *key) {
  ShapeSpace *space = vm->shapes;
  Shape *child = new_shape(space);
  if (!child || !root_key(vm, key))
    return 0;
  Shape *parent = &space->list[shape_number(id)];
  if (parent->first_key && !edges_reserve(parent))
    return 0;
  KeyList *list = parent->list;
  if (!list || list->count != parent->n || list->count == list->capacity) {
    list = list_copy(list, parent->n);
    if (!list)
      return 0;
  }
  list_append(list, key);
  child->list = list;
  child->keys = list->keys;
  child->n = (uint8_t)(parent->n + 1);
  child->ninl = parent->ninl;
  child->events = parent->events;
  if (key->extra != 0)
    child->events |= 1u << (key->extra - 1);
  uint32_t to = shape_id(space->count++);
  if (!parent->first_key) {
    parent->first_key = key;
    parent->first_to = to;
  } else {
    *edge_slot(parent->edges, key) = (ShapeEdge){key, to};
    parent->edges->count++;
  }
  return to;
}

uint32_t wf_shape_add(VM *vm, uint32_t shape, String *key, bool computed) {
  Shape *s = &vm->shapes->list[shape_number(shape)];
  uint32_t to = edge_find(s, key);
  if (LIKELY(to != 0))
    return to;
  if (string_is_loose(key) || s->n == SHAPE_KEYS_MAX ||
      (computed && s->computed == SHAPE_COMPUTED_MAX) ||
      vm->shapes->count == SHAPE_MAX)
    return 0;
  to = add_shape(vm, shape, key);
  if (to != 0 && computed)
    vm->shapes->list[shape_number(shape)].computed++;
  return to;
}

ShapeSlot wf_shape_lookup(VM *vm, uint32_t shape, String *key) {
  if (string_is_loose(key))
    return SHAPE_ABSENT;
  const Shape *s = shape_get(vm, shape);
  int32_t i = s->n ? list_find(s->list, s->n, key) : -1;
  ShapeSlot slot = i < 0 ? SHAPE_ABSENT : shape_slot_of(s->ninl, (uint32_t)i);
  *shape_cache_entry(vm, shape, key) = (ShapeCacheEntry){key, shape, slot};
  return slot;
}

bool wf_shape_open(VM *vm) {
  static const uint8_t sizes[] = {0, 1, 2, 3, 5, 7, 9, 11};
  enum { FIRST_SHAPES = 256, FIRST_STRINGS = 256 }; /* libraries: 170, 140 */
  ShapeSpace *space = wf_alloc_zeroed(1, sizeof *space);
  vm->shapes = space;
  if (!space)
    return false;
  space->list = wf_alloc_get(FIRST_SHAPES * sizeof(Shape));
  space->capacity = FIRST_SHAPES;
  space->key_strings = wf_alloc_get(FIRST_STRINGS * sizeof(String *));
  space->key_capacity = FIRST_STRINGS;
  if (!space->list || !space->key_strings)
    return false;
  for (uint32_t i = 0, n = 0; i < ARRAY_LEN(sizes); i++) {
    new_shape(space)->ninl = sizes[i];
    for (; n <= sizes[i]; n++)
      space->root[n] = shape_id(space->count);
    space->count++;
  }
  return true;
}

void wf_shape_close(VM *vm) {
  ShapeSpace *space = vm->shapes;
  if (!space)
    return;
  for (uint32_t i = 0; i < space->count; i++) {
    Shape *s = &space->list[i];
    wf_alloc_free(s->edges);
    /* a list belongs to the shape that made it longest */
    if (s->list && s->list->count == s->n)
      wf_alloc_free(s->list);
  }
  wf_alloc_free(space->list);
  wf_alloc_free(space->key_strings);
  wf_alloc_free(space);
  vm->shapes = NULL;
}

void wf_shape_mark(VM *vm, void (*mark)(VM *vm, Object *o)) {
  ShapeSpace *space = vm->shapes;
  for (uint32_t i = 0; i < space->key_count; i++)
    mark(vm, (Object *)space->key_strings[i]);
}
