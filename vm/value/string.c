/* string.c: strings and insertion into the intern table, whose layout and sweep
 * are in intern.h.
 *
 * Slots are not roots. While the collector works (vm->barrier) a string found
 * here may be unmarked: it is handed back as alive. */
#include "vm/value/string.h"
#include "vm/base/alloc.h"
#include "vm/gc/gc.h"
#include "vm/value/intern.h"
#include "vm/value/value_hooks.h"

enum {
  SHRINK_MOST = 8, /* times, at once */
  /* Old slots moved per insertion, times old size / new size: the old table is
   * empty after new size / 32 insertions, long before the new one is full. */
  MIGRATE_STEP = 32,
  MIGRATE_AHEAD = 16,    /* slots between prefetch and use */
  SITE_SAMPLE = 64,      /* strings of a place by which it is judged */
  SITE_SAMPLED_BITS = 5, /* one of 32 is in the sample */
  SITE_SPAN = 4096,      /* strings after which the keys among them are half
                            forgotten,      or no longer expected */
  SITE_HELD_LONG = UINT16_MAX /* strings for which equal ones are expected */
};

static size_t table_bytes(uint32_t mask) {
  return sizeof(InternHeader) + ((size_t)mask + 1) * sizeof(uint64_t);
}

static uint64_t *new_slots(VM *vm, uint32_t count) {
  size_t bytes;
  if (!alloc_mul(count, sizeof(uint64_t), &bytes))
    return NULL;
  InternHeader *h = wf_gc_try_alloc_zeroed(vm, sizeof *h + bytes);
  return h ? (uint64_t *)(void *)(h + 1) : NULL;
}

static uint64_t load64(const char *p) {
  uint64_t v;
  memcpy(&v, p, sizeof v);
  return v;
}
static uint32_t load32(const char *p) {
  uint32_t v;
  memcpy(&v, p, sizeof v);
  return v;
}

/* memcmp for the lengths of interned strings: see string_copy_short. */
static ALWAYS_INLINE bool same_bytes(const char *a, const char *b, size_t len) {
  if (len >= 8) {
    for (size_t i = 0; i + 8 < len; i += 8)
      if (load64(a + i) != load64(b + i))
        return false;
    return load64(a + len - 8) == load64(b + len - 8);
  }
  if (len >= 4)
    return load32(a) == load32(b) && load32(a + len - 4) == load32(b + len - 4);
  return len == 0 ||
         (a[0] == b[0] && a[len / 2] == b[len / 2] && a[len - 1] == b[len - 1]);
}

static ALWAYS_INLINE String *find(const uint64_t *slots, uint32_t mask,
                                  uint64_t hash, const char *bytes,
                                  size_t len) {
  for (uint32_t i = (uint32_t)hash & mask;; i = (i + 1) & mask) {
    uint64_t slot = slots[i];
    if (slot == SLOT_FREE)
      return NULL;
    if (slot >> TAG_SHIFT == hash >> TAG_SHIFT && slot != SLOT_REMOVED) {
      String *s = slot_string(slot);
      if (s->hash == hash && s->len == len && same_bytes(s->bytes, bytes, len))
        return s;
    }
  }
}

/* Moves up to `count` slots of the old table. */
static void migrate(VM *vm, uint32_t count) {
  InternHeader *h = intern_header(vm->strings);
  uint64_t *old = h->old;
  uint64_t size = (uint64_t)h->old_mask + 1;
  uint64_t i = h->old_next;
  uint64_t end = i + count < size ? i + count : size;
  for (; i < end; i++) {
    if (i + MIGRATE_AHEAD < size)
      __builtin_prefetch(slot_string(old[i + MIGRATE_AHEAD]));
    if (old[i] > SLOT_REMOVED) {
      intern_put(vm, slot_string(old[i]));
      old[i] = SLOT_REMOVED;
    }
  }
  h->old_next = (uint32_t)i;
  if (i == size) {
    h->old = NULL;
    wf_gc_release(vm, intern_header(old), table_bytes(h->old_mask));
  }
}

COLDFN void wf_intern_replace(VM *vm) {
  uint32_t size = (vm->string_mask + 1) / SHRINK_MOST;
  uint32_t most = intern_header(vm->strings)->most;
  if (most < vm->string_count)
    most = vm->string_count;
  if (size < INTERN_LEAST)
    size = INTERN_LEAST;
  while (size / 8 * 3 < most && size < 1u << 31)
    size *= 2;
  uint64_t *slots = new_slots(vm, size);
  if (!slots) {
    InternHeader *h = intern_header(vm->strings);
    if (vm->string_count + h->removed + 1 >= vm->string_mask)
      wf_error_memory(vm);
    return;
  }
  InternHeader *h = intern_header(slots);
  h->old = vm->strings;
  h->old_mask = vm->string_mask;
  h->most = most;
  vm->strings = slots;
  vm->string_mask = size - 1;
}

static ALWAYS_INLINE String *init_object(String *s, size_t len, uint8_t flags) {
  s->type = OBJ_STRING;
  s->gcbits = 0;
  s->flags = flags;
  s->extra = 0;
  s->len = (uint32_t)len;
  s->bytes[len] = '\0';
  return s;
}

static ALWAYS_INLINE String *new_object(VM *vm, size_t len, uint8_t flags) {
  return init_object(gc_alloc(vm, sizeof(String) + len + 1), len, flags);
}

String *wf_string_new_long(VM *vm, size_t len) {
  if (UNLIKELY(len > STRING_LEN_MAX))
    wf_error_format(vm->thread, "string length overflow");
  String *s = new_object(vm, len, STRING_LOOSE);
  s->hash = 0;
  return s;
}

String *wf_string_try_long(VM *vm, size_t len) {
  if (UNLIKELY(len > STRING_LEN_MAX))
    wf_error_format(vm->thread, "string length overflow");
  String *s = wf_heap_try(vm, sizeof *s + len + 1, CELL_OBJECT);
  if (UNLIKELY(!s))
    return NULL;
  init_object(s, len, STRING_LOOSE);
  s->hash = 0;
  return s;
}

static NOINLINE String *new_long(VM *vm, const char *bytes, size_t len) {
  String *s = wf_string_new_long(vm, len);
  memcpy(s->bytes, bytes, len);
  return s;
}

/* The interned string of these bytes, alive; NULL: there is none. */
static ALWAYS_INLINE String *find_interned(VM *vm, uint64_t hash,
                                           const char *bytes, size_t len) {
  String *s = find(vm->strings, vm->string_mask, hash, bytes, len);
  const InternHeader *h = intern_header(vm->strings);
  if (!s && UNLIKELY(h->old != NULL))
    s = find(h->old, h->old_mask, hash, bytes, len);
  if (s && UNLIKELY(vm->barrier))
    wf_gc_revive_string(vm, s);
  return s;
}

/* Room for one more; moves some of the old table.
 * Errors: memory, when nothing is left of the present one (throws). */
static ALWAYS_INLINE void prepare_insertion(VM *vm) {
  InternHeader *h = intern_header(vm->strings);
  if (UNLIKELY(h->old != NULL)) {
    uint32_t ratio = h->old_mask / vm->string_mask;
    migrate(vm, MIGRATE_STEP * (ratio ? ratio : 1));
  } else if (UNLIKELY(vm->string_count + h->removed >=
                      vm->string_mask - vm->string_mask / 4)) {
    wf_intern_replace(vm);
  }
}

static ALWAYS_INLINE String *intern(VM *vm, const char *bytes, size_t len,
                                    uint16_t *existed) {
  uint64_t hash = wf_hash_bytes(&vm->secret, bytes, len);
  String *s = find_interned(vm, hash, bytes, len);
  if (s) {
    ++*existed;
    return s;
  }
  prepare_insertion(vm);
  s = new_object(vm, len, STRING_HASHED);
  s->hash = hash;
  string_copy_short(s->bytes, bytes, len);
  intern_put(vm, s);
  vm->string_count++;
  return s;
}

String *wf_string_new(VM *vm, const char *bytes, size_t len) {
  if (UNLIKELY(len > STRING_SHORT_MAX))
    return new_long(vm, bytes, len);
  uint16_t existed = 0;
  return intern(vm, bytes, len, &existed);
}

/* ---- loose strings ---- */

#if defined WEFT_STRESS || defined WEFT_BARRIERS
enum { ALL_LOOSE = true }; /* gives what takes a key for interned a chance */
#else
enum { ALL_LOOSE = false };
#endif

static void site_becomes(StringSite *at, SiteMode mode, uint16_t strings) {
  *at = (StringSite){.mode = (uint8_t)mode, .left = strings};
}

/* As many were interned as its mode was for; one more comes. */
static NOINLINE void judge_site(StringSite *at) {
  if (at->mode == SITE_NEW || at->mode == SITE_HELD)
    site_becomes(at, SITE_SAMPLED, SITE_SAMPLE);
  else if (at->existed < SITE_SAMPLE / 4)
    site_becomes(at, SITE_LOOSE, SITE_SAMPLE);
  else if (at->mode == SITE_LOOSE)
    site_becomes(at, SITE_HELD, SITE_HELD_LONG);
  else
    site_becomes(at, SITE_SAMPLED, SITE_SAMPLE);
  at->left--;
}

/* The same strings are sampled each time, so that it is seen how many are made
 * again. */
static ALWAYS_INLINE bool is_sample(const char *bytes, size_t len) {
  uint64_t start = len, end;
  if (len >= 8) {
    start = load64(bytes);
    end = load64(bytes + len - 8);
  } else if (len >= 4) {
    end = (uint64_t)load32(bytes) << 32 | load32(bytes + len - 4);
  } else {
    end = (uint64_t)(uint8_t)bytes[0] << 32 |
          (uint64_t)(uint8_t)bytes[len / 2] << 16 | (uint8_t)bytes[len - 1];
  }
  uint64_t mixed = end * 0x9E3779B97F4A7C15u ^ start * 0xC2B2AE3D27D4EB4Fu;
  return mixed >> (64 - SITE_SAMPLED_BITS) == 0;
}

/* A loose string is used as a key for the first time. */
static void note_key(StringSite *at, bool existed) {
  if (at->mode != SITE_LOOSE)
    return;
  at->keys += existed ? 3 : 1;
  unsigned made = at->made < SITE_SAMPLE ? SITE_SAMPLE : at->made;
  if (at->keys >= made / 4 * 3)
    site_becomes(at, SITE_HELD, SITE_SPAN);
}

static NOINLINE String *make_sample(VM *vm, StringSite *at, const char *bytes,
                                    size_t len) {
  if (UNLIKELY(at->left-- == 0))
    judge_site(at);
  return intern(vm, bytes, len, &at->existed);
}

String *wf_string_make(VM *vm, uint32_t site, const char *bytes, size_t len) {
  StringSite *at = &vm->string_sites[site];
  if (UNLIKELY(len > STRING_SHORT_MAX))
    return new_long(vm, bytes, len);
  if (len == 0)
    return vm->empty;
  if (at->mode != SITE_LOOSE && !ALL_LOOSE) {
    if (UNLIKELY(at->left-- == 0))
      judge_site(at);
    return intern(vm, bytes, len, &at->existed);
  }
  if (UNLIKELY(is_sample(bytes, len)) && !ALL_LOOSE)
    return make_sample(vm, at, bytes, len);
  if (UNLIKELY(++at->made == SITE_SPAN)) {
    at->made /= 2;
    at->keys /= 2;
  }
  String *s = new_object(vm, len, STRING_LOOSE);
  s->hash = site;
  string_copy_short(s->bytes, bytes, len);
  return s;
}

String *wf_string_find_key(VM *vm, String *s) {
  if (s->len > STRING_SHORT_MAX)
    return s;
  bool first = !(s->flags & STRING_HASHED);
  uint32_t site = (uint32_t)s->hash;
  uint64_t hash = string_hash(vm, s);
  String *found = find_interned(vm, hash, s->bytes, s->len);
  if (first)
    note_key(&vm->string_sites[site], found != NULL);
  return found;
}

String *wf_string_intern(VM *vm, String *s) {
  String *found = wf_string_find_key(vm, s);
  if (found)
    return found;
  prepare_insertion(vm);
  s->flags &= (uint8_t)~STRING_LOOSE;
  intern_put(vm, s);
  vm->string_count++;
  if (UNLIKELY(vm->barrier)) /* it may have come out of a weak table */
    wf_gc_revive_string(vm, s);
  return s;
}

String *wf_string_from_cstr(VM *vm, const char *s) {
  return wf_string_new(vm, s, strlen(s));
}

uint64_t wf_string_hash_loose(VM *vm, String *s) {
  s->hash = wf_hash_bytes(&vm->secret, s->bytes, s->len);
  s->flags |= STRING_HASHED;
  return s->hash;
}

bool wf_string_equal_loose(const String *a, const String *b) {
  if (a->len != b->len)
    return false;
  if ((a->flags & b->flags & STRING_HASHED) && a->hash != b->hash)
    return false;
  return memcmp(a->bytes, b->bytes, a->len) == 0;
}

int wf_string_compare(const String *a, const String *b) {
  const char *p = a->bytes, *q = b->bytes;
  const char *p_end = p + a->len, *q_end = q + b->len;
  for (;;) {
    int order = strcoll(p, q);
    if (order != 0)
      return order;
    /* equal up to the next NUL of both */
    p += strlen(p);
    q += strlen(q);
    if (q == q_end)
      return p != p_end;
    if (p == p_end)
      return -1;
    p++;
    q++;
  }
}

bool wf_string_open(VM *vm) {
  vm->strings = new_slots(vm, INTERN_LEAST);
  if (!vm->strings)
    return false;
  vm->string_mask = INTERN_LEAST - 1;
  vm->string_count = 0;
  for (uint32_t e = 0; e < EVENT_COUNT; e++) {
    String *name = wf_string_from_cstr(vm, wf_state_event_names[e]);
    name->extra = (uint8_t)(e + 1);
    vm->event_names[e] = name;
  }
  vm->memory_message = wf_string_from_cstr(vm, "not enough memory");
  vm->empty = wf_string_new(vm, "", 0);
  return true;
}

void wf_string_close(VM *vm) {
  vm->strings = NULL; /* the heap goes as a whole */
}

void wf_string_each_table(const VM *vm, void (*fn)(void *ud, const void *cell),
                          void *ud) {
  if (!vm->strings)
    return;
  const InternHeader *h = intern_header(vm->strings);
  fn(ud, h);
  if (h->old)
    fn(ud, intern_header(h->old));
}
