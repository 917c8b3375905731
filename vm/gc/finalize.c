/* finalize.c: objects with __gc: registered, found unreachable, finalized.
 *
 * Registration appends to one list; an object is on it once (GC_FINALIZER).
 * After tracing, the unreachable ones move to the queue of the doomed, the
 * latest registered first, and are roots until their finalizer has been called,
 * at some safepoint soon after. Calling unregisters: the finalizer may register
 * its object again. Room in the queue is reserved at registration, so a
 * collection never needs memory for it.
 *
 * The collector stands still while a finalizer runs, unless memory is short.
 * When the VM closes, all registered objects are finalized, and registering no
 * longer has an effect (manual 2.5.3). */
#include "vm/gc/collector.h"
#include "vm/value/table.h"
#include <string.h>

enum { SEPARATE_WORK = 16 };

static bool list_reserve(List *list, size_t count) {
  if (count <= list->capacity)
    return true;
  size_t n = list->capacity ? list->capacity : 16;
  while (n < count)
    n *= 2;
  Object **item = wf_alloc_resize(list->item, n * sizeof *item);
  if (!item)
    return false;
  list->item = item;
  list->capacity = n;
  return true;
}

bool wf_finalize_list_add(List *list, Object *o) {
  if (!list_reserve(list, list->count + 1))
    return false;
  list->item[list->count++] = o;
  return true;
}

void wf_gc_register_finalizer(VM *vm, Object *o) {
  GC *gc = vm->heap.gc;
  if (gc->closing || (o->gcbits & GC_FINALIZER))
    return;
  if (!list_reserve(&gc->doomed,
                    gc->doomed.count + gc->finalizable.count + 1) ||
      !wf_finalize_list_add(&gc->finalizable, o))
    wf_error_memory(vm);
  o->gcbits |= GC_FINALIZER;
}

/* Reverses items [from, count): the latest registered comes first. */
static void reverse(List *list, size_t from) {
  for (size_t i = from, j = list->count; i + 1 < j; i++) {
    Object *o = list->item[i];
    list->item[i] = list->item[--j];
    list->item[j] = o;
  }
}

bool wf_finalize_separate(GC *gc) {
  List *list = &gc->finalizable;
  if (gc->separate_from == 0)
    gc->separate_start = gc->doomed.count; /* nothing found yet */
  size_t i = gc->separate_from, kept = gc->separate_to;
  for (; i < list->count && gc->work > 0; i++) {
    Object *o = list->item[i];
    gc->work -= SEPARATE_WORK;
    if (cell_is_marked(gc, o))
      list->item[kept++] = o;
    else
      gc->doomed.item[gc->doomed.count++] = o;
  }
  gc->separate_from = i;
  gc->separate_to = kept;
  if (i < list->count)
    return false;
  list->count = kept;
  gc->separate_from = gc->separate_to = 0;
  reverse(&gc->doomed, gc->separate_start);
  return true;
}

static Object *next_doomed(GC *gc) {
  List *list = &gc->doomed;
  Object *o = list->item[gc->doomed_next++];
  size_t done = gc->doomed_next;
  if (done < list->count && (done < 1024 || done < list->count / 2))
    return o;
  memmove(list->item, list->item + done,
          (list->count - done) * sizeof *list->item);
  list->count -= done;
  gc->doomed_marked -= done < gc->doomed_marked ? done : gc->doomed_marked;
  gc->doomed_next = 0;
  return o;
}

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
  List *list = &gc->finalizable;
  for (size_t i = list->count; i-- > 0;)
    gc->doomed.item[gc->doomed.count++] = list->item[i];
  list->count = 0;
}

void wf_finalize_close(GC *gc) {
  wf_alloc_free(gc->finalizable.item);
  wf_alloc_free(gc->doomed.item);
}
