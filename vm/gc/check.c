/* check.c: the heap validator of debug builds and tests.
 *
 * Walks everything reachable with a set and a stack of its own and asserts that
 *  - what a live object refers to is a live cell of the right kind and, for
 *    objects, of the type that the reference says;
 *  - raw cells are large enough for what their owner keeps in them;
 *  - while tracing, no black object refers to a white cell (gray: on the gray
 *    stack, part of it still to be scanned, or a touched thread), nor does that
 *    part of a stack which is not to be scanned again;
 *  - between tracing and the swap, everything reachable is marked;
 *  - in a pause, the byte count is the sum over the live bitmap.
 *
 * wf_gc_check_barriers checks the third of these alone, object by object, as
 * the barriers build does after every instruction.
 *
 * It shares no code with mark.c on purpose: what one forgets the other finds.
 */
#include "vm/gc/collector.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Set {
  uintptr_t *slot;
  size_t count, size; /* size: power of two */
} Set;

typedef struct Checker {
  GC *gc;
  Set seen, gray;
  List todo;
  const Object *from; /* whose references are looked at; NULL: a root */
  bool from_black;
  /* Of wf_gc_check_barriers, which looks for one white object and does not
   * follow references: */
  const void **white;
} Checker;

#define ANY_TYPE ((ObjectType)0)

static NORETURN PRINTF_LIKE(2, 3) void fail(const Checker *c, const char *fmt,
                                            ...) {
  va_list args;
  va_start(args, fmt);
  fprintf(stderr, "heap check: ");
  vfprintf(stderr, fmt, args);
  va_end(args);
  if (c->from)
    fprintf(stderr, " (in the object of type %d at %p, phase %d)\n",
            c->from->type, (const void *)c->from, (int)c->gc->phase);
  else
    fprintf(stderr, " (in a root, phase %d)\n", (int)c->gc->phase);
  abort();
}

/* ---- sets of addresses ---- */

static size_t set_index(const Set *s, uintptr_t p) {
  size_t i = (p / HEAP_ALIGN * 0x9E3779B97F4A7C15ull >> 20) & (s->size - 1);
  while (s->slot[i] && s->slot[i] != p)
    i = (i + 1) & (s->size - 1);
  return i;
}
static bool set_has(const Set *s, const void *p) {
  return s->size && s->slot[set_index(s, (uintptr_t)p)] != 0;
}
/* True when p is new. */
static bool set_add(Set *s, const void *p) {
  if (s->count * 2 >= s->size) {
    Set bigger = {NULL, s->count, s->size ? s->size * 2 : 1024};
    bigger.slot = wf_alloc_zeroed(bigger.size, sizeof *bigger.slot);
    if (!bigger.slot)
      abort();
    for (size_t i = 0; i < s->size; i++)
      if (s->slot[i])
        bigger.slot[set_index(&bigger, s->slot[i])] = s->slot[i];
    wf_alloc_free(s->slot);
    *s = bigger;
  }
  size_t i = set_index(s, (uintptr_t)p);
  if (s->slot[i])
    return false;
  s->slot[i] = (uintptr_t)p;
  s->count++;
  return true;
}

/* ---- references ---- */

static bool tracing(const GC *gc) {
  return gc->phase == PHASE_MARK || gc->phase == PHASE_RESURRECT;
}

static void check_cell(Checker *c, const void *p, CellKind kind, size_t size) {
  if (c->white) {
    if (c->from_black && !cell_is_marked(c->gc, p))
      *c->white = p;
    return;
  }
  CellKind found;
  size_t found_size;
  if (!wf_heap_find_cell(c->gc, p, &found, &found_size))
    fail(c, "%p is no live cell", p);
  if (found != kind)
    fail(c, "%p is %s cell", p, found == CELL_RAW ? "a raw" : "an object");
  if (found_size < size)
    fail(c, "%p has %zu bytes, %zu are used", p, found_size, size);
  if (c->from_black && !cell_is_marked(c->gc, p))
    fail(c, "%p is white", p);
}

static void see_object(Checker *c, const void *p, ObjectType type) {
  if (!p)
    return;
  check_cell(c, p, CELL_OBJECT, sizeof(Object));
  if (c->white)
    return;
  Object *o = (Object *)(uintptr_t)p;
  if (o->type < OBJ_STRING || o->type > OBJ_UPVAL)
    fail(c, "%p has no valid type (%d)", p, o->type);
  if (type != ANY_TYPE && o->type != type)
    fail(c, "%p has type %d instead of %d", p, o->type, (int)type);
  if (set_add(&c->seen, p) && !wf_list_add(&c->todo, o))
    abort();
}

static void see_raw(Checker *c, const void *p, size_t size) {
  if (p)
    check_cell(c, p, CELL_RAW, size);
}

static void see_value(Checker *c, Value v) {
  const void *p = value_pointer(v);
  switch (value_tag(v)) {
  case TAG_TABLE:
    see_object(c, p, OBJ_TABLE);
    break;
  case TAG_STRING:
    see_object(c, p, OBJ_STRING);
    break;
  case TAG_FUNCTION:
    see_object(c, p, ANY_TYPE);
    if (!c->white && ((const Object *)p)->type != OBJ_LUA_FUNCTION &&
        ((const Object *)p)->type != OBJ_NATIVE_FUNCTION)
      fail(c, "%p is no function", p);
    break;
  case TAG_OBJECT:
    see_object(c, p, ANY_TYPE);
    if (!value_is_thread(v) && !value_is_userdata(v))
      fail(c, "%p is neither thread nor userdata", p);
    break;
  case TAG_BOX:
    see_raw(c, p, sizeof(int64_t));
    break;
  case TAG_DEAD:
    fail(c, "a dead key outside of a table");
  default:
    break;
  }
}

static void see_values(Checker *c, const Value *v, size_t n) {
  for (size_t i = 0; i < n; i++)
    see_value(c, v[i]);
}

/* ---- objects ---- */

/* In a weak table: not yet cleared, reads as absent. */
static bool is_hidden(const Checker *c, Value v) {
  return c->gc->phase != PHASE_PAUSE && c->gc->phase != PHASE_SWEEP &&
         value_is_collectable(v) && !cell_is_marked(c->gc, value_pointer(v));
}

static void see_nodes(Checker *c, const Table *t) {
  bool weak = t->flags & (TABLE_WEAK_KEYS | TABLE_WEAK_VALUES);
  if (weak)
    c->from_black = false; /* their entries may be white */
  uint32_t used = 0;
  for (int part = 0; part <= (int)table_is_moving(t); part++) {
    NodeRange r = table_nodes(t, part);
    for (uint32_t i = 0; i < r.count; i++) {
      const Node *node = &r.node[i];
      if (node->key == 0)
        continue;
      used += part == 0;
      if (value_is_nil(node->val))
        continue;
      if (weak && (is_hidden(c, node->key) || is_hidden(c, node->val)))
        continue;
      see_value(c, node->key);
      if (value_is_string(node->key) &&
          string_is_loose(value_as_string(node->key)) &&
          value_as_string(node->key)->len <= STRING_SHORT_MAX)
        fail(c, "a short key is not interned: '%s'",
             value_as_string(node->key)->bytes);
      see_value(c, node->val);
    }
  }
  if (used != table_node_header(t)->used)
    fail(c, "%u nodes in use, %u counted", used, table_node_header(t)->used);
}

static void see_table(Checker *c, const Table *t) {
  see_object(c, t->meta, OBJ_TABLE);
  see_values(c, t->inl, table_ninl(t));
  if (table_has_nodes(t)) {
    see_raw(c, table_node_cell(t), table_node_bytes(t));
    NodeRange old = table_nodes(t, 1);
    if (old.node)
      see_raw(c, old.node - 1, table_node_bytes_for(old.count));
    see_nodes(c, t);
  }
  if (table_ext_count(t)) {
    see_raw(c, t->u.ext, table_ext_bytes(t));
    see_values(c, t->u.ext, table_ext_count(t));
  }
  see_raw(c, table_array_cell(t), table_array_bytes(t));
  if (table_asize(t) > table_capacity(t))
    fail(c, "asize %u beyond capacity %u", table_asize(t), table_capacity(t));
  see_values(c, t->arr, table_asize(t));
}

static void see_function(Checker *c, const Function *f) {
  if (function_is_native(f)) {
    see_values(c, &f->upvals[0].value, f->extra);
    return;
  }
  see_object(c, f->of.proto, OBJ_PROTO);
  for (uint32_t i = 0; i < f->extra; i++)
    see_object(c, f->upvals[i].up, OBJ_UPVAL);
}

static void see_proto(Checker *c, const Proto *p) {
  see_object(c, p->source, OBJ_STRING);
  see_raw(c, p->body, 0);
  see_raw(c, p->code, p->code_size);
  see_raw(c, p->linked_map, p->map_count * 2 * sizeof(uint32_t));
  see_values(c, p->consts, p->nconsts);
  for (uint32_t i = 0; i < p->nchildren; i++)
    see_object(c, p->children[i], OBJ_PROTO);
  for (uint32_t i = 0; i < p->nupvals; i++)
    see_object(c, p->upvals[i].name, OBJ_STRING);
  for (uint32_t i = 0; i < p->nvars; i++)
    see_object(c, p->vars[i].name, OBJ_STRING);
}

static bool is_written(const GC *gc, const Value *slot) {
  for (size_t i = 0; i < gc->written.count; i++)
    if (((const UpVal *)(const void *)*list_slot(&gc->written, i))->v == slot)
      return true;
  return false;
}

/* What of a thread's stack was scanned and has not changed, of its open
 * upvalues what the next scan passes over: nothing white, but for slots on
 * `written`. */
static void see_scanned(Checker *c, const Thread *t) {
  const GC *gc = c->gc;
  if (!tracing(gc) || t->scan_cycle != gc->cycle)
    return;
  uint32_t scanned = t->scanned < t->watch ? t->scanned : t->watch;
  bool black = c->from_black;
  c->from_black = true;
  for (const Value *v = t->stack; v < t->stack + scanned; v++)
    if (value_is_collectable(*v) && !cell_is_marked(gc, value_pointer(*v)) &&
        !is_written(gc, v))
      see_value(c, *v);
  const UpVal *last = t->scan_upval;
  if (last && upval_is_open(last) && last->v < t->stack + t->watch)
    for (const UpVal *u = t->open_upvals; u != last; u = u->u.open.next)
      if (u->v < t->stack + t->watch)
        check_cell(c, u, CELL_OBJECT, sizeof *u);
  c->from_black = black;
}

static void see_thread(Checker *c, const Thread *t) {
  see_scanned(c, t);
  see_value(c, t->error);
  see_object(c, t->resumer, OBJ_THREAD);
  see_raw(c, t->stack, t->stack_slots * sizeof(Value));
  see_raw(c, t->tbc, t->tbc_capacity * sizeof *t->tbc);
  const Value *above = t->stack_end;
  for (const UpVal *u = t->open_upvals; u; u = u->u.open.next) {
    see_object(c, u, OBJ_UPVAL);
    if (!upval_is_open(u) || u->u.open.owner != t || u->v >= above ||
        u->v < t->stack)
      fail(c, "open upvalue %p is out of order", (const void *)u);
    above = u->v;
  }
  see_values(c, t->stack, (size_t)(t->top - t->stack));
}

static void see_children(Checker *c, const Object *o) {
  switch (o->type) {
  case OBJ_TABLE:
    see_table(c, (const Table *)(const void *)o);
    break;
  case OBJ_LUA_FUNCTION:
  case OBJ_NATIVE_FUNCTION:
    see_function(c, (const Function *)(const void *)o);
    break;
  case OBJ_USERDATA: {
    const Userdata *u = (const Userdata *)(const void *)o;
    see_object(c, u->meta, OBJ_TABLE);
    see_values(c, u->values, u->nvalues);
    break;
  }
  case OBJ_THREAD:
    see_thread(c, (const Thread *)(const void *)o);
    break;
  case OBJ_PROTO:
    see_proto(c, (const Proto *)(const void *)o);
    break;
  case OBJ_UPVAL: {
    const UpVal *u = (const UpVal *)(const void *)o;
    if (upval_is_open(u))
      see_object(c, u->u.open.owner, OBJ_THREAD);
    else
      see_value(c, u->u.closed);
    break;
  }
  default:
    break;
  }
}

/* ---- the walk ---- */

static void collect_gray(Checker *c) {
  GC *gc = c->gc;
  uint32_t used = gc->gray.used;
  for (const Chunk *chunk = gc->gray.top; chunk; chunk = chunk->below) {
    for (uint32_t i = 0; i < used; i++)
      set_add(&c->gray, chunk->item[i]);
    used = CHUNK_ITEMS;
  }
  for (uint32_t i = 0; i < gc->part_count; i++)
    set_add(&c->gray, gc->part[i].owner);
  for (size_t i = 0; i < gc->touched.count; i++)
    set_add(&c->gray, *list_slot(&gc->touched, i));
  /* searched for white keys when nothing gray is left */
  for (size_t i = gc->ephemeron_next; i < gc->ephemerons.count; i++)
    set_add(&c->gray, *list_slot(&gc->ephemerons, i));
}

static bool is_black(const Checker *c, const Object *o) {
  return cell_is_marked(c->gc, o) && !set_has(&c->gray, o) &&
         !(o->gcbits & GC_UNSCANNED);
}

static void see_root_cell(void *ud, const void *cell) { see_raw(ud, cell, 0); }

static void see_roots(Checker *c) {
  GC *gc = c->gc;
  VM *vm = gc->vm;
  wf_string_each_table(vm, see_root_cell, c);
  see_value(c, vm->acc);
  see_object(c, vm->main, OBJ_THREAD);
  see_object(c, vm->thread, OBJ_THREAD);
  see_object(c, vm->registry, OBJ_TABLE);
  see_object(c, vm->globals, OBJ_TABLE);
  see_object(c, vm->next_function, ANY_TYPE);
  see_object(c, vm->ipairs_iterator, ANY_TYPE);
  see_object(c, vm->memory_message, OBJ_STRING);
  see_object(c, vm->empty, OBJ_STRING);
  for (int i = 0; i < TYPE_COUNT; i++)
    see_object(c, vm->metatables[i], OBJ_TABLE);
  for (int i = 0; i < EVENT_COUNT; i++)
    see_object(c, vm->event_names[i], OBJ_STRING);
  /* the unreachable are roots when they are to be resurrected */
  const Finalizers *f = &gc->finalizers;
  const FinalizerChunk *chunk = f->head;
  bool found = gc->phase != PHASE_SEPARATE && gc->phase != PHASE_CLEAR_VALUES;
  size_t end = found ? f->doomed : f->marked;
  for (size_t n = f->called; n < end; n++) {
    see_object(c, chunk->item[n % FINALIZER_ITEMS], ANY_TYPE);
    if ((n + 1) % FINALIZER_ITEMS == 0)
      chunk = chunk->newer;
  }
}

static size_t live_bytes(const GC *gc) {
  size_t bytes = 0;
  for (uint32_t i = 0; i < gc->segment_count; i++) {
    const SegmentInfo *s = gc->segment[i];
    for (uint32_t b = 1; s && b < BLOCKS; b++) {
      if (s->block[b].class == BLOCK_FREE)
        continue;
      const uint64_t *bits = &s->segment->bits[gc->mark ^ 1][b * BLOCK_WORDS];
      for (uint32_t w = 0; w < BLOCK_WORDS; w++)
        bytes += (size_t)__builtin_popcountll(bits[w]) *
                 wf_heap_class_size[s->block[b].class];
    }
    for (uint32_t page = BLOCK_PAGES; s && page < PAGES; page++)
      bytes += s->span[page] * PAGE_SIZE;
  }
  for (const Segment *s = gc->huge; s; s = s->head.next)
    bytes += s->head.size;
  return bytes;
}

void wf_gc_check(VM *vm) {
  GC *gc = vm->heap.gc;
  Checker c = {.gc = gc};
  bool faulty =
      alloc_set_faulty(false); /* what the check needs is not counted */
  if (gc->phase == PHASE_PAUSE && live_bytes(gc) != gc->bytes)
    fail(&c, "%zu bytes counted, %zu in the bitmap", gc->bytes, live_bytes(gc));
  collect_gray(&c);
  see_roots(&c);
  while (c.todo.count) {
    const Object *o = *list_slot(&c.todo, --c.todo.count);
    bool thread = o->type == OBJ_THREAD; /* no barrier; rescanned */
    if (phase_is_clearing(gc->phase) && !tracing(gc) && !cell_is_marked(gc, o))
      fail(&c, "%p is reachable and unmarked", (const void *)o);
    c.from = o;
    c.from_black = tracing(gc) && !thread && is_black(&c, o);
    see_children(&c, o);
  }
  wf_alloc_free(c.seen.slot);
  wf_alloc_free(c.gray.slot);
  wf_list_free(&c.todo);
  alloc_set_faulty(faulty);
}

/* ---- barriers ---- */

static const char *type_name(const Object *o) {
  switch (o->type) {
  case OBJ_TABLE:
    return "table";
  case OBJ_LUA_FUNCTION:
  case OBJ_NATIVE_FUNCTION:
    return "function";
  case OBJ_USERDATA:
    return "userdata";
  case OBJ_PROTO:
    return "prototype";
  case OBJ_UPVAL:
    return "upvalue";
  case OBJ_STRING:
    return "string";
  case OBJ_THREAD:
    return "thread";
  default:
    return "object";
  }
}

typedef struct BarrierSearch {
  Checker checker;
  const Object *black;
  const void *white;
} BarrierSearch;

static void see_if_black(void *ud, CellKind kind, const void *cell,
                         size_t size) {
  (void)size;
  BarrierSearch *search = ud;
  Checker *c = &search->checker;
  const Object *o = cell;
  if (search->black || kind != CELL_OBJECT)
    return;
  if (o->type == OBJ_THREAD) {
    see_scanned(c, (const Thread *)cell);
  } else if (is_black(c, o)) {
    c->from = o;
    c->from_black = true;
    see_children(c, o);
  }
  if (search->white)
    search->black = o;
}

bool wf_gc_check_barriers(VM *vm, char *text, size_t size) {
  GC *gc = vm->heap.gc;
  if (!tracing(gc))
    return true;
  BarrierSearch search = {.checker = {.gc = gc}};
  search.checker.white = &search.white;
  bool faulty = alloc_set_faulty(false);
  collect_gray(&search.checker);
  wf_heap_each_live(gc, see_if_black, &search);
  wf_alloc_free(search.checker.gray.slot);
  alloc_set_faulty(faulty);
  if (!search.black)
    return true;
  CellKind kind = CELL_RAW;
  size_t bytes;
  wf_heap_find_cell(gc, search.white, &kind, &bytes);
  snprintf(text, size, "the %s %p is black and refers to the white %s %p",
           type_name(search.black), (const void *)search.black,
           kind == CELL_OBJECT ? type_name(search.white) : "cell",
           search.white);
  return false;
}

#ifdef WEFT_BARRIERS
bool wf_gc_omits_barrier(VM *vm, const void *holder, const void *stored) {
  static uint64_t seen, omitted = UINT64_MAX;
  if (omitted == UINT64_MAX) {
    const char *n = getenv("WEFT_BARRIERS_OMIT");
    omitted = n ? strtoull(n, NULL, 10) : 0;
  }
  const GC *gc = vm->heap.gc;
  return omitted && cell_is_marked(gc, holder) && !cell_is_marked(gc, stored) &&
         ++seen == omitted;
}
#endif
