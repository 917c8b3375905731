/* intern.h: the intern table, open addressing with linear probing over 8-byte
 * slots:
 *
 *   bits 63..48: top 16 bits of the hash | bits 47..0: the String
 *   0: never used     1: removed
 *
 * so that a miss, the common case where strings are made, touches no string.
 * It grows by migration: a new table takes over, every later insertion moves
 * a few slots of the old one, lookups ask both meanwhile. Slots of the old
 * table become "removed" as they move, which keeps its probe paths whole.
 *
 * Both tables are raw cells of the heap: a large one consists of fresh pages
 * and goes back to the system in pieces.
 *
 * The collector removes dead strings in slices, from the old table first, if
 * there is one. A table that was replaced between two slices is swept from its
 * start again: `sweeping` is clear in a new one. The sweep is here, so that the
 * two questions it asks for each slot are compiled into it. */
#ifndef WEFT_INTERN_H
#define WEFT_INTERN_H

#include "vm/value/string.h"

typedef struct InternHeader {
  uint64_t *old; /* table being emptied, NULL when there is none */
  uint32_t old_mask, old_next;
  uint32_t removed; /* slots that are 1 */
  uint32_t most;    /* strings when the last sweep began: the next will find as
                       many, so that a table which is smaller after it would
                       have to grow again */
  uint8_t sweeping; /* SWEEP_* */
  uint8_t pad[7];
} InternHeader;
_Static_assert(sizeof(InternHeader) == 32, "header before the slots");

enum { SWEEP_NONE, SWEEP_OLD, SWEEP_NEW };
enum {
  SLOT_FREE = 0,
  SLOT_REMOVED = 1,
  INTERN_LEAST = 1024, /* slots */
  SWEEP_AHEAD = 24,    /* slots between look_ahead and is_dead */
  RUN_MOST = 1024      /* slots swept as one */
};

static inline InternHeader *intern_header(uint64_t *slots) {
  return (InternHeader *)(void *)slots - 1;
}

static inline String *slot_string(uint64_t slot) {
  return (String *)(uintptr_t)(slot & POINTER_MASK);
}

/* Starts a table in which as many strings as there are, or were when the last
 * sweep began, fill at most 3/8.
 * Errors: memory, when nothing is left of the present one (throws). */
void wf_intern_replace(VM *vm);

/* What the collector knows of strings. */
typedef struct StringJudge {
  bool (*is_dead)(VM *vm, String *s);
  void (*look_ahead)(VM *vm, const String *s); /* is_dead(s) is asked soon */
} StringJudge;

/* s is in neither table. */
static inline void intern_put(VM *vm, String *s) {
  uint64_t *slots = vm->strings;
  uint32_t i = (uint32_t)s->hash & vm->string_mask;
  while (slots[i] > SLOT_REMOVED)
    i = (i + 1) & vm->string_mask;
  intern_header(slots)->removed -= (uint32_t)slots[i];
  slots[i] = (s->hash >> TAG_SHIFT << TAG_SHIFT) | (uint64_t)(uintptr_t)s;
}

/* Slots [from, to), all used, with removed ones among them, before a free slot:
 * what is left of them closes up. Each finds its place as in an insertion, so
 * it does not matter what became of the slots before. */
static inline void intern_close_up(VM *vm, uint32_t from, uint32_t to) {
  uint64_t *slots = vm->strings;
  for (uint32_t i = from; i < to; i++) {
    uint64_t slot = slots[i];
    slots[i] = SLOT_FREE;
    if (slot > SLOT_REMOVED)
      intern_put(vm, slot_string(slot));
    else
      intern_header(slots)->removed--;
  }
}

static ALWAYS_INLINE void intern_look_ahead(VM *vm, const uint64_t *slots,
                                            uint64_t i, uint64_t end,
                                            const StringJudge *judge) {
  if (i < end && slots[i] > SLOT_REMOVED)
    judge->look_ahead(vm, slot_string(slots[i]));
}

/* Strings move from the old table to the new one alone, which comes next. */
static ALWAYS_INLINE void intern_sweep_old(VM *vm, InternHeader *h,
                                           uint32_t *cursor, uint32_t count,
                                           const StringJudge *judge) {
  if (h->old) {
    uint64_t size = (uint64_t)h->old_mask + 1;
    uint64_t i = *cursor > h->old_next ? *cursor : h->old_next;
    uint64_t end = i + count < size ? i + count : size;
    for (; i < end; i++) {
      intern_look_ahead(vm, h->old, i + SWEEP_AHEAD, end, judge);
      if (h->old[i] > SLOT_REMOVED &&
          judge->is_dead(vm, slot_string(h->old[i]))) {
        h->old[i] = SLOT_REMOVED;
        vm->string_count--;
      }
    }
    *cursor = (uint32_t)i;
    if (i < size)
      return;
  }
  h->sweeping = SWEEP_NEW;
  *cursor = 0;
}

/* Sweeps used slots from i on; where that ended. */
static ALWAYS_INLINE uint32_t intern_sweep_run(VM *vm, uint32_t i,
                                               const StringJudge *judge) {
  uint64_t *slots = vm->strings;
  InternHeader *h = intern_header(slots);
  uint64_t size = (uint64_t)vm->string_mask + 1;
  uint64_t end = i + RUN_MOST < size ? i + RUN_MOST : size;
  uint32_t first = UINT32_MAX, removed = 0;
  for (; i < end && slots[i] != SLOT_FREE; i++) {
    intern_look_ahead(vm, slots, i + SWEEP_AHEAD, size, judge);
    if (slots[i] > SLOT_REMOVED) {
      if (!judge->is_dead(vm, slot_string(slots[i])))
        continue;
      slots[i] = SLOT_REMOVED;
      h->removed++;
      vm->string_count--;
    }
    if (first > i)
      first = i;
    removed++;
  }
  if (i == size || slots[i] != SLOT_FREE)
    return i;
  if (removed > 0 && removed * 4 >= (i - first) * 3)
    intern_close_up(vm, first, i);
  else /* what is left would be costly to look at */
    for (uint32_t k = i; slots[--k] == SLOT_REMOVED;) {
      slots[k] = SLOT_FREE;
      h->removed--;
    }
  return i;
}

/* Removes dead strings: called by the collector. Examines `count` slots from
 * *cursor; true when the whole table was examined. */
static ALWAYS_INLINE bool intern_sweep(VM *vm, uint32_t *cursor, uint32_t count,
                                       const StringJudge *judge) {
  InternHeader *h = intern_header(vm->strings);
  if (h->sweeping == SWEEP_NONE) {
    *cursor = 0;
    h->most = vm->string_count;
    h->sweeping = h->old ? SWEEP_OLD : SWEEP_NEW;
  }
  if (h->sweeping == SWEEP_OLD) {
    intern_sweep_old(vm, h, cursor, count, judge);
    return false;
  }
  uint64_t i = *cursor, left = (uint64_t)vm->string_mask - i + 1;
  bool done = count >= left;
  for (uint64_t end = i + (done ? left : count); i < end;) {
    if (vm->strings[i] != SLOT_FREE) {
      i = intern_sweep_run(vm, (uint32_t)i, judge);
      continue;
    }
    intern_look_ahead(vm, vm->strings, i + SWEEP_AHEAD, end, judge);
    i++;
  }
  *cursor = (uint32_t)i;
  if (done) {
    *cursor = 0;
    h->sweeping = SWEEP_NONE;
    /* larger than what came since the last sweep needs, or its probe paths lead
     * over removed slots */
    if (!h->old && vm->string_mask > INTERN_LEAST &&
        (h->most < vm->string_mask / 16 || h->removed > vm->string_mask / 4))
      wf_intern_replace(vm);
  }
  return done;
}

#endif
