/* arena.h: bump allocation for data that dies together (AST, modules). */
#ifndef WEFT_ARENA_H
#define WEFT_ARENA_H

#include "vm/base/base.h"

typedef struct ArenaChunk ArenaChunk;
typedef struct Arena {
  ArenaChunk *chunks; /* newest first */
  char *cur, *end;
  size_t total; /* bytes taken from the allocator */
} Arena;

void wf_arena_init(Arena *a);
/* Frees every chunk; the arena is empty and usable again. */
void wf_arena_free(Arena *a);
/* `size` bytes, aligned to 8, uninitialised; NULL when memory is exhausted. */
void *wf_arena_alloc(Arena *a, size_t size);
/* A copy of `len` bytes followed by a NUL; NULL when exhausted. */
char *wf_arena_copy(Arena *a, const char *bytes, size_t len);

#endif
