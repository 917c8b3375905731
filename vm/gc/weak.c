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
 * object was the key of. Tables weak in both are cleared once when there are no
 * such objects. A table whose nodes moved between two slices is cleared from
 * its start again. */
#include "vm/gc/collector.h"
#include <string.h>

enum {
  CLEAR_SLICE = 256, /* nodes */
  NODE_WORK = 16,    /* units to clear one, ... */
  DEFER_WORK = 64    /* ... to defer one or to look for what was deferred */
};

bool wf_weak_add(GC *gc, Table *t, uint32_t weakness) {
  List *list = weakness == TABLE_WEAK_KEYS     ? &gc->ephemerons
               : weakness == TABLE_WEAK_VALUES ? &gc->weak_values
                                               : &gc->all_weak;
  if (list == &gc->ephemerons && table_has_nodes(t))
    gc->ephemeron_nodes += table_node_count(t);
  return wf_list_add(list, (Object *)(void *)t);
}

/* ---- deferred values ----
 * Entries stand in chunks, so that none is ever copied, and the buckets are as
 * many as the tables known by then may need: rehashing is a last resort. Both
 * are cells of the heap, large enough to be given back in slices when the cycle
 * ends. */

enum { BUCKETS_MIN = 16 << 10, BUCKETS_MAX = 1 << 26, CHAIN_MAX = 8 };

static uint32_t pending_bucket(const Pending *p, const Object *key) {
  uint64_t h = (uint64_t)(uintptr_t)key / HEAP_ALIGN * 0x9E3779B97F4A7C15ull;
  return (uint32_t)(h >> 32) & (p->buckets - 1);
}
static PendingEntry *pending_entry(const Pending *p, uint32_t i) {
  return &p->chunk[i / PENDING_CHUNK][i % PENDING_CHUNK];
}

static bool set_buckets(GC *gc, size_t wanted) {
  Pending *p = &gc->pending;
  uint32_t n = BUCKETS_MIN;
  while (n < wanted && n < BUCKETS_MAX)
    n *= 2;
  if (n == p->buckets)
    return true;
  uint32_t *bucket = wf_gc_try_alloc_zeroed(gc->vm, n * sizeof *bucket);
  if (!bucket)
    return false;
  if (p->buckets)
    wf_gc_release(gc->vm, p->bucket, p->buckets * sizeof *bucket);
  p->bucket = bucket;
  p->buckets = n;
  for (uint32_t i = 0; i < p->count; i++) {
    PendingEntry *e = pending_entry(p, i);
    uint32_t b = pending_bucket(p, e->key);
    e->next = bucket[b];
    bucket[b] = i + 1;
  }
  return true;
}

/* Room for one more entry. */
static bool pending_reserve(GC *gc) {
  Pending *p = &gc->pending;
  if (p->buckets == 0) {
    if (!set_buckets(gc, gc->ephemeron_nodes / 2))
      return false;
  } else if (p->count / CHAIN_MAX >= p->buckets && p->buckets < BUCKETS_MAX) {
    if (!set_buckets(gc, p->count))
      return false;
  }
  if (p->count / PENDING_CHUNK < p->chunks)
    return true;
  if (p->count == UINT32_MAX)
    return false;
  if (p->chunks == p->chunk_capacity) {
    uint32_t n = p->chunk_capacity ? p->chunk_capacity * 2 : 16;
    PendingEntry **list = wf_alloc_resize(p->chunk, n * sizeof *list);
    if (!list)
      return false;
    p->chunk = list;
    p->chunk_capacity = n;
  }
  PendingEntry *chunk = wf_gc_try_alloc(gc->vm, PENDING_CHUNK * sizeof *chunk);
  if (!chunk)
    return false;
  p->chunk[p->chunks++] = chunk;
  return true;
}

void wf_weak_defer_soon(const GC *gc, const Object *key) {
  const Pending *p = &gc->pending;
  __builtin_prefetch(key, 1);
  if (p->buckets)
    __builtin_prefetch(&p->bucket[pending_bucket(p, key)], 1);
}

void wf_weak_defer(GC *gc, Object *key, Value value) {
  Pending *p = &gc->pending;
  if (!pending_reserve(gc)) {
    wf_mark_value(gc, value); /* survives this cycle, its entry does not */
    return;
  }
  gc->work -= DEFER_WORK;
  uint32_t b = pending_bucket(p, key);
  *pending_entry(p, p->count) = (PendingEntry){key, value, p->bucket[b]};
  p->bucket[b] = ++p->count;
  key->gcbits |= GC_PENDING_KEY;
}

void wf_weak_key_marked(GC *gc, Object *key) {
  const Pending *p = &gc->pending;
  key->gcbits &= (uint8_t)~GC_PENDING_KEY;
  if (p->count == 0)
    return; /* flagged in a cycle that was given up */
  gc->work -= DEFER_WORK;
  for (uint32_t i = p->bucket[pending_bucket(p, key)]; i;) {
    const PendingEntry *e = pending_entry(p, i - 1);
    if (e->key == key)
      wf_mark_value(gc, e->value);
    i = e->next;
  }
}

static void pending_reset(GC *gc) {
  Pending *p = &gc->pending;
  for (uint32_t i = 0; i < p->chunks; i++)
    wf_gc_release(gc->vm, p->chunk[i], PENDING_CHUNK * sizeof **p->chunk);
  if (p->buckets)
    wf_gc_release(gc->vm, p->bucket, p->buckets * sizeof *p->bucket);
  p->count = p->chunks = p->buckets = 0;
  p->bucket = NULL;
}

/* ---- clearing ---- */

/* The referent was found unreachable. */
static ALWAYS_INLINE bool is_dead(const GC *gc, Value v) {
  return value_is_collectable(v) && !cell_is_marked(gc, value_pointer(v));
}

static ALWAYS_INLINE void clear_node(GC *gc, Node *n, bool keys) {
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

static void clear_nodes(GC *gc, Node *node, uint32_t count, bool keys) {
  while (count > 0) {
    uint8_t index[NODES_AT_ONCE];
    uint32_t n = count < NODES_AT_ONCE ? count : NODES_AT_ONCE;
    uint32_t used = nodes_used(node, n, index);
    if (keys)
      for (uint32_t i = 0; i < used; i++)
        clear_node(gc, &node[index[i]], true);
    else
      for (uint32_t i = 0; i < used; i++)
        clear_node(gc, &node[index[i]], false);
    node += n;
    count -= n;
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
  if (end > i)
    clear_nodes(gc, r.node + (i - before), end - i, keys);
  gc->clear.position = end;
  return last;
}

typedef struct ListEnd { /* the items of a list from one on */
  const List *list;
  size_t from;
} ListEnd;

/* Item `index` of lists laid end to end. */
static Table *pick(const ListEnd *lists, uint32_t n, size_t index) {
  for (uint32_t i = 0; i < n; i++) {
    size_t count = lists[i].list->count - lists[i].from;
    if (index < count)
      return (Table *)(void *)*list_slot(lists[i].list, lists[i].from + index);
    index -= count;
  }
  return NULL;
}

static bool clear_lists(GC *gc, const ListEnd *lists, uint32_t n, bool keys) {
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
  const ListEnd lists[] = {{&gc->weak_values, 0}, {&gc->all_weak, 0}};
  bool keys = !resurrection_is_due(gc);
  if (!clear_lists(gc, lists, 2, keys))
    return false;
  gc->weak_origin = gc->weak_values.count;
  gc->all_origin = keys ? gc->all_weak.count : 0;
  return true;
}

bool wf_weak_clear_keys(GC *gc) {
  /* tables met while resurrecting have their values cleared here */
  const ListEnd lists[] = {{&gc->ephemerons, 0},
                           {&gc->all_weak, gc->all_origin},
                           {&gc->weak_values, gc->weak_origin}};
  return clear_lists(gc, lists, 3, true);
}

void wf_weak_forget(GC *gc, Table *t) {
  t->gcbits &= (uint8_t) ~(GC_WEAK | GC_WEAK << 1);
  if (!table_has_nodes(t))
    return;
  ptrdiff_t work = gc->work; /* not the collector's time */
  for (int part = 0; part <= (int)table_is_moving(t); part++) {
    NodeRange r = table_nodes(t, part);
    if (gc->phase == PHASE_MARK)
      wf_mark_nodes(gc, r.node, 0, r.count, PART_NODES);
    else if (phase_is_clearing(gc->phase))
      clear_nodes(gc, r.node, r.count, true);
  }
  gc->work = work;
}

void wf_weak_reset(GC *gc) {
  gc->weak_values.count = gc->ephemerons.count = gc->all_weak.count = 0;
  gc->weak_origin = gc->all_origin = 0;
  gc->ephemeron_next = gc->ephemeron_nodes = 0;
  gc->clear.index = 0;
  gc->clear.base = NULL;
  pending_reset(gc);
}

void wf_weak_close(GC *gc) {
  wf_list_free(&gc->weak_values);
  wf_list_free(&gc->ephemerons);
  wf_list_free(&gc->all_weak);
  wf_alloc_free(gc->pending.chunk);
}
