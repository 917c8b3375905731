/* table.h: raw access to tables. Layout: object.h; shapes: shape.h.
 *
 * "Raw" means no metamethods. Keys: inline ints, boxed ints, floats (those
 * with an integer value are normalised to integers), strings, anything else
 * by identity. Absent reads as nil. */
#ifndef WEFT_TABLE_H
#define WEFT_TABLE_H

#include "vm/value/shape.h"
#include "vm/value/table_layout.h"

/* An empty table with room for `narray` items (1..narray) and `nfields` string
 * fields. Errors: memory. */
Table *wf_table_new(VM *vm, uint32_t narray, uint32_t nfields);
/* A table of this shape, every property nil: what a constructor with known
 * keys starts from. Errors: memory. */
Table *wf_table_new_shape(VM *vm, uint32_t shape);
/* Reads never allocate. In weak tables dead entries read as nil. */
Value wf_table_get(VM *vm, Table *t, Value key);
Value wf_table_get_int(VM *vm, Table *t, int64_t key);
Value wf_table_get_string(VM *vm, Table *t, String *key);
/* t[key] = v with barrier. key must not be nil or NaN (caller checks).
 * Errors: memory, "table overflow" (the table stays as it was). */
void wf_table_set(VM *vm, Table *t, Value key, Value v);
void wf_table_set_int(VM *vm, Table *t, int64_t key, Value v);
void wf_table_set_string(VM *vm, Table *t, String *key, Value v);
/* A border as the manual defines #t. */
int64_t wf_table_length(VM *vm, Table *t);
/* The entry after `key` (nil: the first) to out[0], out[1].
 * 1: found, 0: end, -1: key is not in the table ("invalid key to 'next'"). */
int wf_table_next(VM *vm, Table *t, Value key, Value out[2]);
/* The same by position: *cursor starts at 0 and is advanced past the entry
 * returned; false at the end. Survives assignments to existing keys. */
bool wf_table_next_at(VM *vm, Table *t, uint32_t *cursor, Value out[2]);
/* Ensures room for indices 1..n in the array part, unless that is just being
 * filled from the nodes. Errors: memory. */
void wf_table_reserve_array(VM *vm, Table *t, uint32_t n);
/* Raw t[first..first+n-1] = values[0..n). */
void wf_table_append(VM *vm, Table *t, int64_t first, const Value *values,
                     uint32_t n);
/* Sets or clears (NULL) the metatable: flags, weakness, barrier, __gc
 * registration, epoch. */
void wf_table_set_meta(VM *vm, Table *t, Table *meta);

/* Value of a metatable's field for an event, nil when absent or meta is NULL.
 * A shape knows which event names are among its keys, so the usual answer, no,
 * costs two loads. */
Value wf_table_event(VM *vm, Table *meta, Event e);
static inline Value table_event(VM *vm, Table *meta, Event e) {
  if (!meta || (LIKELY(!table_is_dictionary(meta)) &&
                !(shape_get(vm, meta->shape)->events >> e & 1)))
    return VALUE_NIL;
  return wf_table_event(vm, meta, e);
}

/* Where a string-keyed property lives, for inline caches. The value there may
 * be nil (then the property is absent). A cache may store through it while the
 * value is not nil and flags is 0; any other store goes through wf_table_set*,
 * which keep the epoch and the nodes' `first`. Tables with weak values are
 * always dictionaries: only a read through FIELD_NODE has to look at
 * TABLE_WEAK_VALUES. A long key's FIELD_NODE may hold an equal string. */
typedef enum FieldKind {
  FIELD_ABSENT,
  FIELD_INLINE, /* offset: bytes from the table's start */
  FIELD_EXT,    /* offset: bytes from u.ext */
  FIELD_NODE,   /* offset: bytes from u.node, of the Node */
  FIELD_MOVING  /* present, but no place to remember */
} FieldKind;
typedef struct FieldRef {
  FieldKind kind;
  uint32_t shape; /* of the table, 0 in dictionary mode */
  uint32_t offset;
} FieldRef;
FieldRef wf_table_find_field(VM *vm, Table *t, String *key);
/* Like wf_table_set_string for a key that is absent, by constant-key code:
 * returns where it went; *old_shape / *new_shape tell the transition for the
 * store cache (old 0: none). FIELD_INLINE only if the slot fits inline; a
 * cached transition with FIELD_EXT needs offset / 8 < table_ext_count. */
FieldRef wf_table_add_field(VM *vm, Table *t, String *key, Value v,
                            uint32_t *old_shape, uint32_t *new_shape);

#endif
