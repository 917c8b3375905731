/* arena.c: chunks from the allocator, handed out front to back.
 *
 * Chunk sizes double up to a limit, so that a small arena stays small and a
 * big one asks seldom; a request larger than the next chunk gets a chunk of
 * its own size. The current chunk's rest is given up when a request does not
 * fit: at most one chunk in two is half empty. */
#include "vm/base/arena.h"
#include "vm/base/alloc.h"
#include <string.h>

struct ArenaChunk {
  ArenaChunk *next;
  size_t size; /* whole block, this header included */
};

enum { FIRST_CHUNK = 4096, LARGEST_CHUNK = 256 * 1024, ALIGNMENT = 8 };

void wf_arena_init(Arena *a) {
  a->chunks = NULL;
  a->cur = a->end = NULL;
  a->total = 0;
}

void wf_arena_free(Arena *a) {
  ArenaChunk *chunk = a->chunks;
  while (chunk) {
    ArenaChunk *next = chunk->next;
    wf_alloc_free(chunk);
    chunk = next;
  }
  wf_arena_init(a);
}

static size_t next_chunk_size(const Arena *a) {
  size_t size = FIRST_CHUNK;
  while (size < a->total && size < LARGEST_CHUNK)
    size *= 2;
  return size;
}

/* A new chunk with room for `size` bytes becomes the current one, unless it is
 * for this request alone: then the current one stays in use. */
static NOINLINE void *alloc_slow(Arena *a, size_t size) {
  size_t want;
  if (__builtin_add_overflow(size, sizeof(ArenaChunk), &want))
    return NULL;
  size_t usual = next_chunk_size(a);
  bool own = want > usual / 2 && a->cur;
  size_t bytes = own || want > usual ? want : usual;
  ArenaChunk *chunk = wf_alloc_get(bytes);
  if (!chunk)
    return NULL;
  chunk->next = a->chunks;
  chunk->size = bytes;
  a->chunks = chunk;
  a->total += bytes;
  char *start = (char *)(chunk + 1);
  if (!own) {
    a->cur = start + size;
    a->end = (char *)chunk + bytes;
  }
  return start;
}

void *wf_arena_alloc(Arena *a, size_t size) {
  size_t rounded;
  if (__builtin_add_overflow(size, (size_t)ALIGNMENT - 1, &rounded))
    return NULL;
  rounded &= ~(size_t)(ALIGNMENT - 1);
  if (UNLIKELY(!a->cur || rounded > (size_t)(a->end - a->cur)))
    return alloc_slow(a, rounded);
  char *p = a->cur;
  a->cur += rounded;
  return p;
}

char *wf_arena_copy(Arena *a, const char *bytes, size_t len) {
  if (len == SIZE_MAX)
    return NULL;
  char *p = wf_arena_alloc(a, len + 1);
  if (!p)
    return NULL;
  if (len > 0)
    memcpy(p, bytes, len);
  p[len] = '\0';
  return p;
}
