/* mark.c: tracing: the gray stack, scanning of objects, roots and stacks.
 *
 * An object is marked by setting its side bit; its memory is touched only when
 * it is scanned. Leaves (strings, boxes) are known by the value's tag and never
 * touched at all. A parts stack beside the gray stack holds big arrays, hash
 * parts and value stacks, which are scanned some slots at a time with the gray
 * stack drained in between, so the gray stack stays short and every step can
 * stop soon.
 *
 * The mutator runs between slices. What may move meanwhile is a table's parts:
 * a scan that finds another cell than it began with starts over with the whole
 * table. Array elements come from the hash part or from barriered stores, so
 * the hash part is always finished before the array part.
 *
 * When the gray stack cannot grow, the object is flagged in its header and
 * found again by walking the marked objects of the heap: slow, but marking
 * never fails. */
#include "vm/gc/collector.h"
#include <string.h>

enum {
  PART_MIN = 256,    /* slots: below, an object is scanned in one go */
  PART_SLICE = 128,  /* slots scanned before the gray stack is drained */
  EPHEMERON_SLICE = 32, /* the same where most keys may be deferred */
  BATCH = 8,         /* objects scanned together: their parts are prefetched */
  TOUCHED_FEW = 128, /* stacks the final step may rescan besides the running */
  LEFT_MAX = 512,    /* slots of a stack that is rescanned when left */
  DEEP_MIN = 1024,   /* slots: from here a stack's frames are watched */
  DEEP_SLICE = 1024, /* slots or open upvalues scanned at a time */
  FINAL_SLOTS = 4 << 10, /* the same in the final step, at first */
  LATE_STEPS = 16,       /* final steps put off until it may be twice that */
  LATE_MAX = 8,          /* and so on up to this power of two */
  UNUSED_KEPT = 256,     /* slots above top that stay in use */
  WRITTEN_MAX = 256, /* slots below the watched frame to rescan at once */
  IDLE_LEAST = 96,   /* and how many are rescanned in a slice before it */
  TRIES_MAX = 256
};

/* ---- gray stack ---- */

static bool gray_is_empty(const GC *gc) {
  return gc->gray.used == 0 && gc->gray.top->below == NULL;
}

static NOINLINE bool gray_grow(GC *gc) {
  Chunk *c = gc->gray.spare;
  gc->gray.spare = NULL;
  if (!c && gc->gray.depth < gc->gray.depth_max)
    c = wf_alloc_get(sizeof *c);
  if (!c)
    return false;
  c->below = gc->gray.top;
  gc->gray.top = c;
  gc->gray.used = 0;
  gc->gray.depth++;
  return true;
}
static NOINLINE void gray_shrink(GC *gc) {
  Chunk *c = gc->gray.top;
  gc->gray.top = c->below;
  gc->gray.used = CHUNK_ITEMS;
  gc->gray.depth--;
  wf_alloc_free(gc->gray.spare);
  gc->gray.spare = c;
}

static ALWAYS_INLINE void gray_push(GC *gc, Object *o) {
  if (UNLIKELY(gc->gray.used == CHUNK_ITEMS) && !gray_grow(gc)) {
    o->gcbits |= GC_UNSCANNED;
    gc->overflow = true;
    return;
  }
  gc->gray.top->item[gc->gray.used++] = o;
}
static ALWAYS_INLINE Object *gray_pop(GC *gc) {
  if (gc->gray.used == 0) {
    if (!gc->gray.top->below)
      return NULL;
    gray_shrink(gc);
  }
  return gc->gray.top->item[--gc->gray.used];
}

/* ---- marking ---- */

enum { LEAF_WORK = 32 };

static ALWAYS_INLINE void mark_value(GC *gc, Value v) {
  uint32_t kind = value_tag(v) - TAG_TABLE;
  if (kind > TAG_BOX - TAG_TABLE)
    return;
  void *p = value_pointer(v);
  if (!mark_cell(gc, p))
    return;
  if (kind == TAG_STRING - TAG_TABLE || kind == TAG_BOX - TAG_TABLE) {
    gc->work -= LEAF_WORK;
    return;
  }
  __builtin_prefetch(p);
  gray_push(gc, p);
}
/* o is no string. */
static ALWAYS_INLINE void mark_scannable(GC *gc, void *o) {
  if (o && mark_cell(gc, o)) {
    __builtin_prefetch(o);
    gray_push(gc, o);
  }
}
static ALWAYS_INLINE void mark_leaf(GC *gc, const void *cell) {
  if (cell)
    mark_cell(gc, cell);
}

void wf_mark_value(GC *gc, Value v) { mark_value(gc, v); }

void wf_mark_object(GC *gc, Object *o) {
  if (o->type == OBJ_STRING)
    mark_cell(gc, o);
  else
    mark_scannable(gc, o);
}

static ALWAYS_INLINE void mark_few(GC *gc, const Value *v, size_t n) {
  for (size_t i = 0; i < n; i++)
    mark_value(gc, v[i]);
}
static NOINLINE void mark_values(GC *gc, const Value *v, size_t n) {
  gc->work -= (ptrdiff_t)(n * sizeof *v);
  mark_few(gc, v, n);
}

/* ---- parts ---- */

/* Later slices scan it; false when it must be scanned now. */
static bool part_push(GC *gc, void *owner, const void *base, uint32_t count,
                      PartKind kind) {
  if (gc->part_count == gc->part_capacity) {
    uint32_t n = gc->part_capacity ? gc->part_capacity * 2 : 16;
    Part *list = wf_alloc_resize(gc->part, n * sizeof *list);
    if (!list)
      return false;
    gc->part = list;
    gc->part_capacity = n;
  }
  gc->part[gc->part_count++] = (Part){owner, base, 0, count, kind};
  return true;
}

static void scan_values(GC *gc, void *owner, const Value *v, uint32_t n) {
  if (n <= PART_MIN || !part_push(gc, owner, v, n, PART_VALUES))
    mark_values(gc, v, n);
}

/* ---- tables ---- */

/* A nil entry's key is needed by `next` alone: by address. */
static ALWAYS_INLINE void kill_key(GC *gc, Node *n) {
  if (value_is_collectable(n->key) &&
      !cell_is_marked(gc, value_pointer(n->key)))
    n->key = value_make(TAG_DEAD, value_pointer(n->key));
}

static ALWAYS_INLINE bool value_is_leaf(Value v) {
  return value_is_string(v) || value_is_box(v);
}

static ALWAYS_INLINE bool may_die(const GC *gc, Value v) {
  return value_is_collectable(v) && !value_is_leaf(v) &&
         !cell_is_marked(gc, value_pointer(v));
}

static ALWAYS_INLINE void mark_node(GC *gc, Node *n, PartKind kind) {
  if (n->key == 0)
    return;
  if (value_is_nil(n->val)) {
    kill_key(gc, n);
    return;
  }
  switch (kind) {
  case PART_WEAK_VALUES:
    mark_value(gc, n->key);
    if (value_is_leaf(n->val))
      mark_value(gc, n->val);
    break;
  case PART_ALL_WEAK:
    /* a string dies with its entry if nobody can read it meanwhile */
    if (value_is_leaf(n->key) && !(gc->whole && may_die(gc, n->val)))
      mark_value(gc, n->key);
    if (value_is_leaf(n->val))
      mark_value(gc, n->val);
    break;
  case PART_EPHEMERONS:
    if (!value_is_collectable(n->key) || value_is_leaf(n->key) ||
        cell_is_marked(gc, value_pointer(n->key))) {
      mark_value(gc, n->key);
      mark_value(gc, n->val);
    } else if (value_is_leaf(n->val)) {
      mark_value(gc, n->val);
    } else if (value_is_collectable(n->val)) {
      wf_weak_defer(gc, value_as_object(n->key), n->val);
    }
    break;
  default:
    mark_value(gc, n->key);
    mark_value(gc, n->val);
  }
}

/* Deferring is two cache misses: they are taken together. */
static void expect_deferred(const GC *gc, const Node *n, const uint8_t *index,
                            uint32_t used) {
  for (uint32_t i = 0; i < used; i++)
    if (may_die(gc, n[index[i]].key) && value_is_collectable(n[index[i]].val))
      wf_weak_defer_soon(gc, value_as_object(n[index[i]].key));
}

void wf_mark_nodes(GC *gc, Node *nodes, uint32_t from, uint32_t to,
                   PartKind kind) {
  gc->work -= (ptrdiff_t)((to - from) * sizeof *nodes);
  if (kind == PART_NODES) {
    for (uint32_t i = from; i < to; i++)
      mark_node(gc, &nodes[i], PART_NODES);
    return;
  }
  while (from < to) {
    uint8_t index[NODES_AT_ONCE];
    uint32_t left = to - from, n = left < NODES_AT_ONCE ? left : NODES_AT_ONCE;
    uint32_t used = nodes_used(nodes + from, n, index);
    if (kind == PART_EPHEMERONS)
      expect_deferred(gc, nodes + from, index, used);
    for (uint32_t i = 0; i < used; i++)
      mark_node(gc, &nodes[from + index[i]], kind);
    from += n;
  }
}

static PartKind node_kind(uint32_t weakness) {
  switch (weakness) {
  case TABLE_WEAK_KEYS:
    return PART_EPHEMERONS;
  case TABLE_WEAK_VALUES:
    return PART_WEAK_VALUES;
  case TABLE_WEAK_KEYS | TABLE_WEAK_VALUES:
    return PART_ALL_WEAK;
  default:
    return PART_NODES;
  }
}

static NOINLINE uint32_t scan_meta(GC *gc, Table *t) {
  mark_scannable(gc, t->meta);
  uint32_t weakness = wf_table_refresh_weakness(gc->vm, t);
  t->gcbits &= (uint8_t) ~(GC_WEAK | GC_WEAK << 1);
  if (!weakness || !wf_weak_add(gc, t, weakness))
    return 0;
  t->gcbits |= (uint8_t)(GC_WEAK << gc->mark);
  return weakness;
}

void wf_mark_weak_entry(GC *gc, Table *t, Node *n) {
  ptrdiff_t work = gc->work; /* not the collector's time */
  uint32_t weakness = t->flags & (TABLE_WEAK_KEYS | TABLE_WEAK_VALUES);
  wf_mark_nodes(gc, n, 0, 1, node_kind(weakness));
  gc->work = work;
}

static void scan_nodes(GC *gc, Table *t, NodeRange r, PartKind kind) {
  if (2 * (size_t)r.count <= PART_MIN ||
      !part_push(gc, t, r.node, r.count, kind))
    wf_mark_nodes(gc, r.node, 0, r.count, kind);
}

/* Nodes and array, in slices when they are big. */
static void scan_parts(GC *gc, Table *t, uint32_t weakness) {
  uint32_t nodes = 0;
  NodeRange old = {NULL, 0};
  if (table_has_nodes(t)) {
    mark_leaf(gc, table_node_cell(t));
    old = table_nodes(t, 1);
    if (UNLIKELY(old.node != NULL))
      mark_leaf(gc, old.node - 1);
    /* white keys are looked for when nothing gray is left */
    if (weakness != TABLE_WEAK_KEYS)
      nodes = table_node_count(t);
  }
  mark_leaf(gc, table_array_cell(t));
  PartKind kind = node_kind(weakness);
  if (LIKELY(table_asize(t) + 2 * (size_t)nodes <= PART_MIN)) {
    if (nodes)
      wf_mark_nodes(gc, t->u.node, 0, nodes, kind);
    mark_values(gc, t->arr, table_asize(t));
    return;
  }
  if (!part_push(gc, t, t->arr, table_asize(t), PART_ARRAY))
    mark_values(gc, t->arr, table_asize(t));
  if (nodes)
    scan_nodes(gc, t, table_nodes(t, 0), kind);
  if (nodes && old.node)
    scan_nodes(gc, t, old, kind);
}

static ALWAYS_INLINE void scan_table(GC *gc, Table *t) {
  uint32_t weakness = t->meta ? scan_meta(gc, t) : 0;
  gc->work -= (ptrdiff_t)(sizeof *t + table_ninl(t) * sizeof(Value));
  mark_few(gc, t->inl, table_ninl(t));
  uint32_t outer = table_ext_count(t);
  if (outer) {
    mark_leaf(gc, t->u.ext);
    mark_values(gc, t->u.ext, outer);
  }
  if (table_has_array(t) || table_is_dictionary(t))
    scan_parts(gc, t, weakness);
}

/* Defers the entries with white keys of a table with weak keys. */
static void scan_ephemerons(GC *gc, Table *t) {
  if (!table_has_nodes(t))
    return;
  for (int part = 0; part <= (int)table_is_moving(t); part++)
    scan_nodes(gc, t, table_nodes(t, part), PART_EPHEMERONS);
}

/* ---- other objects ---- */

static void scan_function(GC *gc, Function *f) {
  gc->work -= (ptrdiff_t)sizeof *f;
  uint32_t n = f->extra;
  if (function_is_native(f)) {
    mark_values(gc, &f->upvals[0].value, n);
    return;
  }
  mark_scannable(gc, f->of.proto);
  gc->work -= (ptrdiff_t)(n * sizeof(UpVal *));
  for (uint32_t i = 0; i < n; i++)
    mark_scannable(gc, f->upvals[i].up);
}

static void scan_upval(GC *gc, UpVal *u) {
  gc->work -= (ptrdiff_t)sizeof *u;
  if (upval_is_open(u))
    mark_scannable(gc, u->u.open.owner);
  else
    mark_value(gc, u->u.closed);
}

static void scan_proto(GC *gc, Proto *p) {
  gc->work -= (ptrdiff_t)(sizeof *p + 8 * (p->nchildren + p->nvars));
  mark_leaf(gc, p->source);
  mark_leaf(gc, p->body);
  mark_leaf(gc, p->code);
  mark_leaf(gc, p->linked_map);
  for (uint32_t i = 0; i < p->nchildren; i++)
    mark_scannable(gc, p->children[i]);
  for (uint32_t i = 0; i < p->nupvals; i++)
    mark_leaf(gc, p->upvals[i].name);
  for (uint32_t i = 0; i < p->nvars; i++)
    mark_leaf(gc, p->vars[i].name);
  scan_values(gc, p, p->consts, p->nconsts);
}

static void scan_userdata(GC *gc, Userdata *u) {
  gc->work -= (ptrdiff_t)sizeof *u;
  mark_scannable(gc, u->meta);
  scan_values(gc, u, u->values, u->nvalues);
}

/* Slots above top hold stale values: what they refer to may die. Most of them
 * are just out of use from now on. */
static void clear_stale(GC *gc, Thread *t) {
  if (!t->stack)
    return;
  VM *vm = gc->vm;
  if (t->stack_end - t->top > STACK_SLACK + UNUSED_KEPT) {
    t->stack_end = t->top + STACK_SLACK + UNUSED_KEPT;
    t->stack_limit = t->stack_end - STACK_SLACK;
    if (vm->thread == t && vm->stack_limit)
      vm->stack_limit = t->stack_limit;
    if (vm->pending) /* a signal */
      vm->stack_limit = NULL;
  }
  gc->work -= t->stack_end - t->top;
  for (Value *v = t->top; v < t->stack_end; v++)
    *v = VALUE_NIL;
}

static void scan_thread_fields(GC *gc, Thread *t) {
  gc->work -= (ptrdiff_t)sizeof *t;
  mark_leaf(gc, t->stack);
  mark_leaf(gc, t->tbc);
  mark_value(gc, t->error);
  mark_scannable(gc, t->resumer);
}

/* ---- stacks ----
 * A big stack is scanned upwards in slices while the program runs. Below the
 * watched frame (state.h) nothing changes without a barrier, so what has been
 * scanned there stays so; the final step adds what lies above. Each slice goes
 * on from `scanned`, or from where control has been meanwhile if that is
 * lower, and watches the frame that runs now.
 *
 * Open upvalues are marked, lest the list dangle, in its order, from the
 * highest slot downwards: first those of frames entered since the last slice,
 * then, from `scan_upval`, the rest. */

/* Marks open upvalues from *next on whose slot is not below `level`, `left` of
 * them at most; true when that were all. */
static bool mark_upvals(GC *gc, Thread *t, UpVal **next, uint32_t level,
                        uint32_t *left) {
  UpVal *u = *next, *last = NULL;
  const Value *lowest = t->stack + level;
  for (; u && u->v >= lowest && *left > 0; u = u->u.open.next, --*left) {
    mark_leaf(gc, u);
    gc->work -= LEAF_WORK;
    last = u;
  }
  if (last)
    t->scan_upval = last;
  *next = u;
  return !u || u->v < lowest;
}

/* Marks `most` open upvalues at most, those at or above `unchanged` first: below
 * it the list is as it was. True when all are marked. */
static bool scan_open_upvals(GC *gc, Thread *t, uint32_t unchanged,
                             uint32_t most) {
  UpVal *next = t->open_upvals, *former = t->scan_upval;
  if (former && (!upval_is_open(former) || former->v >= t->stack + unchanged))
    former = NULL;
  t->scan_upval = NULL;
  if (!mark_upvals(gc, t, &next, unchanged, &most))
    return false;
  if (former) {
    t->scan_upval = former;
    next = former->u.open.next;
  }
  return mark_upvals(gc, t, &next, 0, &most);
}

/* The frames of a dead thread do not run: close drops them at once. */
static void watch(Thread *t) {
  ptrdiff_t slots = t->top - t->stack;
  if (slots < DEEP_MIN)
    t->watch = 0;
  else if (t->status == THREAD_DEAD)
    t->watch = (uint32_t)slots;
  else
    t->watch = wf_frame_watch(t, t->base, 0);
}

/* Scans `most` slots and open upvalues at most; true when nothing but what
 * scan_top scans is left. */
static bool scan_deep(GC *gc, Thread *t, uint32_t most) {
  if (t->scan_cycle != gc->cycle) {
    t->scan_cycle = gc->cycle;
    t->scanned = t->watch = 0;
    t->scan_upval = NULL;
  }
  uint32_t unchanged = t->watch;
  if (t->scanned > unchanged)
    t->scanned = unchanged;
  watch(t);
  if (t->scanned > t->watch)
    t->scanned = t->watch;
  if (!scan_open_upvals(gc, t, unchanged, most))
    return false;
  uint32_t left = t->watch - t->scanned, n = left < most ? left : most;
  mark_values(gc, t->stack + t->scanned, n);
  t->scanned += n;
  return n == left;
}

/* What lies above the watched frame, all there is in a small stack. */
static void scan_top(GC *gc, Thread *t) {
  scan_thread_fields(gc, t);
  if (t->stack)
    mark_values(gc, t->stack + t->watch,
                (size_t)(t->top - t->stack) - t->watch);
}

static void rescan_stack(GC *gc, Thread *t) {
  scan_deep(gc, t, UINT32_MAX);
  scan_top(gc, t);
}

static void scan_thread(GC *gc, Thread *t) {
  if (t->stack && t->top - t->stack >= DEEP_MIN &&
      part_push(gc, t, t->stack, 0, PART_STACK))
    return;
  rescan_stack(gc, t);
  clear_stale(gc, t);
}

/* A slice of the topmost part. */
static void scan_stack_part(GC *gc) {
  Thread *t = (Thread *)(void *)gc->part[gc->part_count - 1].owner;
  if (!scan_deep(gc, t, DEEP_SLICE))
    return;
  gc->part_count--;
  scan_top(gc, t);
  clear_stale(gc, t);
}

static ALWAYS_INLINE void scan_object(GC *gc, Object *o) {
  if (UNLIKELY(o->gcbits & GC_PENDING_KEY))
    wf_weak_key_marked(gc, o);
  switch (o->type) {
  case OBJ_TABLE:
    scan_table(gc, (Table *)(void *)o);
    break;
  case OBJ_LUA_FUNCTION:
  case OBJ_NATIVE_FUNCTION:
    scan_function(gc, (Function *)(void *)o);
    break;
  case OBJ_UPVAL:
    scan_upval(gc, (UpVal *)(void *)o);
    break;
  case OBJ_USERDATA:
    scan_userdata(gc, (Userdata *)(void *)o);
    break;
  case OBJ_THREAD:
    scan_thread(gc, (Thread *)(void *)o);
    break;
  case OBJ_PROTO:
    scan_proto(gc, (Proto *)(void *)o);
    break;
  default:
    CHECK(o->type == OBJ_STRING);
  }
}

/* ---- draining ---- */

/* Scans a slice of the topmost part. */
static void scan_part(GC *gc) {
  Part *part = &gc->part[gc->part_count - 1];
  Table *t = (Table *)(void *)part->owner;
  uint32_t from = part->position;
  uint32_t end = part->count;
  const void *now = part->base;
  if (part->kind == PART_ARRAY) {
    now = t->arr;
    end = table_asize(t);
  } else if (part->kind < PART_VALUES) {
    now = table_has_nodes(t) ? t->u.node : NULL;
    /* Nodes that a big table moves, or moved, its entries from: a barrier has
     * seen all that came to the new ones. */
    if (now && now != part->base && table_node_count(t) >= MOVING_MIN &&
        table_moving(t)->old == part->base) {
      now = part->base;
      if (!table_is_moving(t))
        end = from;
    }
  } else if (part->kind == PART_STACK) {
    scan_stack_part(gc);
    return;
  }
  if (UNLIKELY(now != part->base)) {
    bool ephemerons = part->kind == PART_EPHEMERONS;
    gc->part_count--;
    scan_table(gc, t);
    if (ephemerons)
      scan_ephemerons(gc, t);
    return;
  }
  PartKind kind = part->kind;
  uint32_t slice = kind == PART_EPHEMERONS ? EPHEMERON_SLICE : PART_SLICE;
  uint32_t to = from + slice < end ? from + slice : end;
  if (to >= end)
    gc->part_count--;
  else
    part->position = to;
  if (from >= to)
    return;
  if (kind >= PART_NODES && kind <= PART_EPHEMERONS)
    wf_mark_nodes(gc, (Node *)(uintptr_t)now, from, to, kind);
  else
    mark_values(gc, (const Value *)now + from, to - from);
}

void wf_mark_forget_cell(GC *gc, const void *cell, size_t size) {
  for (uint32_t i = 0; i < gc->part_count; i++) {
    Part *part = &gc->part[i];
    if ((uintptr_t)part->base - (uintptr_t)cell >= size)
      continue;
    part->count = part->position;
    if (part->kind == PART_ARRAY) /* its count is the table's */
      part->base = NULL;
  }
}

static void scan_flagged(GC *gc, Object *o) {
  if (o->gcbits & GC_UNSCANNED) {
    o->gcbits &= (uint8_t)~GC_UNSCANNED;
    scan_object(gc, o);
  }
}

/* True when nothing gray is left, false when the step's work is done. */
static bool drain(GC *gc) {
  Object *batch[BATCH];
  for (;;) {
    uint32_t n = 0;
    Object *o;
    while (n < BATCH && (o = gray_pop(gc)) != NULL)
      batch[n++] = o;
    for (uint32_t i = 0; i < n; i++)
      if (batch[i]->type == OBJ_TABLE) {
        const Table *t = (const Table *)(const void *)batch[i];
        __builtin_prefetch(t->arr);
        __builtin_prefetch(t->u.node);
      }
    for (uint32_t i = 0; i < n; i++)
      scan_object(gc, batch[i]);
    if (n == 0) {
      if (gc->part_count) {
        scan_part(gc);
      } else if (UNLIKELY(gc->overflow)) {
        gc->overflow = false;
        wf_heap_each_marked(gc, scan_flagged);
      } else {
        return true;
      }
    }
    if (gc->work <= 0)
      return false;
  }
}

/* ---- roots ---- */

static void mark_root_object(VM *vm, Object *o) {
  wf_mark_object(vm->heap.gc, o);
}

/* Roots that are written without a barrier. */
static void mark_open_roots(GC *gc) {
  VM *vm = gc->vm;
  mark_value(gc, vm->acc);
  mark_scannable(gc, vm->main);
  mark_scannable(gc, vm->thread);
  mark_scannable(gc, vm->registry);
  mark_scannable(gc, vm->globals);
  mark_scannable(gc, vm->next_function);
  mark_scannable(gc, vm->ipairs_iterator);
  for (int i = 0; i < TYPE_COUNT; i++)
    mark_scannable(gc, vm->metatables[i]);
}

void wf_mark_touch(GC *gc, Thread *t) {
  mark_scannable(gc, t);
  if (t->gcbits & GC_TOUCHED)
    return;
  if (wf_list_add(&gc->touched, (Object *)(void *)t))
    t->gcbits |= GC_TOUCHED;
  else
    gc->touched_lost = true;
}

static void mark_root_cell(void *ud, const void *cell) { mark_leaf(ud, cell); }

void wf_mark_roots(GC *gc) {
  VM *vm = gc->vm;
  gc->cycle++;
  mark_open_roots(gc);
  wf_string_each_table(vm, mark_root_cell, gc);
  for (int i = 0; i < EVENT_COUNT; i++)
    mark_leaf(gc, vm->event_names[i]);
  mark_leaf(gc, vm->memory_message);
  mark_leaf(gc, vm->empty);
  if (vm->shapes)
    wf_shape_mark(vm, mark_root_object);
  for (Thread *t = vm->thread; t; t = t->resumer)
    wf_mark_touch(gc, t);
}

/* ---- the final step ---- */

void wf_mark_left(GC *gc, Thread *t) {
  List *list = &gc->touched;
  if (!(t->gcbits & GC_TOUCHED) || t->stack_end - t->stack > LEFT_MAX)
    return;
  ptrdiff_t work = gc->work; /* not the collector's time */
  rescan_stack(gc, t);
  clear_stale(gc, t);
  gc->work = work;
  /* elsewhere in the list it is passed over */
  t->gcbits &= (uint8_t)~GC_TOUCHED;
  if (*list_slot(list, list->count - 1) == (Object *)(void *)t)
    list->count--;
}

/* Rescans touched threads that do not run now, so that the try finds few. The
 * program touches others meanwhile: it is given up when that goes on so fast
 * that the list does not get shorter. */
static bool rescan_idle(GC *gc) {
  List *list = &gc->touched;
  if (list->count <= TOUCHED_FEW || gc->tries >= TRIES_MAX)
    return true;
  size_t kept = 0, i = 0;
  for (; i < list->count && (gc->work > 0 || i < IDLE_LEAST); i++) {
    Thread *t = (Thread *)(void *)*list_slot(list, i);
    if (t->status == THREAD_RUNNING || t->status == THREAD_NORMAL) {
      *list_slot(list, kept++) = *list_slot(list, i);
      continue;
    }
    if (!(t->gcbits & GC_TOUCHED))
      continue;
    if (!scan_deep(gc, t, DEEP_SLICE)) {
      *list_slot(list, kept++) = *list_slot(list, i);
      continue;
    }
    t->gcbits &= (uint8_t)~GC_TOUCHED;
    scan_top(gc, t);
    clear_stale(gc, t);
  }
  bool all = i == list->count;
  /* the end of the list fills the gap: its order does not matter */
  size_t gap = i - kept, rest = list->count - i;
  size_t move = gap < rest ? gap : rest;
  for (size_t from = list->count - move; move-- > 0;)
    *list_slot(list, kept + move) = *list_slot(list, from + move);
  list->count -= gap;
  if (list->count >= gc->touched_before)
    gc->tries++;
  gc->touched_before = list->count;
  return all;
}

bool wf_mark_written(GC *gc, UpVal *u) {
  if (u->gcbits & GC_TOUCHED)
    return true;
  if (gc->written.count == WRITTEN_MAX ||
      !wf_list_add(&gc->written, (Object *)(void *)u))
    return false;
  u->gcbits |= GC_TOUCHED;
  return true;
}

static void scan_written(GC *gc) {
  for (size_t i = 0; i < gc->written.count; i++) {
    const UpVal *u = (const UpVal *)(const void *)*list_slot(&gc->written, i);
    if (upval_is_open(u))
      mark_value(gc, *u->v);
  }
}

static void rescan_thread(GC *gc, Object *o) {
  if (o->type == OBJ_THREAD)
    rescan_stack(gc, (Thread *)(void *)o);
}
static void clear_thread(GC *gc, Object *o) {
  if (o->type == OBJ_THREAD)
    clear_stale(gc, (Thread *)(void *)o);
}

/* Scans what is left of touched stacks but for their tops, if that is little;
 * true when it was. What is little grows when a program goes up and down so
 * fast that no step comes nearer to the end than the one before. */
static bool scan_touched(GC *gc) {
  uint32_t power = gc->late / LATE_STEPS;
  uint32_t most = gc->whole ? UINT32_MAX
                            : (uint32_t)FINAL_SLOTS
                                  << (power < LATE_MAX ? power : LATE_MAX);
  for (size_t i = 0; i < gc->touched.count; i++) {
    Thread *t = (Thread *)(void *)*list_slot(&gc->touched, i);
    uint32_t before = t->scanned;
    if (!scan_deep(gc, t, most)) {
      uint32_t left = t->watch - t->scanned;
      gc->late += left >= gc->late_left;
      gc->late_left = left;
      return false;
    }
    uint32_t n = t->scanned > before ? t->scanned - before : 0;
    most -= n < most ? n : most;
  }
  return true;
}

static bool try_to_finish(GC *gc) {
  mark_open_roots(gc);
  if (UNLIKELY(gc->touched_lost))
    wf_heap_each_marked(gc, rescan_thread);
  for (size_t i = 0; i < gc->touched.count; i++)
    scan_top(gc, (Thread *)(void *)*list_slot(&gc->touched, i));
  scan_written(gc);
  if (!gray_is_empty(gc) || gc->overflow)
    return false;
  if (UNLIKELY(gc->touched_lost))
    wf_heap_each_marked(gc, clear_thread);
  for (size_t i = 0; i < gc->touched.count; i++)
    clear_stale(gc, (Thread *)(void *)*list_slot(&gc->touched, i));
  return true;
}

/* Objects waiting for their finalizer are roots. */
static bool mark_doomed(GC *gc) {
  Finalizers *f = &gc->finalizers;
  while (f->marked < f->doomed) {
    if (gc->work <= 0)
      return false;
    mark_scannable(gc, f->marking->item[f->marked % FINALIZER_ITEMS]);
    finalize_marked_one(f);
    gc->work -= LEAF_WORK;
  }
  return true;
}

bool wf_mark_run(GC *gc) {
  for (;;) {
    if (!mark_doomed(gc) || !drain(gc))
      return false;
    if (gc->ephemeron_next < gc->ephemerons.count) {
      Object *o = *list_slot(&gc->ephemerons, gc->ephemeron_next++);
      scan_ephemerons(gc, (Table *)(void *)o);
      gc->work -= (ptrdiff_t)sizeof(Table);
      if (gc->work <= 0)
        return false;
    } else if (!rescan_idle(gc) || !scan_touched(gc)) {
      return false;
    } else if (gray_is_empty(gc)) {
      bool finished = try_to_finish(gc);
      if (!gc->black[CELL_OBJECT])
        wf_heap_blacken(gc, CELL_OBJECT);
      if (finished)
        return true;
    }
  }
}

void wf_mark_reset(GC *gc) {
  while (gc->gray.top->below)
    gray_shrink(gc);
  gc->gray.used = 0;
  gc->part_count = 0;
  gc->overflow = false;
  for (size_t i = 0; i < gc->touched.count; i++)
    (*list_slot(&gc->touched, i))->gcbits &= (uint8_t)~GC_TOUCHED;
  gc->touched.count = 0;
  gc->touched_lost = false;
  for (size_t i = 0; i < gc->written.count; i++)
    (*list_slot(&gc->written, i))->gcbits &= (uint8_t)~GC_TOUCHED;
  gc->written.count = 0;
  gc->tries = gc->late = 0;
  gc->late_left = UINT32_MAX;
  gc->touched_before = SIZE_MAX;
}

bool wf_mark_open(GC *gc) {
  gc->gray.top = wf_alloc_get(sizeof(Chunk));
  if (!gc->gray.top)
    return false;
  gc->gray.top->below = NULL;
  gc->gray.depth_max = UINT32_MAX;
  gc->late_left = UINT32_MAX;
  gc->touched_before = SIZE_MAX;
  return true;
}

void wf_mark_close(GC *gc) {
  while (gc->gray.top) {
    Chunk *c = gc->gray.top;
    gc->gray.top = c->below;
    wf_alloc_free(c);
  }
  wf_alloc_free(gc->gray.spare);
  wf_alloc_free(gc->part);
  wf_list_free(&gc->touched);
  wf_list_free(&gc->written);
}
