/* resize.h: changes of a table's form. For table.c. */
#ifndef WEFT_RESIZE_H
#define WEFT_RESIZE_H

#include "vm/value/state.h"

enum { ARRAY_ITEMS_MAX = 1 << 30 };

/* A cached method lookup may point into t: see epoch in state.h. */
static inline void resize_moved(VM *vm, const Table *t) {
  if (UNLIKELY(t->flags & TABLE_IS_INDEX))
    vm->epoch++;
}

/* Makes arr hold indices 0..needed, where it held fewer, with room for
 * 0..items; values of those keys move over from the nodes. Not while it is
 * filled (MOVING_FILL). Errors: memory. */
void wf_resize_array(VM *vm, Table *t, uint32_t items, uint32_t needed);
/* Lets the array part, which has room beyond its capacity and is not being
 * filled, hold some more indices. */
void wf_resize_use_room(VM *vm, Table *t);
/* Turns a table in shape mode into a dictionary with room for one more entry.
 * Errors: memory, "table overflow". */
void wf_resize_to_dictionary(VM *vm, Table *t);
/* Chooses array part and nodes anew for the present entries and `key`, which
 * is absent: afterwards key is an index below the array's capacity or
 * wf_dict_add has room for it. Errors: memory, "table overflow". */
void wf_resize_for_key(VM *vm, Table *t, Value key);
/* Puts everything into nodes; false when memory is exhausted. `scanning`: for
 * the collector, which is about to scan t. */
bool wf_resize_all_to_nodes(VM *vm, Table *t, bool scanning);
/* Room for one more ext slot. Errors: memory. */
void wf_resize_ext(VM *vm, Table *t);

/* arr[k] = v for k below the capacity, with the slots before it filled. */
static inline void resize_put(Table *t, uint32_t k, Value v) {
  uint32_t asize = table_asize(t);
  if (asize <= k) {
    for (uint32_t i = asize; i < k; i++)
      t->arr[i] = VALUE_NIL;
    table_set_asize(t, k + 1);
  }
  t->arr[k] = v;
}

#endif
