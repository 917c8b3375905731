/* finalize.c: objects with __gc: registered, found unreachable, finalized.
 *
 * Registration appends to one list of chunks; an object is on it once
 * (GC_FINALIZER). After tracing, the unreachable ones move to the queue of the
 * doomed, the latest registered first, and are roots until their finalizer has
 * been called, at some safepoint soon after. Calling unregisters: the finalizer
 * may register its object again. Chunks for the queue are reserved at
 * registration, so a collection never needs memory for it. A step looks at a
 * chunk at least, and closes gaps by joining it with the newer one: its time
 * does not depend on how many objects there are. Only closing takes all at once.
 *
 * The collector stands still while a finalizer runs, unless memory is short.
 * When the VM closes, all registered objects are finalized, and registering no
 * longer has an effect (manual 2.5.3). */
#include "vm/gc/collector.h"
#include "vm/value/table.h"
#include <string.h>

enum { SEPARATE_WORK = 16 }; /* units to look at one */

/* ---- chunks ---- */

/* How many the queue may need for those in it and `registered` ones: the first
 * and the last are not full. */
static size_t chunks_needed(const GC *gc, size_t registered) {
  return (finalize_queue(gc) + registered) / FINALIZER_ITEMS + 2;
}

static bool reserve_chunks(GC *gc, size_t count) {
  Finalizers *f = &gc->finalizers;
  while (f->chunks < count) {
    FinalizerChunk *c = wf_alloc_get(sizeof *c);
    if (!c)
      return false;
    c->newer = f->spare;
    f->spare = c;
    f->chunks++;
  }
  return true;
}

static void append_doomed(GC *gc, Object *o) {
  Finalizers *f = &gc->finalizers;
  if (f->doomed % FINALIZER_ITEMS == 0) {
    FinalizerChunk *c = f->spare;
    CHECK(c != NULL);
    f->spare = c->newer;
    c->newer = NULL;
    if (f->head)
      f->tail->newer = c;
    else
      f->head = c;
    f->tail = c;
    if (!f->marking)
      f->marking = c;
  }
  f->tail->item[f->doomed++ % FINALIZER_ITEMS] = o;
}

static Object *next_doomed(GC *gc) {
  Finalizers *f = &gc->finalizers;
  FinalizerChunk *c = f->head;
  Object *o = c->item[f->called % FINALIZER_ITEMS];
  if (f->marked == f->called)
    finalize_marked_one(f);
  if (++f->called % FINALIZER_ITEMS > 0)
    return o;
  f->head = c->newer;
  if (f->chunks > chunks_needed(gc, f->registered) + 1) {
    f->chunks--;
    wf_alloc_free(c);
  } else {
    c->newer = f->spare;
    f->spare = c;
  }
  return o;
}

/* ---- registration and separation ---- */

void wf_gc_register_finalizer(VM *vm, Object *o) {
  GC *gc = vm->heap.gc;
  Finalizers *f = &gc->finalizers;
  if (gc->closing || (o->gcbits & GC_FINALIZER))
    return;
  FinalizerChunk *c = f->newest;
  if (!reserve_chunks(gc, chunks_needed(gc, f->registered + 1)))
    wf_error_memory(vm);
  if (!c || c->count == FINALIZER_ITEMS) {
    c = wf_alloc_get(sizeof *c);
    if (!c)
      wf_error_memory(vm);
    c->count = 0;
    c->newer = NULL;
    c->older = f->newest;
    if (c->older)
      c->older->newer = c;
    f->newest = c;
  }
  c->item[c->count++] = o;
  f->registered++;
  o->gcbits |= GC_FINALIZER;
}

void wf_finalize_begin(GC *gc) {
  gc->finalizers.separate = gc->finalizers.newest;
}

/* Moves the unreachable ones to the queue, the latest first. */
static void separate_chunk(GC *gc, FinalizerChunk *c) {
  uint32_t kept = c->count, before = c->count;
  for (uint32_t i = before; i-- > 0;) {
    Object *o = c->item[i];
    if (cell_is_marked(gc, o))
      c->item[--kept] = o;
    else
      append_doomed(gc, o);
  }
  if (kept == 0)
    return;
  c->count = before - kept;
  memmove(c->item, c->item + kept, c->count * sizeof *c->item);
  gc->finalizers.registered -= kept;
}

/* Takes over what is in the newer chunk, if that fits. */
static void join_newer(Finalizers *f, FinalizerChunk *c) {
  FinalizerChunk *newer = c->newer;
  if (!newer || c->count + newer->count > FINALIZER_ITEMS)
    return;
  memcpy(c->item + c->count, newer->item, newer->count * sizeof *c->item);
  c->count += newer->count;
  c->newer = newer->newer;
  if (c->newer)
    c->newer->older = c;
  else
    f->newest = c;
  wf_alloc_free(newer);
}

bool wf_finalize_separate(GC *gc) {
  Finalizers *f = &gc->finalizers;
  FinalizerChunk *c;
  while ((c = f->separate) != NULL && gc->work > 0) {
    gc->work -= (ptrdiff_t)(SEPARATE_WORK * (c->count + 1));
    separate_chunk(gc, c);
    join_newer(f, c);
    f->separate = c->older;
  }
  return f->separate == NULL;
}

/* ---- calling ---- */

/* GC: runs Lua. */
static void finalize_one(Thread *L, GC *gc) {
  VM *vm = gc->vm;
  Object *o = next_doomed(gc);
  o->gcbits &= (uint8_t)~GC_FINALIZER;
  bool is_table = o->type == OBJ_TABLE;
  Value object = value_make(is_table ? TAG_TABLE : TAG_OBJECT, o);
  Table *meta =
      is_table ? value_as_table(object)->meta : value_as_userdata(object)->meta;
  if (!meta)
    return;
  Value finalizer = wf_table_get_string(vm, meta, vm->event_names[EVENT_GC]);
  if (value_is_nil(finalizer))
    return;
  gc->finalizing = true;
  gc->call(L, finalizer, object);
  gc->finalizing = false;
}

void wf_finalize_call(Thread *L, size_t most) {
  GC *gc = L->vm->heap.gc;
  if (gc->finalizing)
    return;
  CHECK(!phase_is_clearing(gc->phase));
  while (most-- > 0 && finalize_is_due(gc))
    finalize_one(L, gc);
}

void wf_finalize_doom_all(GC *gc) {
  gc->closing = true;
  Finalizers *f = &gc->finalizers;
  for (FinalizerChunk *c = f->newest; c; c = f->newest) {
    for (uint32_t i = c->count; i-- > 0;)
      append_doomed(gc, c->item[i]);
    f->registered -= c->count;
    f->newest = c->older;
    wf_alloc_free(c);
  }
}

static void free_chunks(FinalizerChunk *c) {
  while (c) {
    FinalizerChunk *newer = c->newer;
    wf_alloc_free(c);
    c = newer;
  }
}

void wf_finalize_close(GC *gc) {
  Finalizers *f = &gc->finalizers;
  free_chunks(f->head);
  free_chunks(f->spare);
  while (f->newest) {
    FinalizerChunk *c = f->newest;
    f->newest = c->older;
    wf_alloc_free(c);
  }
}
