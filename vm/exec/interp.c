/* interp.c: the interpreter: handlers.inc under one of four dispatchers, and
 * the entry that wraps it. */
#include "vm/exec/interp.h"
#include "vm/exec/dispatch.h"
#include "vm/exec/protect.h"
#include "vm/exec/slow.h"
#include "vm/gc/gc.h"
#include "vm/value/shape.h"
#include <stdlib.h>

const uint8_t wf_linked_length[LINKED_COUNT] = {
#define L(name, words) LEN_##name,
#include "vm/load/linked.def"
#undef L
};
const char *const wf_linked_name[LINKED_COUNT] = {
#define L(name, words) #name,
#include "vm/load/linked.def"
#undef L
};

static ALWAYS_INLINE double float_of(Value v) { return value_as_float(v); }
static ALWAYS_INLINE Value bits_of(double d) {
  Value v;
  memcpy(&v, &d, sizeof v);
  return v;
}

#if WEFT_DISPATCH == W_TAIL

#define DISPATCH() W_TAILRET((Handler)(uintptr_t)HFIELD)(W_ARGS)
#define L(name, words)                                                         \
  static W_CC void op_##name(W_PARAMS);                                        \
  static W_CC __attribute__((noinline, cold, unused)) void cold_##name(        \
      W_PARAMS);
#include "vm/load/linked.def"
#undef L
#include "vm/exec/handlers.inc"
static const Handler handler_table[LINKED_COUNT] = {
#define L(name, words) op_##name,
#include "vm/load/linked.def"
#undef L
};
static NOINLINE void run(VM *vm, char *pc, Value *base) {
  uint64_t kT = INT_TAG, kC = INT_BIAS, acc = vm->acc;
  ((Handler)(uintptr_t)HFIELD)(W_ARGS);
}
uint64_t wf_linked_encode(LinkedOp op) {
  return (uint64_t)(uintptr_t)handler_table[op];
}

#else

#if WEFT_DISPATCH == W_SWITCH
#define DISPATCH() goto w_dispatch
#elif WEFT_DISPATCH == W_TOKEN
#define DISPATCH() goto *table[HFIELD]
#else
#define DISPATCH() goto *(void *)(uintptr_t)HFIELD
#endif

static void *const *handler_table;
#ifdef __clang__
#define W_NOCLONE __attribute__((noinline))
#else
#define W_NOCLONE __attribute__((noinline, noclone))
#endif
/* vm NULL: exports the label table. */
W_NOCLONE static void run(VM *vm, char *pc, Value *base) {
  static void *const table[] = {
#define L(name, words) &&L_##name,
#include "vm/load/linked.def"
#undef L
  };
  if (UNLIKELY(!vm)) {
    handler_table = table;
    return;
  }
  uint64_t kT = INT_TAG, kC = INT_BIAS, acc = vm->acc;
  /* opaque: one register each instead of a movabs per handler */
  __asm__ volatile("" : "+r"(kT));
  __asm__ volatile("" : "+r"(kC));
#if WEFT_DISPATCH == W_SWITCH
w_dispatch:
  switch ((LinkedOp)HFIELD) {
#define L(name, words)                                                         \
  case LINK_##name:                                                            \
    goto L_##name;
#include "vm/load/linked.def"
#undef L
  default:
    __builtin_unreachable();
  }
#else
  DISPATCH();
#endif
#include "vm/exec/handlers.inc"
}
uint64_t wf_linked_encode(LinkedOp op) {
#if WEFT_DISPATCH == W_DIRECT
  return (uint64_t)(uintptr_t)handler_table[op];
#else
  return op;
#endif
}
#endif

static LinkedHead leave_head;
char *wf_frame_leave_code;

void wf_interp_init(void) {
#if WEFT_DISPATCH != W_TAIL
  run(NULL, NULL, NULL);
#endif
  leave_head.handler = wf_linked_encode(LINK_LEAVE);
  wf_frame_leave_code = (char *)&leave_head;
}

/* Handler words sorted by value, for the way back. */
typedef struct HandlerEntry {
  uint64_t handler;
  LinkedOp op;
} HandlerEntry;
static HandlerEntry sorted_handlers[LINKED_COUNT];
static int compare_handlers(const void *x, const void *y) {
  uint64_t a = ((const HandlerEntry *)x)->handler;
  uint64_t b = ((const HandlerEntry *)y)->handler;
  return (a > b) - (a < b);
}
LinkedOp wf_linked_decode(uint64_t handler) {
  if (!sorted_handlers[LINKED_COUNT - 1].handler) {
    for (int i = 0; i < LINKED_COUNT; i++)
      sorted_handlers[i] =
          (HandlerEntry){wf_linked_encode((LinkedOp)i), (LinkedOp)i};
    qsort(sorted_handlers, LINKED_COUNT, sizeof(HandlerEntry),
          compare_handlers);
  }
  HandlerEntry want = {handler, LINK_LEAVE};
  const HandlerEntry *found =
      bsearch(&want, sorted_handlers, LINKED_COUNT, sizeof(HandlerEntry),
              compare_handlers);
  return found ? found->op : LINKED_COUNT;
}

void wf_interp_push(Thread *L, Entry *e) {
  VM *vm = L->vm;
  e->previous = vm->entry;
  e->thread = L;
  e->base = (uint32_t)(L->base - L->stack);
  e->top = (uint32_t)(L->top - L->stack);
  e->pc = L->pc;
  e->c_depth = vm->c_depth;
  e->buffer_depth = vm->buffer_depth;
  e->handler = L->handler;
  e->catches = false;
  vm->entry = e;
  L->nentries++;
}

void wf_interp_pop(VM *vm, Entry *e) {
  vm->entry = e->previous;
  vm->c_depth = e->c_depth;
  e->thread->nentries--;
}

void wf_interp_execute(Thread *L, char *pc) {
  VM *vm = L->vm;
  Entry *e = vm->entry;
  e->next = pc; /* in memory: it must survive the longjmp */
  if (_setjmp(e->jump)) {
    e->next = wf_protect_unwind(vm, e);
    if (!e->next) {
      wf_interp_pop(vm, e);
      wf_interp_unwind(e->thread);
    }
  }
  run(vm, e->next, vm->thread->base);
}

void wf_interp_unwind(Thread *L) {
  VM *vm = L->vm;
  if (!vm->entry) {
    /* nothing can catch it: weft always runs inside wf_call_protected */
    abort();
  }
  _longjmp(vm->entry->jump, 1);
}
