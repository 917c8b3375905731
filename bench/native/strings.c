/* strings.c: hashing by length, making strings. */
#include "bench/native/host.h"
#include <stdio.h>

/* ---- the hash function --------------------------------------------------- */

static const uint32_t lengths[] = {4, 8, 16, 40, 64, 256, 4096, 65536};
enum { NLENGTHS = sizeof lengths / sizeof lengths[0] };

static void hash(GbState *s, void *ud) {
  static char text[65536];
  const uint32_t *len = ud;
  HashSecret secret;
  wf_hash_secret_init(&secret, 1, false);
  memset(text, 'x', sizeof text);
  GB_LOOP(s) {
    text[0]++;
    gb_keep(wf_hash_bytes(&secret, text, *len));
  }
  gb_set_bytes(s, gb_iterations(s) * *len);
}

/* ---- new strings --------------------------------------------------------- */

/* Texts of 24 bytes that differ in the first eight. */
enum { TEXT = 24, NTEXTS = 4096 };
typedef struct Texts {
  char bytes[NTEXTS][TEXT + 1];
} Texts;
static Texts texts;

static void fill(void) {
  for (int i = 0; i < NTEXTS; i++)
    snprintf(texts.bytes[i], sizeof texts.bytes[i], "%08d, a short string",
             i * 7919);
}

/* All are there already. */
static void intern_hit(Thread *L, GbState *s, const void *ud) {
  (void)ud;
  fill();
  Table *keep = wf_table_new(L->vm, NTEXTS, 0);
  native_push(L, value_from_table(keep));
  for (int i = 0; i < NTEXTS; i++)
    wf_table_set_int(
        L->vm, keep, i + 1,
        value_from_string(wf_string_new(L->vm, texts.bytes[i], TEXT)));
  GB_LOOP(s) {
    for (int i = 0; i < NTEXTS; i++)
      gb_keep((uintptr_t)wf_string_new(L->vm, texts.bytes[i], TEXT));
    gc_safepoint(L, L->vm);
  }
  gb_set_items(s, gb_iterations(s) * NTEXTS);
}

/* None is there: each iteration makes new ones, the old ones are garbage. */
static void intern_miss(Thread *L, GbState *s, const void *ud) {
  (void)ud;
  fill();
  uint64_t serial = 0;
  GB_LOOP(s) {
    for (int i = 0; i < NTEXTS; i++) {
      serial++;
      memcpy(texts.bytes[i], &serial, sizeof serial);
      gb_keep((uintptr_t)wf_string_new(L->vm, texts.bytes[i], TEXT));
    }
    gc_safepoint(L, L->vm);
  }
  gb_set_items(s, gb_iterations(s) * NTEXTS);
}

static void long_string(Thread *L, GbState *s, const void *ud) {
  static char text[65536];
  const uint32_t *len = ud;
  memset(text, 'x', sizeof text);
  GB_LOOP(s) {
    gb_keep((uintptr_t)wf_string_new(L->vm, text, *len));
    gc_safepoint(L, L->vm);
  }
  gb_set_items(s, gb_iterations(s));
  gb_set_bytes(s, gb_iterations(s) * *len);
}

void bench_strings(void) {
  char name[40];
  for (int i = 0; i < NLENGTHS; i++) {
    uint32_t len = lengths[i];
    snprintf(name, sizeof name, "hash_%u_bytes", len);
    names_register("string", name, hash, (void *)(uintptr_t)&lengths[i]);
    if (len > STRING_SHORT_MAX) {
      snprintf(name, sizeof name, "new_%u_bytes", len);
      host_register("string", name, long_string, &lengths[i]);
    }
  }
  host_register("string", "intern_hit", intern_hit, NULL);
  host_register("string", "intern_miss", intern_miss, NULL);
}
