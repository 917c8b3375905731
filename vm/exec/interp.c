/* interp.c: the interpreter: handlers.inc under one of four dispatchers, and
 * the entry that wraps it. */
#include "vm/exec/perf.h"
#include "vm/exec/run.inc"
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

uint64_t wf_linked_encode(LinkedOp op) {
  if (UNLIKELY(wf_perf_on))
    return wf_perf_handler_word(op);
  return handler_word(op);
}

static LinkedHead leave_head;
char *wf_frame_leave_code;

void wf_interp_init(void) {
  /* for scripts/check_tail, which looks at the object file */
  __asm__(".set w_handlers, %c0" ::"i"(LINKED_COUNT));
  export_handlers();
  leave_head.handler = wf_linked_encode(LINK_LEAVE);
  wf_frame_leave_code = (char *)&leave_head;
}

void wf_interp_code(uintptr_t *low, uintptr_t *high) {
  enum { HANDLER_MAX = 512 }; /* the last one's length, generously */
  *low = UINTPTR_MAX;
  *high = 0;
  for (int i = 0; i < LINKED_COUNT; i++) {
    uintptr_t at = (uintptr_t)handler_table[i];
    *low = at < *low ? at : *low;
    *high = at > *high ? at : *high;
  }
  *high += HANDLER_MAX;
}

/* Handler words by hash, for the way back: open addressing, op + 1 or 0. Made
 * at the first miss of a cache, so that starting pays for no sort. */
enum { DECODE_BITS = 10, DECODE_SIZE = 1 << DECODE_BITS };
_Static_assert(DECODE_SIZE >= 2 * LINKED_COUNT, "half of the slots are free");
static uint16_t decode[DECODE_SIZE];

static uint16_t *decode_slot(uint64_t handler) {
  uint64_t i = handler * 0x9E3779B97F4A7C15u >> (64 - DECODE_BITS);
  while (decode[i] && wf_linked_encode((LinkedOp)(decode[i] - 1)) != handler)
    i = (i + 1) % DECODE_SIZE;
  return &decode[i];
}

LinkedOp wf_linked_decode(uint64_t handler) {
  static bool filled;
  if (UNLIKELY(!filled)) {
    for (unsigned op = LINKED_COUNT; op-- > 0;)
      *decode_slot(wf_linked_encode((LinkedOp)op)) = (uint16_t)(op + 1);
    filled = true;
  }
  uint16_t found = *decode_slot(handler);
  return found ? (LinkedOp)(found - 1) : LINKED_COUNT;
}

void wf_interp_push(Thread *L, Entry *e) {
  VM *vm = L->vm;
  e->previous = vm->entry;
  e->thread = L;
  e->base = (uint32_t)(L->base - L->stack);
  e->top = (uint32_t)(L->top - L->stack);
  e->pc = L->pc;
  e->c_depth = ++vm->c_depth;
  e->buffer_depth = vm->buffer_depth;
  e->handlers = vm->handlers;
  e->handler = L->handler;
  e->nest = L->nest;
  e->entering = L->entering;
  L->entering = 0;
  e->catches = false;
  vm->entry = e;
  L->nentries++;
}

void wf_interp_pop(VM *vm, Entry *e) {
  vm->entry = e->previous;
  vm->c_depth = e->c_depth - 1;
  e->thread->entering = e->entering;
  e->thread->nentries--;
}

void wf_interp_run(VM *vm, char *pc) {
  /* debug.sethook leaves the loop to change it for the other one */
  do {
    if (UNLIKELY(vm->hooked))
      wf_hooked_run(vm, pc, vm->thread->base);
    else if (UNLIKELY(wf_perf_on))
      wf_perf_run(vm, pc);
    else
      run(vm, pc, vm->thread->base);
    pc = vm->resume_pc;
    vm->resume_pc = NULL;
  } while (UNLIKELY(pc != NULL));
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
  wf_interp_run(vm, e->next);
}

void wf_interp_unwind(Thread *L) {
  VM *vm = L->vm;
  if (!vm->entry) {
    /* nothing can catch it: weft always runs inside wf_call_protected */
    abort();
  }
  _longjmp(vm->entry->jump, 1);
}
