/* verify.h: the one gate between a module and everything that trusts it.
 *
 * After wf_verify_module passed, the linker and the handlers may rely on all
 * of this without looking again:
 *   - operands name existing slots, constants of the right kind, upvalues and
 *     nested functions; jumps land on instructions;
 *   - each instruction has one stack depth, never above max_stack, and control
 *     never leaves the code but by a return or tail call;
 *   - FOR_LOOP and FOR_IN_LOOP find what their PREP left, untouched; INIT_* and
 *     APPEND find a table made by NEW_TABLE in this activation;
 *   - to-be-closed and captured slots are closed before they are dropped;
 *   - multi results are consumed by the instruction after their producer.
 *
 * One table below holds the rules: a number, a name and one reason each. */
#ifndef WEFT_VERIFY_H
#define WEFT_VERIFY_H

#include "vm/bytecode/module.h"
#include "vm/bytecode/opcode.h"
#include "vm/bytecode/walk.h"

// clang-format off
#define VERIFY_RULES(VERIFY_RULE)                                             \
  /* the module and the functions' headers */                                 \
  VERIFY_RULE(MAIN_MISSING, "module without a main function")                 \
  VERIFY_RULE(NESTING, "functions nested too deep")                           \
  VERIFY_RULE(FLAGS, "unknown function flag")                                 \
  VERIFY_RULE(STACK_LIMIT, "declared stack too deep")                         \
  VERIFY_RULE(PARAMS, "more parameters than stack slots")                     \
  VERIFY_RULE(UPVAL_LIMIT, "too many upvalues")                               \
  VERIFY_RULE(OUTER_UPVAL, "upvalue not found in the enclosing function")     \
  VERIFY_RULE(ENV, "environment is not an upvalue")                           \
  VERIFY_RULE(CONST_KIND, "constant of unknown kind")                         \
  VERIFY_RULE(CONST_NAN, "constant is a non-canonical NaN")                   \
  VERIFY_RULE(CODE_LIMIT, "code too long")                                    \
  /* debug information */                                                     \
  VERIFY_RULE(LINE_TABLE, "malformed line table")                             \
  VERIFY_RULE(LINE_RANGE, "line number out of range")                         \
  VERIFY_RULE(VAR_NAME, "local variable without a name")                      \
  VERIFY_RULE(VAR_SLOT, "local variable outside the stack")                   \
  VERIFY_RULE(VAR_RANGE, "local variable outside the code")                   \
  VERIFY_RULE(VAR_ORDER, "local variables out of order")                      \
  /* each instruction by itself */                                            \
  VERIFY_RULE(DECODE, "not an instruction")                                   \
  VERIFY_RULE(CONST_INDEX, "no such constant")                                \
  VERIFY_RULE(CONST_STRING, "constant must be a string")                      \
  VERIFY_RULE(UPVAL_INDEX, "no such upvalue")                                 \
  VERIFY_RULE(PROTO_INDEX, "no such nested function")                         \
  VERIFY_RULE(ENV_NEEDED, "global access without an environment")             \
  VERIFY_RULE(VARARG_NEEDED, "vararg access in a fixed function")             \
  VERIFY_RULE(CLOSE_FLAG, "function does not declare that it closes")         \
  VERIFY_RULE(CONCAT_COUNT, "concatenation of fewer than two values")         \
  VERIFY_RULE(TABLE_SIZE, "table size hint beyond what the code can fill")    \
  VERIFY_RULE(APPEND_INDEX, "item index beyond what the code can fill")       \
  VERIFY_RULE(FOR_IN_COUNT, "generic loop without a variable")                \
  VERIFY_RULE(JUMP_TARGET, "jump to no instruction")                          \
  VERIFY_RULE(MULTI_UNUSED, "multiple results not consumed")                  \
  VERIFY_RULE(MULTI_MISSING, "no multiple results to consume")                \
  VERIFY_RULE(MULTI_TARGET, "jump between multiple results and their use")    \
  /* the stack along every path */                                            \
  VERIFY_RULE(FALLS_OFF, "control falls off the end")                         \
  VERIFY_RULE(UNDERFLOW, "stack underflow")                                   \
  VERIFY_RULE(OVERFLOW, "stack deeper than declared")                         \
  VERIFY_RULE(JOIN_DEPTH, "stack depth differs between paths")                \
  VERIFY_RULE(JOIN_SLOTS, "loop or to-be-closed slots differ between paths")  \
  VERIFY_RULE(LOCAL_INDEX, "no such slot")                                    \
  VERIFY_RULE(SLOT_READ, "read of a hidden loop slot")                        \
  VERIFY_RULE(SLOT_WRITE, "assignment to a loop or to-be-closed slot")        \
  VERIFY_RULE(SLOT_USED, "loop slots used as operands")                       \
  VERIFY_RULE(SLOT_OPEN, "to-be-closed slot dropped without closing")         \
  VERIFY_RULE(TAIL_OPEN, "tail call with a to-be-closed slot pending")        \
  VERIFY_RULE(LOOP_STATE, "numeric loop without its state")                   \
  VERIFY_RULE(LOOP_TARGET, "numeric loop does not match its preparation")     \
  VERIFY_RULE(FOR_IN_STATE, "generic loop without its state")                 \
  VERIFY_RULE(FOR_IN_TARGET, "generic loop does not match its preparation")   \
  VERIFY_RULE(CAPTURE_INDEX, "capture of no slot")                            \
  VERIFY_RULE(CAPTURE_LOOP, "capture of a loop slot")                         \
  VERIFY_RULE(CAPTURE_OPEN, "captured slot dropped without closing")          \
  VERIFY_RULE(NOT_A_TABLE, "constructor item without a new table")
// clang-format on

typedef enum VerifyRule {
  VERIFY_PASSED,
#define VERIFY_RULE(name, text) VERIFY_##name,
  VERIFY_RULES(VERIFY_RULE)
#undef VERIFY_RULE
      VERIFY_RULE_END, /* rules are 1 .. VERIFY_RULE_END - 1 */
  VERIFY_MEMORY = VERIFY_RULE_END /* no verdict: memory exhausted */
} VerifyRule;

/* Longest code of one function: what the linker makes of it stays below 2^31
 * bytes. */
enum { MAX_CODE_SIZE = 1 << 26 };

typedef struct VerifyError {
  VerifyRule rule;
  uint32_t pc;                     /* 0 when no instruction is to blame */
  int depth;                       /* of the function: path[0 .. depth) */
  uint32_t path[MODULE_MAX_DEPTH]; /* child numbers from main */
} VerifyError;

enum { DEPTH_UNREACHABLE = 0xFFFF };

/* What the linker wants to know of verified code. `depth` is meaningful at the
 * first bytes of instructions only. */
typedef struct FunctionFacts {
  uint16_t *depth; /* before the instruction, or DEPTH_UNREACHABLE; has
                      code_size items */
  uint64_t *targets; /* bit pc: some jump goes to pc; NULL without jumps */
} FunctionFacts;

static inline bool facts_is_target(const FunctionFacts *facts, uint32_t pc) {
  return facts->targets && facts->targets[pc >> 6] >> (pc & 63) & 1;
}

/* The reason text of a rule (VERIFY_MEMORY: "not enough memory"). */
const char *wf_verify_reason(VerifyRule rule);
/* Checks every function. NULL when the module can be trusted, else the reason;
 * *where (may be NULL) then says which rule, function and pc. */
const char *wf_verify_module(const Module *m, VerifyError *where);
/* Checks one function, `parent` being the enclosing one or NULL for main; its
 * children are checked only as far as this function's code depends on them.
 * Owns: on success the caller frees *facts with wf_verify_facts_free; after an
 * error there is nothing to free. */
const char *wf_verify_function(const ModFunction *f, const ModFunction *parent,
                               FunctionFacts *facts, VerifyError *where);
/* The facts alone, for code that has passed before. False when memory is
 * exhausted. Owns: as wf_verify_function. */
bool wf_verify_scan(const uint8_t *code, uint32_t code_size, uint16_t nparams,
                    FunctionFacts *facts);
void wf_verify_facts_free(FunctionFacts *facts);

#endif
