/* weak.c: tables with weak keys or values.
 *
 * Tracing notes each weak table on one of three lists. Strings and boxed
 * integers count as values: they are marked where they stand and never removed.
 *
 * Weak keys (ephemerons): when nothing gray is left, each such table is
 * searched once; an entry whose key is white is deferred under that key, and
 * the key is flagged. Marking a flagged key later marks its values. So
 * convergence is linear and needs no second look at any table, however entries
 * chain.
 *
 * After tracing, dead entries are cleared in slices. Until an entry is cleared
 * reads treat it as absent (wf_gc_is_dead). Values go before objects with
 * finalizers are resurrected, keys after: a finalizer still finds what its
 * object was the key of. A table whose nodes moved between two slices is
 * cleared from its start again. */
#include "vm/gc/collector.h"
#include <string.h>

enum {
  CLEAR_SLICE = 256, /* nodes */
  NODE_WORK = 48     /* units to clear one */
};

bool wf_weak_add(GC *gc, Table *t, uint32_t weakness) {
  List *list = weakness == TABLE_WEAK_KEYS     ? &gc->ephemerons
               : weakness == TABLE_WEAK_VALUES ? &gc->weak_values
                                               : &gc->all_weak;
  return wf_finalize_list_add(list, (Object *)(void *)t);
}

/* ---- deferred values ---- */

static uint32_t pending_bucket(const Pending *p, const Object *key) {
  uint64_t h = (uint64_t)(uintptr_t)key / HEAP_GRANULE * 0x9E3779B97F4A7C15ull;
  return (uint32_t)(h >> 32) & (p->capacity - 1);
}

static bool pending_grow(Pending *p) {
  uint32_t n = p->capacity ? p->capacity * 2 : 64;
  if (n == 0)
    return false;
  uint32_t *bucket = wf_alloc_zeroed(n, sizeof *bucket);
  PendingEntry *entry =
      bucket ? wf_alloc_resize(p->entry, n * sizeof *entry) : NULL;
  if (!entry) {
    wf_alloc_free(bucket);
    return false;
  }
  wf_alloc_free(p->bucket);
  p->bucket = bucket;
  p->entry = entry;
  p->capacity = n;
  for (uint32_t i = 0; i < p->count; i++) {
    uint32_t b = pending_bucket(p, entry[i].key);
    entry[i].next = bucket[b];
    bucket[b] = i + 1;
  }
  return true;
}

void wf_weak_defer(GC *gc, Object *key, Value value) {
  Pending *p = &gc->pending;
  if (p->count == p->capacity && !pending_grow(p)) {
    wf_mark_value(gc, value); /* survives this cycle, its entry does not */
    return;
  }
  uint32_t b = pending_bucket(p, key);
  p->entry[p->count] = (PendingEntry){key, value, p->bucket[b]};
  p->bucket[b] = ++p->count;
  key->gcbits |= GC_PENDING_KEY;
}

void wf_weak_key_marked(GC *gc, Object *key) {
  const Pending *p = &gc->pending;
  key->gcbits &= (uint8_t)~GC_PENDING_KEY;
  if (p->count == 0)
    return; /* flagged in a cycle that was given up */
  for (uint32_t i = p->bucket[pending_bucket(p, key)]; i;
       i = p->entry[i - 1].next)
    if (p->entry[i - 1].key == key)
      wf_mark_value(gc, p->entry[i - 1].value);
}

/* ---- clearing ---- */

/* The referent was found unreachable. */
static bool is_dead(const GC *gc, Value v) {
  return value_is_collectable(v) && !cell_is_marked(gc, value_pointer(v));
}

static void clear_node(GC *gc, Node *n, bool keys) {
  if (n->key == 0)
    return;
  if (is_dead(gc, n->val))
    n->val = VALUE_NIL; /* NOBARRIER: N1 */
  if (!is_dead(gc, n->key))
    return;
  bool leaf = value_is_string(n->key) || value_is_box(n->key);
  if (leaf && !value_is_nil(n->val)) {
    mark_cell(gc, value_pointer(n->key)); /* PART_ALL_WEAK put it off */
  } else if (keys || leaf) {
    n->val = VALUE_NIL; /* NOBARRIER: N1 */
    n->key = value_make(TAG_DEAD, value_pointer(n->key));
  }
}

/* Clears a slice of t; true when t is done. */
static bool clear_slice(GC *gc, Table *t, bool keys) {
  if (!table_has_nodes(t))
    return true;
  if (gc->clear.base != t->u.node) {
    gc->clear.base = t->u.node;
    gc->clear.position = 0;
  }
  /* first the present nodes, then those that entries move from: they move
   * towards what is cleared already, and only alive */
  NodeRange r = table_nodes(t, 0);
  uint32_t i = gc->clear.position, before = 0;
  bool last = !table_is_moving(t);
  if (i >= r.count && !last) {
    before = r.count;
    r = table_nodes(t, 1);
    last = true;
  }
  uint32_t end = before + r.count;
  last &= end <= i + CLEAR_SLICE;
  if (end > i + CLEAR_SLICE)
    end = i + CLEAR_SLICE;
  gc->work -= (ptrdiff_t)(end > i ? end - i : 1) * NODE_WORK;
  for (; i < end; i++)
    clear_node(gc, &r.node[i - before], keys);
  gc->clear.position = i;
  return last;
}

/* Item `index` of lists laid end to end. */
static Table *pick(const List *const *lists, uint32_t n, size_t index) {
  for (uint32_t i = 0; i < n; i++) {
    if (index < lists[i]->count)
      return (Table *)(void *)lists[i]->item[index];
    index -= lists[i]->count;
  }
  return NULL;
}

static bool clear_lists(GC *gc, const List *const *lists, uint32_t n,
                        bool keys) {
  Table *t;
  while ((t = pick(lists, n, gc->clear.index)) != NULL) {
    if (gc->work <= 0)
      return false;
    if (clear_slice(gc, t, keys)) {
      gc->clear.index++;
      gc->clear.base = NULL;
      gc->work -= (ptrdiff_t)sizeof *t;
    }
  }
  gc->clear.index = 0;
  gc->clear.base = NULL;
  return true;
}

bool wf_weak_clear_values(GC *gc) {
  const List *lists[] = {&gc->weak_values, &gc->all_weak};
  if (!clear_lists(gc, lists, 2, false))
    return false;
  gc->weak_origin = gc->weak_values.count;
  return true;
}

bool wf_weak_clear_keys(GC *gc) {
  /* tables met while resurrecting have their values cleared here */
  List found = {gc->weak_values.item + gc->weak_origin,
                gc->weak_values.count - gc->weak_origin, 0};
  const List *lists[] = {&gc->ephemerons, &gc->all_weak, &found};
  return clear_lists(gc, lists, 3, true);
}

void wf_weak_forget(GC *gc, Table *t) {
  if (!table_has_nodes(t))
    return;
  ptrdiff_t work = gc->work; /* not the collector's time */
  for (int part = 0; part <= (int)table_is_moving(t); part++) {
    NodeRange r = table_nodes(t, part);
    if (gc->phase == PHASE_MARK)
      wf_mark_nodes(gc, r.node, 0, r.count, PART_NODES);
    else if (phase_is_clearing(gc->phase))
      for (uint32_t i = 0; i < r.count; i++)
        clear_node(gc, &r.node[i], true);
  }
  gc->work = work;
}

void wf_weak_reset(GC *gc) {
  gc->weak_values.count = gc->ephemerons.count = gc->all_weak.count = 0;
  gc->weak_origin = gc->ephemeron_next = 0;
  gc->clear.index = 0;
  gc->clear.base = NULL;
  Pending *p = &gc->pending;
  if (p->count == 0)
    return;
  p->count = 0;
  if (p->capacity <= 4096) {
    memset(p->bucket, 0, p->capacity * sizeof *p->bucket);
  } else {
    wf_alloc_free(p->entry);
    wf_alloc_free(p->bucket);
    *p = (Pending){0};
  }
}

void wf_weak_close(GC *gc) {
  wf_alloc_free(gc->weak_values.item);
  wf_alloc_free(gc->ephemerons.item);
  wf_alloc_free(gc->all_weak.item);
  wf_alloc_free(gc->pending.entry);
  wf_alloc_free(gc->pending.bucket);
}
