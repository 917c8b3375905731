/* walk.h: pre-order walk over the functions of a module, without recursion.
 *
 *   FunctionWalk w;
 *   walk_start(&w, module->main);
 *   for (const ModFunction *f; (f = walk_next(&w));)
 *     ... f, walk_parent(&w), w.depth, w.index[0..depth) ...
 *
 * Functions nested deeper than MODULE_MAX_DEPTH are not entered; `too_deep`
 * then tells. */
#ifndef WEFT_WALK_H
#define WEFT_WALK_H

#include "vm/bytecode/module.h"

enum { MODULE_MAX_DEPTH = 200 };

typedef struct FunctionWalk {
  const ModFunction *path[MODULE_MAX_DEPTH + 1]; /* main ... current */
  uint32_t next[MODULE_MAX_DEPTH + 1];  /* child of path[i] to enter next */
  uint32_t index[MODULE_MAX_DEPTH + 1]; /* which child path[i + 1] is */
  int depth;                            /* of the current function; main: 0 */
  bool too_deep;
} FunctionWalk;

static inline void walk_start(FunctionWalk *w, const ModFunction *main) {
  w->path[0] = main;
  w->depth = -1;
  w->too_deep = false;
}

/* The next function: main first, then each one's children in order; NULL after
 * the last. */
static inline const ModFunction *walk_next(FunctionWalk *w) {
  if (w->depth < 0) {
    w->depth = 0;
    w->next[0] = 0;
    return w->path[0];
  }
  while (w->depth >= 0) {
    const ModFunction *f = w->path[w->depth];
    uint32_t i = w->next[w->depth];
    if (i < f->nchildren && w->depth < MODULE_MAX_DEPTH) {
      w->next[w->depth] = i + 1;
      w->index[w->depth] = i;
      w->path[++w->depth] = f->children[i];
      w->next[w->depth] = 0;
      return f->children[i];
    }
    if (i < f->nchildren)
      w->too_deep = true;
    w->depth--;
  }
  return NULL;
}

static inline const ModFunction *walk_parent(const FunctionWalk *w) {
  return w->depth > 0 ? w->path[w->depth - 1] : NULL;
}

#endif
