/* flame.h: a tree of counted stacks, and the forms in which it is written.
 *
 * Node 0 is the root, which has no name. Out of memory a tree stops growing:
 * samples then count for the node that could not get a child. */
#ifndef WEFT_FLAME_H
#define WEFT_FLAME_H

#include "vm/base/base.h"
#include <stdio.h>

typedef struct FlameNode {
  char *name;
  uint32_t parent, first_child, next; /* 0: none */
  uint64_t self, total;               /* total is filled by the writers */
} FlameNode;
typedef struct FlameTree {
  FlameNode *nodes;
  uint32_t n, capacity;
} FlameTree;

bool wf_flame_open(FlameTree *t);
void wf_flame_close(FlameTree *t);
/* The child of that name, made when there is none. */
uint32_t wf_flame_child(FlameTree *t, uint32_t node, const char *name);
void wf_flame_add(FlameTree *t, uint32_t node, uint64_t count);
/* Gives a node another name, if there is memory. */
void wf_flame_rename(FlameNode *n, const char *name);
uint64_t wf_flame_total(const FlameTree *t);

/* "a;b;c count" a line, what flame graph programs read. */
void wf_flame_write_folded(FlameTree *t, FILE *out);
/* A file for speedscope.app. */
void wf_flame_write_speedscope(FlameTree *t, int hz, FILE *out);
/* A picture: width is time, callees stand on callers. */
void wf_flame_write_svg(FlameTree *t, FILE *out);
/* Names by their own counts; total counts a name once per stack. */
void wf_flame_write_table(FlameTree *t, const char *title, FILE *out);

#endif
