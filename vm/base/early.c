/* early.c: a stack of blocks. What was never handed out is zero, being .bss,
 * and no page of it exists before it is written to. */
#include "vm/base/early.h"
#include <string.h>

typedef struct Head {
  uint32_t size;   /* of the block, a multiple of 16 */
  uint32_t before; /* offset of the head before it */
  bool free;
} Head;

enum { ALIGN = 16 };
_Static_assert(sizeof(Head) <= ALIGN, "the head keeps the block aligned");

_Alignas(ALIGN) char wf_early_region[EARLY_SIZE];
static uint32_t used, last; /* bytes; offset of the last head */
static uint32_t reached;    /* most bytes ever used: the rest is zero */

static Head *head_at(uint32_t offset) {
  return (Head *)(void *)(wf_early_region + offset);
}
static Head *head_of(const void *p) {
  return head_at((uint32_t)((const char *)p - wf_early_region) - ALIGN);
}

/* Rounds up; false when the block from `start` on would leave the region. */
static bool fits(uint32_t start, size_t size, uint32_t *rounded) {
  if (size > EARLY_SIZE - ALIGN)
    return false;
  *rounded = (uint32_t)(size + ALIGN - 1) & ~(uint32_t)(ALIGN - 1);
  return *rounded <= EARLY_SIZE - start;
}

static void set_used(uint32_t n) {
  used = n;
  if (n > reached)
    reached = n;
}

void *wf_early_get(size_t size) {
  uint32_t rounded, start = used + ALIGN;
  if (start > EARLY_SIZE || !fits(start, size, &rounded))
    return NULL;
  *head_at(used) = (Head){.size = rounded, .before = last};
  last = used;
  set_used(start + rounded);
  return wf_early_region + start;
}

void *wf_early_zeroed(size_t size) {
  uint32_t dirty = reached;
  char *p = wf_early_get(size);
  if (!p)
    return NULL;
  uint32_t start = (uint32_t)(p - wf_early_region);
  if (start < dirty)
    memset(p, 0, size < dirty - start ? size : dirty - start);
  return p;
}

bool wf_early_resize(void *p, size_t size) {
  Head *h = head_of(p);
  if (size <= h->size)
    return true;
  uint32_t rounded, start = (uint32_t)((char *)p - wf_early_region);
  if (h != head_at(last) || !fits(start, size, &rounded))
    return false;
  h->size = rounded;
  set_used(start + rounded);
  return true;
}

size_t wf_early_size(const void *p) { return head_of(p)->size; }

void wf_early_free(void *p) {
  head_of(p)->free = true;
  while (used > 0 && head_at(last)->free) {
    used = last;
    last = head_at(last)->before;
  }
}
