/* list.c: lists of objects that the collector notes while it works. Items stand
 * in chunks, so that growing never copies them. */
#include "vm/gc/collector.h"

static bool add_chunk(List *list) {
  if (list->chunks == list->capacity) {
    size_t n = list->capacity ? list->capacity * 2 : 8;
    Object ***chunk = wf_alloc_resize(list->chunk, n * sizeof *chunk);
    if (!chunk)
      return false;
    list->chunk = chunk;
    list->capacity = n;
  }
  Object **items = wf_alloc_get(LIST_CHUNK * sizeof *items);
  if (!items)
    return false;
  list->chunk[list->chunks++] = items;
  return true;
}

bool wf_list_add(List *list, Object *o) {
  if (list->count == list->chunks * LIST_CHUNK && !add_chunk(list))
    return false;
  *list_slot(list, list->count++) = o;
  return true;
}

void wf_list_free(List *list) {
  for (size_t i = 0; i < list->chunks; i++)
    wf_alloc_free(list->chunk[i]);
  wf_alloc_free(list->chunk);
  *list = (List){0};
}
