/* interp_hooked.c: the loop that runs while some hook is set, and the points at
 * which it raises call and return events (line and count: debuginfo.c). */
#define WEFT_HOOKED 1
#include "vm/exec/debuginfo.h"
#include "vm/exec/run.inc"

void wf_hooked_run(VM *vm, char *pc, Value *base) {
#if WEFT_DISPATCH != W_TAIL
  if (!handler_table)
    export_handlers();
#else
  (void)export_handlers;
#endif
  (void)handler_word;
  vm->hook_last = LINKED_COUNT;
  run(vm, pc, base);
}

static bool is_return(LinkedOp op) {
  return op >= LINK_RET0 && op <= LINK_RET_CLOSE_SPREAD;
}
static bool is_tail_call(LinkedOp op) {
  return op == LINK_TAIL_CALL || op == LINK_TAIL_CALL_CLOSE ||
         op == LINK_TAIL_CALL_SPREAD;
}

/* Where the results of the return at pc are. */
static void note_results(Thread *L, char *pc, LinkedOp op) {
  const LinkedHead *h = linked_head(pc);
  L->transfer_first = (uint16_t)(h->a + 1);
  switch (op) {
  case LINK_RET0:
    L->transfer_count = 0;
    break;
  case LINK_RET_N:
  case LINK_RET_CLOSE:
    L->transfer_count = h->b;
    break;
  case LINK_RET_SPREAD:
  case LINK_RET_CLOSE_SPREAD:
    L->transfer_count = (uint16_t)(L->top - (L->base + h->a));
    break;
  default:
    L->transfer_count = 1;
    break;
  }
}

/* One-value returns may have their value in the accumulator or the code: it is
 * put where debug.getlocal finds it. */
static void store_result(Thread *L, char *pc, LinkedOp op) {
  Value *free_slot = L->base + frame_size(L->base) - 1;
  if (op == LINK_RET1_A)
    *free_slot = L->vm->acc;
  else if (op == LINK_RET1_K)
    *free_slot = linked_words(pc)[0];
  else
    return;
  L->transfer_first = (uint16_t)(free_slot - L->base + 1);
}

/* The first instruction of a function, reached by a call and not by a loop. */
static bool is_entry(const VM *vm, const Thread *L, const char *pc) {
  if (pc != value_as_function(L->base[-2])->of.proto->code)
    return false;
  return vm->hook_thread != L || vm->hook_base != L->base - L->stack ||
         vm->hook_last == LINKED_COUNT ||
         is_tail_call((LinkedOp)vm->hook_last);
}

void wf_hooked_step(VM *vm, char *pc, Value *base) {
  Thread *L = vm->thread;
  LinkedOp op = wf_linked_decode(linked_head(pc)->handler);
  L->base = base;
  if (pc == wf_frame_leave_code)
    return;
  L->pc = pc;
  if (L->hook_mask) {
    FrameRef frame;
    if (is_entry(vm, L, pc) && wf_debuginfo_newest(L, &frame))
      wf_debuginfo_run_hook(L, frame.is_tail ? HOOK_TAIL_CALL : HOOK_CALL, -1);
    wf_debuginfo_trace(L, pc);
    if (is_return(op) && !protect_has_tbc(L, L->base)) {
      note_results(L, pc, op);
      store_result(L, pc, op);
      wf_debuginfo_run_hook(L, HOOK_RETURN, -1);
    }
  }
  vm->hook_last = op;
  vm->hook_thread = L;
  vm->hook_base = L->base - L->stack;
}

void wf_hooked_native_call(Thread *L) {
  wf_debuginfo_run_hook(L, L->base[-1] & FRAME_TAIL ? HOOK_TAIL_CALL : HOOK_CALL,
                        -1);
}

void wf_hooked_native_return(Thread *L, uint32_t n) {
  L->transfer_first = (uint16_t)(L->top - L->base - n + 1);
  L->transfer_count = (uint16_t)n;
  wf_debuginfo_run_hook(L, HOOK_RETURN, -1);
}
