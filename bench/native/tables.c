/* tables.c: raw table accesses by kind of key and size of the table.
 *
 * An iteration visits every key once, in an order that jumps about; an item is
 * one key. */
#include "bench/native/host.h"
#include <stdio.h>

typedef enum KeyKind { ITEMS, SPARSE, STRINGS, NKINDS } KeyKind;
static const char *const kind_names[] = {"items", "sparse_ints", "strings"};
static const uint32_t sizes[] = {4, 16, 256, 4096, 65536};
enum { NSIZES = sizeof sizes / sizeof sizes[0], STEP = 7919 };

typedef struct Case {
  KeyKind kind;
  uint32_t size;
} Case;
static Case cases[NKINDS][NSIZES];

/* Key number i of a table. */
static Value make_key(VM *vm, KeyKind kind, uint32_t i) {
  if (kind == ITEMS)
    return value_from_inline_int(i + 1);
  if (kind == SPARSE)
    return value_from_inline_int((int64_t)i * 100003 + 1000000);
  char text[32];
  int len = snprintf(text, sizeof text, "key%u", i);
  return value_from_string(wf_string_new(vm, text, (size_t)len));
}

/* Pushes a table of the keys [first, first + n) in jumping order; they are
 * alive as long as it is. */
static const Value *push_keys(Thread *L, const Case *c, uint32_t first) {
  Table *keys = wf_table_new(L->vm, c->size + 1, 0);
  native_push(L, value_from_table(keys));
  uint32_t at = 0;
  for (uint32_t i = 1; i <= c->size; i++) {
    wf_table_set_int(L->vm, keys, i, make_key(L->vm, c->kind, first + at));
    at = (at + STEP) & (c->size - 1); /* sizes are powers of two */
  }
  return keys->arr + 1;
}

static Table *push_table(Thread *L, const Value *keys, uint32_t n) {
  Table *t = wf_table_new(L->vm, 0, 0);
  native_push(L, value_from_table(t));
  for (uint32_t i = 0; i < n; i++)
    wf_table_set(L->vm, t, keys[i], keys[i]);
  return t;
}

static void items(GbState *s, const Case *c) {
  gb_set_items(s, gb_iterations(s) * c->size);
}

static void get_hit(Thread *L, GbState *s, const void *ud) {
  const Case *c = ud;
  const Value *keys = push_keys(L, c, 0);
  Table *t = push_table(L, keys, c->size);
  GB_LOOP(s) {
    for (uint32_t i = 0; i < c->size; i++)
      gb_keep(wf_table_get(L->vm, t, keys[i]));
  }
  items(s, c);
}

static void get_miss(Thread *L, GbState *s, const void *ud) {
  const Case *c = ud;
  const Value *keys = push_keys(L, c, 0);
  const Value *other = push_keys(L, c, c->size + 1);
  Table *t = push_table(L, keys, c->size);
  GB_LOOP(s) {
    for (uint32_t i = 0; i < c->size; i++)
      gb_keep(wf_table_get(L->vm, t, other[i]));
  }
  items(s, c);
}

static void set_existing(Thread *L, GbState *s, const void *ud) {
  const Case *c = ud;
  const Value *keys = push_keys(L, c, 0);
  Table *t = push_table(L, keys, c->size);
  GB_LOOP(s) {
    for (uint32_t i = 0; i < c->size; i++)
      wf_table_set(L->vm, t, keys[i], VALUE_TRUE);
  }
  items(s, c);
}

/* An empty table grows to the size. */
static void grow(Thread *L, GbState *s, const void *ud) {
  const Case *c = ud;
  const Value *keys = push_keys(L, c, 0);
  GB_LOOP(s) {
    Table *t = push_table(L, keys, c->size);
    gb_keep((uintptr_t)t);
    native_pop(L);
    gc_safepoint(L, L->vm);
  }
  items(s, c);
}

/* Each key is deleted and another one inserted. */
static void insert_delete(Thread *L, GbState *s, const void *ud) {
  const Case *c = ud;
  const Value *keys = push_keys(L, c, 0);
  const Value *other = push_keys(L, c, c->size + 1);
  Table *t = push_table(L, keys, c->size);
  GB_LOOP(s) {
    for (uint32_t i = 0; i < c->size; i++) {
      wf_table_set(L->vm, t, keys[i], VALUE_NIL);
      wf_table_set(L->vm, t, other[i], VALUE_TRUE);
    }
    const Value *swap = keys;
    keys = other;
    other = swap;
    gc_safepoint(L, L->vm);
  }
  items(s, c);
}

static void iterate(Thread *L, GbState *s, const void *ud) {
  const Case *c = ud;
  const Value *keys = push_keys(L, c, 0);
  Table *t = push_table(L, keys, c->size);
  uint32_t found = 0;
  GB_LOOP(s) {
    Value entry[2];
    uint32_t cursor = 0;
    for (found = 0; wf_table_next_at(L->vm, t, &cursor, entry); found++)
      gb_keep(entry[1]);
  }
  if (found != c->size)
    wf_error_format(L, "%u entries instead of %u", found, c->size);
  items(s, c);
}

static void each_size(const char *what, HostWork work, KeyKind kind) {
  for (int i = 0; i < NSIZES; i++) {
    char name[64];
    snprintf(name, sizeof name, "%s_%s_%u", what, kind_names[kind], sizes[i]);
    host_register("table", name, work, &cases[kind][i]);
  }
}

void bench_tables(void) {
  for (int kind = 0; kind < NKINDS; kind++) {
    for (int i = 0; i < NSIZES; i++)
      cases[kind][i] = (Case){(KeyKind)kind, sizes[i]};
    each_size("get", get_hit, (KeyKind)kind);
    each_size("get_absent", get_miss, (KeyKind)kind);
    each_size("set", set_existing, (KeyKind)kind);
    each_size("grow", grow, (KeyKind)kind);
    each_size("iterate", iterate, (KeyKind)kind);
  }
  each_size("insert_delete", insert_delete, SPARSE);
  each_size("insert_delete", insert_delete, STRINGS);
}
