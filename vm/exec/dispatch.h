/* dispatch.h: one source of handlers, four ways to get from one to the next.
 *
 *   WEFT_DISPATCH  0 switch   one central switch over opcode numbers
 *                  1 token    goto *table[opcode number], in every handler
 *                  2 direct   goto *address, in every handler
 *                  3 tail     each handler a function, jumping by tail call
 *
 * Machine registers, live in every handler:
 *   pc    this instruction         base  R(0) of the current frame
 *   vm    the VM                   acc   the accumulator
 *   kT kC INT_TAG and INT_BIAS, opaque so that they stay in registers
 *
 * Rules for handlers: open with OP(name), close with END, leave only through
 * NEXT, BRANCH, GOTO, SLOW, SLOW_PC, SLOW_OFTEN or LEAVE; a COLD(name) block
 * re-decodes its operands; no local whose address is taken, no array. W_PIN_PC
 * keeps gcc from computing pc + length into a second register: two
 * instructions per dispatch instead of four. */
#ifndef WEFT_DISPATCH_H
#define WEFT_DISPATCH_H

#include "vm/load/linked.h"
#include "vm/value/state.h"

#define W_SWITCH 0
#define W_TOKEN 1
#define W_DIRECT 2
#define W_TAIL 3
#ifndef WEFT_DISPATCH
#define WEFT_DISPATCH W_DIRECT
#endif
/* Which loop this is: none of both, the plain one. */
#ifndef WEFT_HOOKED
#define WEFT_HOOKED 0
#endif
#ifndef WEFT_PERF
#define WEFT_PERF 0
#endif

#define FA (*(const uint16_t *)(pc + 8))
#define FB (*(const uint16_t *)(pc + 10))
#define FC (*(const int32_t *)(pc + 12))
#define X64(i) (*(uint64_t *)(pc + 16 + 8 * (i)))
#define XD(i) (*(const double *)(pc + 16 + 8 * (i)))
#define CACHE ((FieldCache *)(pc + 16))
#define R(i) base[i]
#define D(i) (((double *)base)[i]) /* as double: no trip through a GPR */
#define HFIELD (*(const uint64_t *)pc)

#if WEFT_DISPATCH == W_DIRECT || WEFT_DISPATCH == W_TOKEN
#define W_PIN_PC() __asm__ volatile("" : "+r"(pc))
#else
#define W_PIN_PC() ((void)0)
#endif

/* Symbols for what is one function but in tail dispatch: each handler op_NAME,
 * its cold part cold_NAME, its exits and float paths op_NAME.exitNUMBER, as the
 * compiler may put them far away, and copies that it makes op_NAME.NUMBER. For
 * profilers and scripts/audit; no code. Sizes: scripts/size_symbols.c. */
#if WEFT_DISPATCH == W_TAIL || WEFT_HOOKED || WEFT_PERF
#define W_SYMBOL(symbol)
#define W_EXIT(n) ((void)0)
#else
#define W_SYMBOL(symbol)                                                       \
  __asm__ volatile inline(".ifndef " #symbol "\n"                              \
                          ".type " #symbol ", @function\n" #symbol ":\n"       \
                          ".else\n"                                            \
                          ".type " #symbol ".%=, @function\n" #symbol ".%=:\n" \
                          ".endif" ::);
#define W_EXIT(n)                                                              \
  __asm__ volatile inline(".type op_" #n ".exit%=, @function\n"                \
                          "op_" #n ".exit%=:" ::)
#endif

/* -DWEFT_STATS=ON: every instruction and every slow path is counted. */
#ifdef WEFT_STATS
#include "vm/load/opstats.h"
#define W_COUNT(n) wf_opstats_count(LINK_##n, pc);
#define W_COUNT_SLOW(n) wf_opstats_slow(LINK_##n);
#elif defined WEFT_BARRIERS /* what the last instruction stored is checked */
#include "vm/exec/barriers.h"
#define W_COUNT(n) wf_barriers_check(vm, LINK_##n, pc, base);
#define W_COUNT_SLOW(n)
#else
#define W_COUNT(n)
#define W_COUNT_SLOW(n)
#endif

#define NEXT(n)                                                                \
  do {                                                                         \
    W_EXIT(n);                                                                 \
    pc += LEN_##n;                                                             \
    W_PIN_PC();                                                                \
    DISPATCH();                                                                \
  } while (0)
#define BRANCH()                                                               \
  do {                                                                         \
    pc += FC;                                                                   \
    W_PIN_PC();                                                                \
    DISPATCH();                                                                \
  } while (0)
#define JUMP(p)                                                                \
  do {                                                                         \
    pc = (p);                                                                  \
    W_PIN_PC();                                                                \
    DISPATCH();                                                                \
  } while (0)
/* To another frame, whose base is set: a call or a return. */
#if WEFT_PERF
#define GOTO(p)                                                                \
  do {                                                                         \
    vm->thread->base = base;                                                   \
    vm->perf_pc = (p);                                                         \
    LEAVE();                                                                   \
  } while (0)
#else
#define GOTO(p) JUMP(p)
#endif
/* Runs a slow path that returns the pc to go on at; it may run Lua, collect
 * and move the stack. */
#define SLOW_PC(call)                                                          \
  do {                                                                         \
    vm->acc = acc;                                                             \
    vm->thread->base = base;                                                   \
    pc = (call);                                                               \
    W_RESUME();                                                                \
  } while (0)
/* The same with a jump of its own, for instructions that always go this way. */
#define SLOW_OFTEN(call)                                                       \
  do {                                                                         \
    vm->acc = acc;                                                             \
    vm->thread->base = base;                                                   \
    SLOW_NATIVE(call);                                                         \
  } while (0)
/* The same after native code, which has set the thread's base itself; natives
 * are frequent enough to get a jump of their own. */
#define SLOW_NATIVE(call)                                                      \
  do {                                                                         \
    pc = (call);                                                               \
    W_RELOAD();                                                                \
    W_RETURN_IF_MOVED();                                                       \
    W_PIN_PC();                                                                \
    DISPATCH();                                                                \
  } while (0)
#define W_RELOAD() (base = vm->thread->base, acc = vm->acc)
/* The loop of --perf runs one frame: perf.h. */
#if WEFT_PERF
#define W_RETURN_IF_MOVED()                                                    \
  do {                                                                         \
    if (UNLIKELY(perf_moved(vm, base))) {                                      \
      vm->perf_pc = pc;                                                        \
      return;                                                                  \
    }                                                                          \
  } while (0)
#else
#define W_RETURN_IF_MOVED() ((void)0)
#endif

#define W_PASTE2(a, b) a##b
#define W_PASTE(a, b) W_PASTE2(a, b)

#if WEFT_DISPATCH == W_TAIL
#if defined(__has_attribute)
#if __has_attribute(preserve_none)
#define W_CC __attribute__((preserve_none))
#endif
#if __has_attribute(musttail)
#define W_TAILRET __attribute__((musttail)) return
#endif
#endif
#ifndef W_CC
#define W_CC
#endif
#ifndef W_TAILRET
#define W_TAILRET return /* gcc: a sibling call at -O2; a build check counts */
#endif
#define W_PARAMS                                                               \
  char *pc, Value *base, VM *vm, uint64_t kT, uint64_t kC, Value acc
#define W_ARGS pc, base, vm, kT, kC, acc
typedef W_CC void (*Handler)(W_PARAMS);
#define W_UNUSED()                                                             \
  (void)pc, (void)base, (void)vm, (void)kT, (void)kC, (void)acc
#define OP(n)                                                                  \
  static W_CC void op_##n(W_PARAMS) {                                          \
    W_UNUSED();                                                                \
    W_COUNT(n)
#define COLD(n)                                                                \
  static W_CC __attribute__((noinline, cold)) void cold_##n(W_PARAMS) {        \
    W_UNUSED();                                                                \
    W_COUNT_SLOW(n)
#define END }
#define SLOW(n) W_TAILRET cold_##n(W_ARGS)
#define W_RESUME()                                                             \
  do {                                                                         \
    W_RELOAD();                                                                \
    W_RETURN_IF_MOVED();                                                       \
    DISPATCH();                                                                \
  } while (0)
#define LEAVE()                                                                \
  do {                                                                         \
    vm->acc = acc;                                                             \
    return;                                                                    \
  } while (0)
#else
#define OP(n)                                                                  \
  L_##n : __attribute__((unused));                                             \
  W_SYMBOL(op_##n) {                                                           \
    W_COUNT(n)
#ifdef __clang__
#define COLD(n) C_##n : W_SYMBOL(cold_##n) { W_COUNT_SLOW(n)
#else
#define COLD(n)                                                                \
  C_##n : __attribute__((cold));                                               \
  W_SYMBOL(cold_##n) {                                                         \
    W_COUNT_SLOW(n)
#endif
#define END }
#define SLOW(n) goto C_##n
/* All slow paths share one jump (run.inc): they are long, and every jump takes
 * part in clang's compile time, which grows with jumps times handlers. Empty
 * instructions make the block too long to be copied into its predecessors. */
#define W_RESUME() goto w_resume
#ifdef __clang__
#define W_EMPTY4()                                                             \
  __asm__ volatile("");                                                        \
  __asm__ volatile("");                                                        \
  __asm__ volatile("");                                                        \
  __asm__ volatile("")
#define W_SHARED()                                                             \
  W_EMPTY4();                                                                  \
  W_EMPTY4();                                                                  \
  W_EMPTY4();                                                                  \
  W_EMPTY4();                                                                  \
  W_EMPTY4()
#else
#define W_SHARED() ((void)0)
#endif
#define LEAVE()                                                                \
  do {                                                                         \
    vm->acc = acc;                                                             \
    return;                                                                    \
  } while (0)
#endif

#endif
