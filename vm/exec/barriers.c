/* barriers.c: finds the store that lacks a barrier, in the barriers build.
 *
 * There the collector marks in the smallest steps, so that most instructions
 * run while some objects are black and others white, and the heap is looked
 * through between any two instructions. That takes time in proportion to the
 * heap, so later ones are checked in ever larger groups:
 *
 *   WEFT_BARRIERS_FROM=N   check one by one from the Nth instruction on. What
 *                          is printed when a group fails says which N.
 *   WEFT_BARRIERS_OMIT=N   leave out the Nth barrier that would mark something,
 *                          to see that the check finds it (vm/gc/check.c). */
#ifdef WEFT_BARRIERS
#include "vm/base/chunkname.h"
#include "vm/exec/barriers.h"
#include "vm/exec/debuginfo.h"
#include "vm/exec/frame.h"
#include "vm/gc/gc.h"
#include <stdio.h>
#include <stdlib.h>

enum { SINGLE = 50000, GROUP = 64, LARGE = 500000, LARGE_GROUP = 4096 };

/* The instruction that ran last. One VM at a time is checked. */
static struct {
  const VM *vm;
  uint64_t from;
  uint64_t count, checked; /* instructions run; and at the last check */
  LinkedOp op;
  const char *pc;
  const Proto *proto;
} last;

static void begin(const VM *vm) {
  const char *from = getenv("WEFT_BARRIERS_FROM");
  last.vm = vm;
  last.count = last.checked = 0;
  last.from = from ? strtoull(from, NULL, 10) : 0;
}

static COLDFN NORETURN void fail(const char *what) {
  const Proto *p = last.proto;
  char source[CHUNKNAME_MAX] = "?";
  if (p && p->source)
    wf_chunkname_display(p->source->bytes, p->source->len, source);
  fprintf(stderr, "barrier check: %s\n", what);
  fprintf(stderr, "  stored by %s in %s:%d, instruction %llu",
          wf_linked_name[last.op], source,
          p ? wf_debuginfo_line_at(p, last.pc) : -1,
          (unsigned long long)last.count);
  if (last.count - last.checked > 1)
    fprintf(stderr,
            ", or up to %llu before it: see WEFT_BARRIERS_FROM=%llu",
            (unsigned long long)(last.count - last.checked - 1),
            (unsigned long long)last.checked);
  fputc('\n', stderr);
  abort();
}

static bool is_due(void) {
  if (last.count < last.from)
    return false;
  uint64_t n = last.count - last.from;
  return n < SINGLE || n % (n < LARGE ? GROUP : LARGE_GROUP) == 0;
}

void wf_barriers_check(VM *vm, LinkedOp op, const char *pc, const Value *base) {
  if (last.vm != vm)
    begin(vm);
  if (vm->barrier && is_due()) {
    char what[160];
    if (!wf_gc_check_barriers(vm, what, sizeof what))
      fail(what);
    last.checked = last.count;
  } else if (!vm->barrier) {
    last.checked = last.count; /* nothing can be missing */
  }
  last.count++;
  last.op = op;
  last.pc = pc;
  last.proto =
      pc == wf_frame_leave_code ? NULL : value_as_function(base[-2])->of.proto;
}

#endif
