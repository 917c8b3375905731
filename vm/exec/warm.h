/* warm.h: the second try of handlers, before slow.h: common cases that the
 * fast path leaves out. Inlined into the cold parts; they neither throw nor
 * collect nor run Lua, so nothing has to be saved for them.
 *
 * warm_OP(vm, kT, kC, x, y) gives x OP y, or nil when slow.h has to decide. */
#ifndef WEFT_WARM_H
#define WEFT_WARM_H

#include "vm/exec/operate.h"
#include "vm/exec/slow.h"
#include "vm/gc/gc.h"
#include "vm/value/string.h"
#include "vm/value/table.h"

#define BOX_TAG ((uint64_t)TAG_BOX << TAG_SHIFT)

/* A number as double; NaN for whatever is no inline integer or float. */
static ALWAYS_INLINE double warm_double(uint64_t kT, uint64_t kC, Value v) {
  return v >= kT ? (double)(int64_t)(v - kC) : value_as_float(v);
}
static ALWAYS_INLINE Value warm_float(double d) {
  Value v;
  memcpy(&v, &d, sizeof v);
  return LIKELY(d == d) ? v : VALUE_NIL;
}
/* Inline or boxed (v >= BOX_TAG). */
static ALWAYS_INLINE int64_t warm_int(uint64_t kT, uint64_t kC, Value v) {
  return v >= kT ? (int64_t)(v - kC) : *(const int64_t *)value_pointer(v);
}
/* The integer i, boxed if it must be; nil when the allocator's run is at its
 * end. */
static ALWAYS_INLINE Value warm_box(VM *vm, uint64_t kT, uint64_t kC,
                                    uint64_t i) {
  Value v = i + kC;
  if (v >= kT)
    return v;
  int64_t *cell = gc_alloc_box(vm);
  if (UNLIKELY(!cell))
    return VALUE_NIL;
  *cell = (int64_t)i;
  return BOX_TAG | (uint64_t)(uintptr_t)cell;
}

#define WARM_ARITH(name, INTOP, FLOATOP)                                       \
  static ALWAYS_INLINE Value warm_##name(VM *vm, uint64_t kT, uint64_t kC,     \
                                         Value x, Value y) {                   \
    if (x >= BOX_TAG && y >= BOX_TAG) {                                        \
      if (UNLIKELY(vm->heap.debt > BOX_DEBT))                                  \
        return VALUE_NIL;                                                      \
      uint64_t i = (uint64_t)warm_int(kT, kC, x);                              \
      uint64_t j = (uint64_t)warm_int(kT, kC, y);                              \
      return warm_box(vm, kT, kC, i INTOP j);                                  \
    }                                                                          \
    return warm_float(warm_double(kT, kC, x) FLOATOP warm_double(kT, kC, y));  \
  }
WARM_ARITH(ADD, +, +)
WARM_ARITH(SUB, -, -)
WARM_ARITH(MUL, *, *)
#undef WARM_ARITH

static ALWAYS_INLINE Value warm_DIV(VM *vm, uint64_t kT, uint64_t kC, Value x,
                                    Value y) {
  (void)vm;
  return warm_float(warm_double(kT, kC, x) / warm_double(kT, kC, y));
}

/* Of floats, at least one: positive ones that are integers, or x < y. */
static ALWAYS_INLINE Value warm_MOD(VM *vm, uint64_t kT, uint64_t kC, Value x,
                                    Value y) {
  (void)vm;
  double a = warm_double(kT, kC, x), b = warm_double(kT, kC, y);
  if ((x & y) >= kT || !(a > 0 && b > 0 && a < 0x1p53))
    return VALUE_NIL;
  if (a < b)
    return warm_float(a);
  int64_t i = (int64_t)a, j = (int64_t)b;
  if ((double)i != a || (double)j != b)
    return VALUE_NIL;
  uint64_t rest = (uint64_t)(i | j) <= UINT32_MAX
                      ? (uint64_t)((uint32_t)i % (uint32_t)j)
                      : (uint64_t)i % (uint64_t)j;
  return warm_float((double)(int64_t)rest);
}

static ALWAYS_INLINE Value warm_IDIV(VM *vm, uint64_t kT, uint64_t kC, Value x,
                                     Value y) {
  (void)vm, (void)kT, (void)kC, (void)x, (void)y;
  return VALUE_NIL;
}

#define WARM_BITS(name, EXPR)                                                  \
  static ALWAYS_INLINE Value warm_##name(VM *vm, uint64_t kT, uint64_t kC,     \
                                         Value x, Value y) {                   \
    if (UNLIKELY(x < BOX_TAG || y < BOX_TAG || vm->heap.debt > BOX_DEBT))      \
      return VALUE_NIL;                                                        \
    int64_t i = warm_int(kT, kC, x), j = warm_int(kT, kC, y);                  \
    return warm_box(vm, kT, kC, (uint64_t)(EXPR));                             \
  }
WARM_BITS(BAND, i & j)
WARM_BITS(BOR, i | j)
WARM_BITS(BXOR, i ^ j)
WARM_BITS(SHL, (uint64_t)j < 64 ? (int64_t)((uint64_t)i << j)
                                : wf_operate_shift_left(i, j))
WARM_BITS(SHR, (uint64_t)j < 64
                   ? (int64_t)((uint64_t)i >> j)
                   : wf_operate_shift_left(i, j == INT64_MIN ? INT64_MAX : -j))
#undef WARM_BITS

/* x ~ (y << n) and x ~ (y >> n) in one, 0 <= n < 64. */
static ALWAYS_INLINE Value warm_shift_xor(VM *vm, uint64_t kT, uint64_t kC,
                                          Value x, Value y, uint64_t n,
                                          bool left) {
  if (UNLIKELY(x < BOX_TAG || y < BOX_TAG || n > 63 ||
               vm->heap.debt > BOX_DEBT))
    return VALUE_NIL;
  uint64_t i = (uint64_t)warm_int(kT, kC, x);
  uint64_t j = (uint64_t)warm_int(kT, kC, y);
  return warm_box(vm, kT, kC, i ^ (left ? j << n : j >> n));
}

/* Whether an upvalue points into the frame at base or above. */
static ALWAYS_INLINE bool has_open_upvals(const VM *vm, const Value *base) {
  const UpVal *u = vm->thread->open_upvals; /* the highest */
  return u && u->v >= base;
}

/* #v of a string, or of a table without metatable; nil for the rest. */
static ALWAYS_INLINE Value warm_len(VM *vm, uint64_t kC, Value v) {
  if (value_tag(v) == TAG_STRING)
    return kC + ((const String *)value_pointer(v))->len;
  if (value_tag(v) != TAG_TABLE || ((const Table *)value_pointer(v))->meta)
    return VALUE_NIL;
  int64_t n = wf_table_length(vm, (Table *)value_pointer(v));
  return LIKELY(int_fits_inline(n)) ? kC + (uint64_t)n : VALUE_NIL;
}

/* True when x and y, other words, are surely different values: not two numbers,
 * strings of which one is loose, userdata or tables with metatables. */
static ALWAYS_INLINE bool warm_unequal(Value x, Value y) {
  uint32_t a = value_tag(x), b = value_tag(y);
  if (a - TAG_SPECIAL > TAG_OBJECT - TAG_SPECIAL)
    return b - TAG_SPECIAL <= TAG_OBJECT - TAG_SPECIAL;
  if (a != b || a == TAG_SPECIAL || a == TAG_FUNCTION)
    return true;
  if (a == TAG_STRING)
    return string_differs((const String *)value_pointer(x),
                          (const String *)value_pointer(y));
  return a == TAG_TABLE && !((const Table *)value_pointer(x))->meta &&
         !((const Table *)value_pointer(y))->meta;
}

/* True when x and y, strings, one of them loose, are equal. */
static ALWAYS_INLINE bool warm_equal_strings(Value x, Value y) {
  const String *a = (const String *)value_pointer(x);
  const String *b = (const String *)value_pointer(y);
  return a->len == b->len && wf_string_equal_loose(a, b);
}

/* t[key], raw. */
static ALWAYS_INLINE Value warm_get_index(VM *vm, Table *t, Value key) {
  if (value_tag(key) == TAG_STRING && !table_is_dictionary(t)) {
    const String *k = (const String *)value_pointer(key);
    const ShapeCacheEntry *e = shape_cache_entry(vm, t->shape, k);
    /* the entry may be that of a dead string whose cell k has */
    if (LIKELY(e->key == k && e->shape == t->shape && !string_is_loose(k)))
      return e->slot == SHAPE_ABSENT ? VALUE_NIL
                                     : *shape_slot_value(t, e->slot);
  }
  return wf_table_get(vm, t, key);
}

/* Where a present string key of t has its value; NULL when that has to be
 * looked for longer. */
static ALWAYS_INLINE Value *warm_present(VM *vm, Table *t, Value key) {
  const String *k = (const String *)value_pointer(key);
  Value *slot;
  if (!table_is_dictionary(t)) {
    const ShapeCacheEntry *e = shape_cache_entry(vm, t->shape, k);
    if (UNLIKELY(e->key != k || e->shape != t->shape ||
                 e->slot == SHAPE_ABSENT || string_is_loose(k)))
      return NULL;
    slot = shape_slot_value(t, e->slot);
  } else {
    Node *n = (Node *)(void *)((char *)t->u.node +
                               ((uint32_t)k->hash & t->hmask));
    if (UNLIKELY(n->key != key))
      return NULL;
    slot = &n->val;
  }
  return LIKELY(*slot != VALUE_NIL) ? slot : NULL;
}

/* A field store whose cache holds, while the collector marks: to a property,
 * or to one that is added. */
static ALWAYS_INLINE bool warm_set_cached(VM *vm, Value object, uint32_t shape,
                                          uint32_t offset, Value v) {
  Table *t = (Table *)value_pointer(object);
  if (value_tag(object) != TAG_TABLE || t->shape != shape)
    return false;
  Value *slot = (Value *)(void *)((char *)t + offset);
  if (*slot == VALUE_NIL && t->flags)
    return false;
  *slot = v;
  gc_barrier(vm, t, v);
  return true;
}
static ALWAYS_INLINE bool warm_add_cached(VM *vm, Value object, uint32_t shape,
                                          uint32_t offset, uint32_t new_shape,
                                          Value v) {
  Table *t = (Table *)value_pointer(object);
  if (value_tag(object) != TAG_TABLE || t->shape != shape || t->flags ||
      v == VALUE_NIL)
    return false;
  *(Value *)(void *)((char *)t + offset) = v;
  t->shape = new_shape;
  gc_barrier(vm, t, v);
  return true;
}

/* A field store whose cache holds another shape: a present field is found
 * through the global shape cache and the site keeps what it has. `shape` is
 * the site's; a site without one goes on to be given one. */
static ALWAYS_INLINE bool warm_set_field(VM *vm, Value object, Value key,
                                         uint32_t shape, Value v) {
  Table *t = (Table *)value_pointer(object);
  if (shape + 1 <= 1 || value_tag(object) != TAG_TABLE ||
      table_is_dictionary(t) || (t->flags & ~TABLE_HAS_META))
    return false;
  Value *slot = warm_present(vm, t, key);
  if (slot) {
    *slot = v;
    gc_barrier(vm, t, v);
  }
  return slot != NULL;
}

/* object[key] = v in the array part: an append within the capacity, a present
 * element of a table with a metatable, and both while the collector marks; or
 * a present string key. */
static ALWAYS_INLINE bool warm_set_index(VM *vm, uint64_t kC, Value object,
                                         Value key, Value v) {
  if (UNLIKELY(value_tag(object) != TAG_TABLE))
    return false;
  Table *t = (Table *)value_pointer(object);
  if (value_tag(key) == TAG_STRING) {
    Value *slot = t->flags == 0 ? warm_present(vm, t, key) : NULL;
    if (slot) {
      *slot = v;
      gc_barrier(vm, t, v);
    }
    return slot != NULL;
  }
  uint64_t i = key - kC;
  if (i < table_asize(t)) {
    if (t->flags != 0 &&
        (t->flags != TABLE_HAS_META || t->arr[i] == VALUE_NIL))
      return false;
  } else {
    if (i != table_asize(t) || i >= table_capacity(t) || t->flags != 0)
      return false;
    table_set_asize(t, (uint32_t)i + 1);
  }
  t->arr[i] = v;
  gc_barrier_item(vm, t, &t->arr[i]);
  return true;
}

#endif
