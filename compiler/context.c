/* context.c: memory, interned names and the error exit of one compilation.
 *
 * Names are hashed eight bytes at a time with a folded multiplication, seeded
 * from addresses: a source text cannot know the seed, so it cannot pile its
 * identifiers into one bucket. Order of interning never reaches the output. */
#include "compiler/context.h"
#include "compiler/lexer.h"
#include "vm/base/alloc.h"
#include "vm/base/chunkname.h"
#include <string.h>

enum { POOL_BLOCK = 32 * 1024 - 64, FIRST_BUCKETS = 128 };

void wf_context_init(Compiler *c, const CompileOptions *options,
                     Buffer *message, const char *stack_base) {
  memset(c, 0, sizeof *c);
  wf_arena_init(&c->names);
  wf_module_init(&c->module);
  wf_buffer_init(&c->scratch);
  c->options = options;
  c->message = message;
  c->stack_base = stack_base;
  c->stack_budget = options->c_stack_budget;
  c->seed = (uint64_t)(uintptr_t)stack_base * UINT64_C(0x9E3779B97F4A7C15) ^
            (uint64_t)(uintptr_t)message;
}

void wf_context_free(Compiler *c) {
  for (PoolBlock *b = c->pool.first, *next; b; b = next) {
    next = b->next;
    wf_alloc_free(b);
  }
  wf_alloc_free(c->buckets);
  wf_buffer_free(&c->scratch);
  wf_arena_free(&c->names);
}

void wf_context_no_memory(Compiler *c) {
  c->status = COMPILE_MEMORY;
  longjmp(c->escape, 1);
}

void wf_context_give_up(Compiler *c) {
  c->status = COMPILE_GIVEN_UP;
  longjmp(c->escape, 1);
}

void wf_context_fail(Compiler *c) {
  c->status = c->message->failed ? COMPILE_MEMORY : COMPILE_SYNTAX;
  wf_buffer_cstr(c->message);
  longjmp(c->escape, 1);
}

void wf_context_position(Compiler *c, uint32_t line) {
  char name[CHUNKNAME_MAX];
  wf_chunkname_display(c->options->chunk_name, c->options->chunk_name_len,
                       name);
  wf_buffer_format(c->message, "%s:%u: ", name, (unsigned)line);
}

void wf_context_error(Compiler *c, uint32_t line, const char *fmt, ...) {
  wf_context_position(c, line);
  va_list ap;
  va_start(ap, fmt);
  wf_buffer_vformat(c->message, fmt, ap);
  va_end(ap);
  wf_context_fail(c);
}

void wf_context_stack_overflow(Compiler *c) {
  wf_buffer_string(c->message, "C stack overflow");
  wf_context_fail(c);
}

void *wf_context_grow(Compiler *c, void *array, uint32_t *cap, size_t n,
                      size_t size) {
  size_t want = *cap ? (size_t)*cap * 2 : 32, bytes;
  if (want < n)
    want = n;
  if (want > UINT32_MAX / 2 || !alloc_mul(want, size, &bytes))
    wf_context_no_memory(c);
  void *p = wf_alloc_resize(array, bytes);
  if (!p)
    wf_context_no_memory(c);
  *cap = (uint32_t)want;
  return p;
}

void *wf_context_pool_refill(Compiler *c, size_t size) {
  Pool *pool = &c->pool;
  PoolBlock *block = pool->current ? pool->current->next : pool->first;
  size_t room = size > POOL_BLOCK ? size : POOL_BLOCK;
  if (!block || (size_t)(block->end - (char *)(block + 1)) < room) {
    PoolBlock *fresh = wf_alloc_get(sizeof(PoolBlock) + room);
    if (!fresh)
      wf_context_no_memory(c);
    fresh->end = (char *)(fresh + 1) + room;
    fresh->next = block;
    if (pool->current)
      pool->current->next = fresh;
    else
      pool->first = fresh;
    block = fresh;
  }
  pool->current = block;
  pool->cur = (char *)(block + 1) + size;
  pool->end = block->end;
  return block + 1;
}

void *wf_context_module_alloc(Compiler *c, size_t size) {
  void *p = wf_arena_alloc(&c->module.arena, size);
  if (!p)
    wf_context_no_memory(c);
  return p;
}

ModString wf_context_store(Compiler *c, Name *name) {
  if (!name->stored) {
    name->stored = wf_arena_copy(&c->module.arena, name->bytes, name->len);
    if (!name->stored)
      wf_context_no_memory(c);
  }
  return (ModString){name->stored, name->len};
}

/* Interning */

static inline uint64_t load8(const char *p) {
  uint64_t v;
  memcpy(&v, p, 8);
  return v;
}
static inline uint64_t load4(const char *p) {
  uint32_t v;
  memcpy(&v, p, 4);
  return v;
}
static inline uint64_t fold_multiply(uint64_t a, uint64_t b) {
  unsigned __int128 r = (unsigned __int128)a * b;
  return (uint64_t)r ^ (uint64_t)(r >> 64);
}

/* Up to eight bytes as a number that only they, at this length, give. */
static inline uint64_t short_key(const char *s, size_t len) {
  if (len >= 4)
    return load4(s) | load4(s + len - 4) << 32;
  return len ? (uint64_t)(uint8_t)s[0] | (uint64_t)(uint8_t)s[len / 2] << 8 |
                   (uint64_t)(uint8_t)s[len - 1] << 16
             : 0;
}

static uint64_t long_key(const char *s, size_t len, uint64_t seed) {
  const uint64_t k = UINT64_C(0xA0761D6478BD642F);
  const char *end = s + len;
  uint64_t first = load8(s);
  for (; end - s > 16; s += 16) {
    seed = fold_multiply(load8(s) ^ seed, load8(s + 8) ^ k);
    first = load8(end - 16);
  }
  return fold_multiply(first ^ seed, load8(end - 8) ^ k);
}

static void rehash(Compiler *c) {
  uint32_t n = c->nbuckets ? c->nbuckets * 2 : FIRST_BUCKETS;
  Name **buckets = wf_alloc_zeroed(n, sizeof *buckets);
  if (!buckets)
    wf_context_no_memory(c);
  for (uint32_t i = 0; i < c->nbuckets; i++)
    for (Name *name = c->buckets[i], *next; name; name = next) {
      next = name->next;
      name->next = buckets[name->hash & (n - 1)];
      buckets[name->hash & (n - 1)] = name;
    }
  wf_alloc_free(c->buckets);
  c->buckets = buckets;
  c->nbuckets = n;
}

static NOINLINE Name *add_name(Compiler *c, const Name *like, bool copy) {
  if (c->nnames >= c->nbuckets)
    rehash(c);
  Name *name = wf_arena_alloc(&c->names, sizeof *name);
  if (!name)
    wf_context_no_memory(c);
  *name = *like;
  if (copy || c->copy_names)
    name->bytes = wf_arena_copy(&c->names, like->bytes, like->len);
  if (!name->bytes)
    wf_context_no_memory(c);
  Name **bucket = &c->buckets[name->hash & (c->nbuckets - 1)];
  name->token = (uint32_t)wf_lexer_reserved(name->bytes, name->len);
  name->next = *bucket;
  *bucket = name;
  c->nnames++;
  return name;
}

Name *wf_context_intern(Compiler *c, const char *bytes, size_t len, bool copy) {
  bool brief = len <= 8;
  uint64_t key = brief ? short_key(bytes, len) : long_key(bytes, len, c->seed);
  uint64_t hash = fold_multiply(key ^ c->seed,
                                UINT64_C(0xE7037ED1A0B428DB) ^ (uint64_t)len);
  if (LIKELY(c->nbuckets))
    for (Name *n = c->buckets[hash & (c->nbuckets - 1)]; n; n = n->next)
      if (n->key == key && n->len == len &&
          (brief || !memcmp(n->bytes, bytes, len)))
        return n;
  if (len > UINT32_MAX - 16)
    wf_context_no_memory(c);
  Name like = {.bytes = bytes, .len = (uint32_t)len, .key = key, .hash = hash};
  return add_name(c, &like, copy);
}
