/* shape.h: what property slots of a table mean.
 *
 * A shape is an ordered list of string keys: property number i of a table
 * with that shape is keys[i], in inl[i] for i < ninl, in ext[i - ninl] beyond.
 * Shapes form a tree per inline size (the roots), an edge per added key. They
 * describe keys only: values, metatable and array part are the table's own.
 * A deleted property keeps its slot with value nil. Shapes are known by ids,
 * which are odd: 2 * number + 1; an even one means dictionary mode.
 *
 *   root(ninl 3) --x--> {x} --y--> {x,y} --z--> {x,y,z}
 *                               \--w--> {x,y,w}
 *
 * A chain of shapes shares one KeyList: a shape reads its first n entries.
 * Shapes are never freed, their number is capped instead; their keys are short
 * interned strings and roots, so nothing that was cached about a shape ever
 * becomes false: the global cache below needs no invalidation. */
#ifndef WEFT_SHAPE_H
#define WEFT_SHAPE_H

#include "vm/value/state.h"

enum {
  SHAPE_MAX = 65536,      /* shapes of one VM */
  SHAPE_KEYS_MAX = 64,    /* properties of one shape */
  SHAPE_COMPUTED_MAX = 8, /* transitions of one shape by computed keys */
  SHAPE_NINL_MAX = 11,    /* largest number of inline slots */
  SHAPE_CACHE_SIZE = 1024
};

typedef struct KeyList KeyList;
typedef struct ShapeEdges ShapeEdges;
typedef struct Shape {
  KeyList *list;     /* keys of this shape and of some descendant */
  String **keys;     /* first key of `list`, insertion order */
  String *first_key; /* first transition ... */
  uint32_t first_to;
  uint32_t events;   /* bit e set: some key is the name of event e */
  ShapeEdges *edges; /* ... and the others, NULL when there are none */
  uint8_t n, ninl;
  uint8_t computed; /* transitions made by computed keys */
} Shape;

/* Where a property lives:
 *   > 0  byte offset from the table's start (inline slot)
 *   < 0  ~byte offset from u.ext
 *     0  SHAPE_ABSENT: no such key */
typedef int32_t ShapeSlot;
enum { SHAPE_ABSENT = 0 };

typedef struct ShapeCacheEntry {
  const String *key;
  uint32_t shape;
  ShapeSlot slot;
} ShapeCacheEntry;

typedef struct ShapeSpace {
  Shape *list; /* by number; moves when it grows */
  uint32_t count, capacity;
  uint32_t root[SHAPE_NINL_MAX + 1]; /* for n expected properties */
  String **key_strings;              /* each key of any shape once */
  uint32_t key_count, key_capacity;
  ShapeCacheEntry cache[SHAPE_CACHE_SIZE];
} ShapeSpace;

static inline uint32_t shape_number(uint32_t id) { return id >> 1; }
static inline uint32_t shape_id(uint32_t number) { return number << 1 | 1; }
static inline const Shape *shape_get(const VM *vm, uint32_t id) {
  CHECK((id & 1) && shape_number(id) < vm->shapes->count);
  return &vm->shapes->list[shape_number(id)];
}

/* Slot of property number i. */
static inline ShapeSlot shape_slot_of(uint32_t ninl, uint32_t i) {
  return i < ninl ? (ShapeSlot)(offsetof(Table, inl) + i * sizeof(Value))
                  : ~(ShapeSlot)((i - ninl) * sizeof(Value));
}
/* Number of the property in a slot (not SHAPE_ABSENT). */
static inline uint32_t shape_slot_number(uint32_t ninl, ShapeSlot s) {
  return s > 0 ? ((uint32_t)s - offsetof(Table, inl)) / sizeof(Value)
               : ninl + (uint32_t)~s / sizeof(Value);
}
static inline Value *shape_slot_value(Table *t, ShapeSlot s) {
  return s > 0 ? (Value *)(void *)((char *)t + s)
               : (Value *)(void *)((char *)t->u.ext + ~s);
}

static inline ShapeCacheEntry *shape_cache_entry(const VM *vm, uint32_t shape,
                                                 const String *key) {
  uint32_t i = (uint32_t)((uintptr_t)key >> 4) ^ (shape * 0x9E3779B1u >> 7);
  return &vm->shapes->cache[i % SHAPE_CACHE_SIZE];
}
/* The key's slot in a shape, by walking its keys; fills the cache. */
ShapeSlot wf_shape_lookup(VM *vm, uint32_t shape, String *key);
/* The same, cache first: the one lookup of polymorphic sites and of computed
 * keys. */
static inline ShapeSlot shape_find(VM *vm, uint32_t shape, String *key) {
  const ShapeCacheEntry *e = shape_cache_entry(vm, shape, key);
  if (LIKELY(e->key == key && e->shape == shape))
    return e->slot;
  return wf_shape_lookup(vm, shape, key);
}

/* Root shape for a table that expects n properties. */
static inline uint32_t shape_root(const VM *vm, uint32_t n) {
  return vm->shapes->root[n < SHAPE_NINL_MAX ? n : SHAPE_NINL_MAX];
}
/* The shape with `key` (absent so far) added; 0 when the table must leave
 * shape mode: the key is long, the shape is full, a computed key finds too
 * many transitions, or there are too many shapes (or no memory for one).
 * Pointers to shapes die. */
uint32_t wf_shape_add(VM *vm, uint32_t shape, String *key, bool computed);

/* Creates the root shapes; false when memory is exhausted. */
bool wf_shape_open(VM *vm);
void wf_shape_close(VM *vm);
/* Calls mark for every key string of a shape: they are roots. */
void wf_shape_mark(VM *vm, void (*mark)(VM *vm, Object *o));

#endif
