/* test_verify.c: every rule of the verifier is hit by a hostile module of
 * tests/verify, and what passes keeps its promises.
 *
 * The promises are tested against a model: a walk takes random branches
 * through verified code, carrying what each slot really holds, and asserts at
 * each instruction what the handlers will rely on. The modules walked are
 * mutations of the valid ones, so those that pass are the odd ones. */
#include "tests/verify/assemble.h"
#include "vm/base/alloc.h"
#include "vm/base/hash.h"
#include "vm/load/verify.h"
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <time.h>

#include <cmocka.h>

static const char *const rule_names[] = {"OK",
#define VERIFY_RULE(name, text) #name,
                                         VERIFY_RULES(VERIFY_RULE)
#undef VERIFY_RULE
};

static uint64_t random_state = 1;

static uint32_t random_below(uint32_t n) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((random_state >> 33) * n >> 31);
}

static char *read_text(const char *path) {
  FILE *file = fopen(path, "rb");
  assert_non_null(file);
  char *text = calloc(1, 1 << 16);
  assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
  fclose(file);
  return text;
}

static void load_case(const char *path, Module *m, char expect[32]) {
  char *text = read_text(path);
  wf_module_init(m);
  assemble(path, text, m, expect);
  free(text);
}

static void list_cases(glob_t *paths) {
  assert_int_equal(glob("tests/verify/*.asm", 0, NULL, paths), 0);
}

/* --- each rule --- */

static void each_rule_is_hit(void **state) {
  (void)state;
  int hits[VERIFY_RULE_END] = {0};
  glob_t paths;
  list_cases(&paths);
  for (size_t i = 0; i < paths.gl_pathc; i++) {
    Module m;
    char expect[32];
    VerifyError where = {.rule = VERIFY_PASSED};
    load_case(paths.gl_pathv[i], &m, expect);
    const char *why = wf_verify_module(&m, &where);
    if (strcmp(rule_names[where.rule], expect) != 0)
      fail_msg("%s: %s at %u, expected %s", paths.gl_pathv[i],
               rule_names[where.rule], where.pc, expect);
    assert_ptr_equal(why, wf_verify_reason(where.rule));
    hits[where.rule]++;
    wf_module_free(&m);
  }
  for (int rule = 0; rule < VERIFY_RULE_END; rule++)
    if (!hits[rule])
      fail_msg("no module hits rule %d, %s", rule, rule_names[rule]);
  globfree(&paths);
}

static void the_place_is_told(void **state) {
  (void)state;
  char text[] = "function stack=1\n"
                "  RETURN_0\n"
                "  function stack=1\n"
                "    RETURN_0\n"
                "  end\n"
                "  function stack=1\n"
                "    RETURN_0\n"
                "    function stack=2\n"
                "      NIL\n"
                "      POP_N 2\n"
                "      RETURN_0\n"
                "    end\n"
                "  end\n"
                "end\n";
  Module m;
  char expect[32];
  wf_module_init(&m);
  assemble("text", text, &m, expect);
  VerifyError where;
  assert_non_null(wf_verify_module(&m, NULL));
  assert_string_equal(wf_verify_module(&m, &where), "stack underflow");
  assert_int_equal(where.rule, VERIFY_UNDERFLOW);
  assert_int_equal(where.pc, 1);
  assert_int_equal(where.depth, 2);
  assert_int_equal(where.path[0], 1);
  assert_int_equal(where.path[1], 0);
  wf_module_free(&m);
}

static void facts_tell_depths_and_targets(void **state) {
  (void)state;
  char text[] = "function stack=9 flags=2 params=1\n"
                "  NILS 4\n"
                "  FOR_IN_PREP next\n"
                "body:\n"
                "  POP_N 2\n"
                "next:\n"
                "  FOR_IN_LOOP 2 body\n"
                "  RETURN_0\n"
                "  NIL\n"
                "end\n";
  static const struct {
    uint32_t pc, depth;
    bool target;
  } expected[] = {{0, 1, false},  {2, 5, false},
                  {6, 7, true},   {8, 5, true},
                  {13, 5, false}, {14, DEPTH_UNREACHABLE, false}};
  Module m;
  char expect[32];
  wf_module_init(&m);
  assemble("text", text, &m, expect);
  FunctionFacts facts;
  for (int trusted = 0; trusted < 2; trusted++) {
    const ModFunction *f = m.main;
    if (trusted)
      assert_true(wf_verify_scan(f->code, f->code_size, f->nparams, &facts));
    else
      assert_null(wf_verify_function(f, NULL, &facts, NULL));
    for (size_t i = 0; i < ARRAY_LEN(expected); i++) {
      assert_int_equal(facts.depth[expected[i].pc], expected[i].depth);
      assert_int_equal(facts_is_target(&facts, expected[i].pc),
                       expected[i].target);
    }
    wf_verify_facts_free(&facts);
  }
  wf_module_free(&m);
}

/* --- the model --- */

typedef enum Holds { HOLDS_VALUE, HOLDS_TABLE, HOLDS_FOR, HOLDS_FOR_IN } Holds;

typedef struct ModelSlot {
  Holds holds;
  uint32_t maker; /* pc of the loop's preparation */
  uint32_t part;  /* 0.. of its slots */
  bool captured, to_close;
} ModelSlot;

typedef struct Model {
  const ModFunction *f;
  const FunctionFacts *facts;
  ModelSlot slots[MAX_SLOTS];
  int64_t depth;
} Model;

static bool is_return(Opcode op) {
  return op >= OP_RETURN_0 && op <= OP_RETURN_SPREAD;
}

static bool is_tail(Opcode op) {
  return op == OP_TAIL_CALL || op == OP_TAIL_CALL_SPREAD;
}

static void model_pop(Model *w, const Instruction *in, int64_t n) {
  bool reads = in->op != OP_POP && in->op != OP_POP_N &&
               in->op != OP_FOR_LOOP && in->op != OP_FOR_IN_LOOP;
  assert_true(w->depth >= n);
  for (int64_t i = w->depth - n; i < w->depth; i++) {
    const ModelSlot *s = &w->slots[i];
    if (reads)
      assert_true(s->holds != HOLDS_FOR);
    if (!is_return(in->op) && !is_tail(in->op) && in->op != OP_FOR_IN_LOOP) {
      assert_false(s->captured);
      assert_false(s->to_close);
    }
  }
  w->depth -= n;
}

static void model_push(Model *w, ModelSlot s) {
  assert_true(w->depth < w->f->max_stack);
  w->slots[w->depth++] = s;
}

/* Whatever Lua code runs may assign captured variables. */
static void model_call(Model *w) {
  for (int64_t i = 0; i < w->depth; i++) {
    if (!w->slots[i].captured)
      continue;
    assert_true(w->slots[i].holds != HOLDS_FOR &&
                w->slots[i].holds != HOLDS_FOR_IN);
    if (random_below(2))
      w->slots[i].holds = HOLDS_VALUE;
  }
}

static void model_expect(const Model *w, int64_t at, Holds holds, int n,
                         uint32_t maker) {
  assert_true(at >= 0);
  for (int i = 0; i < n; i++) {
    assert_int_equal(w->slots[at + i].holds, holds);
    assert_int_equal(w->slots[at + i].part, i);
    assert_int_equal(w->slots[at + i].maker, maker);
  }
}

static void model_make(Model *w, Holds holds, int n, uint32_t maker) {
  for (int i = 0; i < n; i++) {
    ModelSlot *s = &w->slots[w->depth - n + i];
    *s = (ModelSlot){holds, maker, (uint32_t)i, false, false};
  }
}

static int64_t local_of(const Instruction *in, Opcode first, Opcode general) {
  if (in->op >= first && in->op <= first + 7)
    return in->op - first;
  return in->op == general ? in->a : -1;
}

/* Executes one instruction; the next pc, or -1 after a return. */
static int64_t model_step(Model *w, const Instruction *in) {
  int64_t next = in->offset + in->length, pops, pushes;
  bool jump = random_below(2);
  const ModelSlot value = {HOLDS_VALUE, 0, 0, false, false};
  uint8_t flags = wf_opcode_info[in->op].flags;
  wf_opcode_effect(in, &pops, &pushes);
  if (flags & F_CALL)
    model_call(w);
  int64_t get = local_of(in, OP_GET_LOCAL_0, OP_GET_LOCAL);
  int64_t set = local_of(in, OP_SET_LOCAL_0, OP_SET_LOCAL);
  if (get >= 0) {
    assert_true(get < w->depth);
    ModelSlot s = w->slots[get];
    assert_true(s.holds != HOLDS_FOR || s.part == 2);
    model_push(w, (ModelSlot){s.holds == HOLDS_TABLE, 0, 0, false, false});
    return next;
  }
  if (set >= 0) {
    ModelSlot top = w->slots[w->depth - 1];
    model_pop(w, in, 1);
    assert_true(set < w->depth);
    ModelSlot *s = &w->slots[set];
    assert_true(s->holds <= HOLDS_TABLE && !s->to_close);
    s->holds = top.holds;
    return next;
  }
  switch (in->op) {
  case OP_AND:
  case OP_OR:
    if (jump)
      return in->target;
    break;
  case OP_NEW_TABLE:
    model_push(w, (ModelSlot){HOLDS_TABLE, 0, 0, false, false});
    return next;
  case OP_INIT_FIELD:
  case OP_INIT_INDEX:
  case OP_APPEND:
  case OP_APPEND_SPREAD:
    model_pop(w, in, pops);
    assert_int_equal(w->slots[w->depth].holds, HOLDS_TABLE);
    w->depth++;
    return next;
  case OP_TO_CLOSE:
    model_pop(w, in, 1);
    w->slots[w->depth++].to_close = true;
    return next;
  case OP_CLOSE:
    assert_true(in->a < w->depth);
    for (int64_t i = in->a; i < w->depth; i++) {
      ModelSlot *s = &w->slots[i];
      s->captured = s->to_close = false;
      /* A generic loop ends with its closing value. */
      for (int k = 0; s->holds == HOLDS_FOR_IN && s->part == 3 && k < 4; k++)
        w->slots[i - 3 + k].holds = HOLDS_VALUE;
    }
    return next;
  case OP_CLOSURE: {
    const ModFunction *child = w->f->children[in->a];
    for (uint32_t i = 0; i < child->nupvals; i++)
      if (child->upvals[i].from_local) {
        assert_true(child->upvals[i].index < w->depth);
        w->slots[child->upvals[i].index].captured = true;
      }
    break;
  }
  case OP_FOR_PREP:
    model_pop(w, in, 3);
    if (jump)
      return in->target;
    w->depth += 3;
    model_make(w, HOLDS_FOR, 3, in->offset);
    return next;
  case OP_FOR_LOOP: {
    uint32_t maker = w->slots[w->depth - 1].maker;
    model_expect(w, w->depth - 3, HOLDS_FOR, 3, maker);
    if (jump)
      return in->target;
    break;
  }
  case OP_FOR_IN_PREP:
    model_pop(w, in, 4);
    w->depth += 4;
    model_make(w, HOLDS_FOR_IN, 4, in->offset);
    w->slots[w->depth - 1].to_close = true;
    return in->target;
  case OP_FOR_IN_LOOP: {
    uint32_t maker = w->slots[w->depth - 1].maker;
    model_expect(w, w->depth - 4, HOLDS_FOR_IN, 4, maker);
    assert_true(w->slots[w->depth - 1].to_close);
    if (!jump)
      return next;
    for (int64_t i = 0; i < in->a; i++)
      model_push(w, value);
    return in->target;
  }
  case OP_TAIL_CALL:
  case OP_TAIL_CALL_SPREAD:
    for (int64_t i = 0; i < w->depth; i++)
      assert_false(w->slots[i].to_close);
    break;
  default:
    break;
  }
  model_pop(w, in, pops);
  for (int64_t i = 0; i < pushes; i++)
    model_push(w, value);
  if (is_return(in->op) || is_tail(in->op))
    return -1;
  if ((flags & F_JUMP) && (jump || (flags & F_END)) && in->op != OP_AND &&
      in->op != OP_OR && in->op != OP_FOR_LOOP)
    return in->target;
  return next;
}

static void model_walk(const ModFunction *f, const FunctionFacts *facts) {
  Model w;
  memset(&w, 0, sizeof w);
  w.f = f;
  w.facts = facts;
  w.depth = f->nparams;
  int64_t pc = 0;
  bool multi = false;
  for (int steps = 0; steps < 200 && pc >= 0; steps++) {
    Instruction in;
    assert_true(pc < f->code_size);
    assert_true(wf_opcode_decode(f->code, f->code_size, (uint32_t)pc, &in));
    assert_int_equal(facts->depth[pc], w.depth);
    uint8_t flags = wf_opcode_info[in.op].flags;
    assert_int_equal(multi, (flags & F_SPREAD) != 0);
    multi = flags & F_MULTI;
    pc = model_step(&w, &in);
    if (pc >= 0 && pc != in.offset + in.length)
      assert_true(facts_is_target(facts, (uint32_t)pc));
  }
}

/* --- mutations --- */

enum { PAYLOAD = 38, CHECKSUM = 30, SEED = 0x77656674 };

static void fix_checksum(uint8_t *bytes, size_t size) {
  HashSecret secret;
  wf_hash_secret_init(&secret, SEED, false);
  uint64_t h = wf_hash_bytes(&secret, bytes + PAYLOAD, size - PAYLOAD);
  for (int i = 0; i < 8; i++)
    bytes[CHECKSUM + i] = (uint8_t)(h >> (8 * i));
}

static void mutate(uint8_t *bytes, size_t size) {
  for (uint32_t n = 1 + random_below(3); n > 0; n--) {
    uint8_t *p = &bytes[PAYLOAD + random_below((uint32_t)size - PAYLOAD)];
    switch (random_below(4)) {
    case 0:
      *p = (uint8_t)random_below(256);
      break;
    case 1:
      *p = (uint8_t)random_below(OPCODE_COUNT);
      break;
    case 2:
      *p ^= (uint8_t)(1 << random_below(8));
      break;
    default:
      *p = (uint8_t)(*p + random_below(5) - 2);
    }
  }
}

/* Whether it passed; if so it has been walked, listed and written again. */
static bool try_mutation(const uint8_t *bytes, size_t size) {
  Module m;
  wf_module_init(&m);
  bool passed = !wf_module_read(&m, bytes, size);
  if (passed) {
    Buffer out;
    wf_buffer_init(&out);
    wf_disasm_module(&m, &out);
    wf_buffer_free(&out);
    passed = !wf_verify_module(&m, NULL);
  }
  if (passed) {
    FunctionWalk w;
    walk_start(&w, m.main);
    for (const ModFunction *f; (f = walk_next(&w));) {
      FunctionFacts facts, again;
      assert_null(wf_verify_function(f, walk_parent(&w), &facts, NULL));
      assert_true(wf_verify_scan(f->code, f->code_size, f->nparams, &again));
      for (uint32_t pc = 0; pc < f->code_size; pc++) {
        assert_int_equal(facts.depth[pc], again.depth[pc]);
        assert_int_equal(facts_is_target(&facts, pc),
                         facts_is_target(&again, pc));
      }
      wf_verify_facts_free(&again);
      for (int i = 0; i < 4; i++)
        model_walk(f, &facts);
      wf_verify_facts_free(&facts);
    }
  }
  wf_module_free(&m);
  return passed;
}

static void mutations_do_no_harm(void **state) {
  (void)state;
  const char *count = getenv("WEFT_MUTATIONS");
  int rounds = count ? atoi(count) : 300, passed = 0, tried = 0;
  glob_t paths;
  list_cases(&paths);
  for (size_t i = 0; i < paths.gl_pathc; i++) {
    Module m;
    char expect[32];
    Buffer out;
    load_case(paths.gl_pathv[i], &m, expect);
    wf_buffer_init(&out);
    bool usable = m.main && m.main->code_size < 4096 && m.main->nconsts < 200;
    for (uint32_t k = 0; usable && k < m.main->nconsts; k++)
      usable = m.main->consts[k].kind <= MOD_STRING;
    if (usable) {
      wf_module_write(&m, false, &out);
      assert_false(out.failed && strncmp(expect, "NESTING", 7) != 0);
    }
    int n = strcmp(expect, "OK") == 0 ? rounds * 5 : rounds;
    uint8_t *copy = malloc(out.len + 1);
    for (; usable && !out.failed && n > 0; n--) {
      memcpy(copy, out.data, out.len);
      mutate(copy, out.len);
      fix_checksum(copy, out.len);
      tried++;
      passed += try_mutation(copy, out.len);
    }
    free(copy);
    wf_buffer_free(&out);
    wf_module_free(&m);
  }
  globfree(&paths);
  if (count)
    printf("%d mutations, %d passed\n", tried, passed);
  assert_true(passed > tried / 100);
}

/* --- throughput --- */

/* A long function of ordinary code: `n` times the same loop. */
static uint8_t *long_code(int n, uint32_t *size) {
  Buffer b;
  wf_buffer_init(&b);
  static const uint8_t piece[] = {
      OP_INT_1,       OP_INT8,          100,
      OP_INT_1,       OP_FOR_PREP,      52,
      OP_GET_LOCAL_0, OP_GET_FIELD,     0,
      OP_GET_LOCAL_4, OP_ADD,           OP_SET_LOCAL_1,
      OP_GET_LOCAL_1, OP_INT8,          50,
      OP_LT,          OP_JUMP_IF_FALSE, 16,
      OP_GET_LOCAL_0, OP_METHOD,        0,
      OP_GET_LOCAL_1, OP_CALL_0,        2,
      OP_NIL,         OP_POP,           OP_NIL,
      OP_POP,         OP_FOR_LOOP,      43};
  for (int i = 0; i < n; i++)
    wf_buffer_bytes(&b, piece, sizeof piece);
  wf_buffer_byte(&b, OP_RETURN_0);
  *size = (uint32_t)b.len;
  return (uint8_t *)b.data;
}

static void verifying_is_fast(void **state) {
  (void)state;
  ModConst k = {MOD_STRING, .as.s = {"x", 1}};
  ModFunction f = {.consts = &k,
                   .nconsts = 1,
                   .nparams = 2,
                   .max_stack = 10,
                   .env_upval = MOD_NO_ENV};
  f.code = long_code(20000, &f.code_size);
  FunctionFacts facts;
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  for (int i = 0; i < 5; i++) {
    assert_null(wf_verify_function(&f, NULL, &facts, NULL));
    wf_verify_facts_free(&facts);
  }
  clock_gettime(CLOCK_MONOTONIC, &to);
  double seconds = (double)(to.tv_sec - from.tv_sec) +
                   (double)(to.tv_nsec - from.tv_nsec) / 1e9;
  if (getenv("WEFT_MUTATIONS"))
    printf("%.0f MB/s\n", 5.0 * f.code_size / seconds / 1e6);
  assert_true(seconds < 20);
  wf_alloc_free(f.code);
}

/* Captures joined over and over: as many joins as the worst order of visits
 * makes, in time that stays linear in the code. */
static void hostile_captures_stay_linear(void **state) {
  (void)state;
  enum { SLOTS = 200, ROUNDS = 2000 };
  ModUpval upvals[SLOTS];
  ModFunction children[SLOTS], *pointers[SLOTS];
  Buffer b;
  wf_buffer_init(&b);
  for (uint32_t i = 0; i < SLOTS; i++) {
    upvals[i] = (ModUpval){{NULL, 0}, true, (uint16_t)i};
    children[i] = (ModFunction){
        .upvals = &upvals[i], .nupvals = 1, .env_upval = MOD_NO_ENV};
    pointers[i] = &children[i];
  }
  wf_buffer_byte(&b, OP_NILS);
  wf_buffer_varint(&b, SLOTS);
  size_t top = b.len;
  for (int round = 0; round < ROUNDS; round++) {
    wf_buffer_byte(&b, OP_TRUE);
    wf_buffer_byte(&b, OP_JUMP_IF_TRUE);
    int64_t back = (int64_t)top - (int64_t)(b.len - 1);
    wf_buffer_varint(&b, (uint64_t)back << 1 ^ UINT64_MAX);
    wf_buffer_byte(&b, OP_CLOSURE);
    wf_buffer_varint(&b, (uint64_t)(round % SLOTS));
    wf_buffer_byte(&b, OP_POP);
  }
  wf_buffer_byte(&b, OP_RETURN_0);
  ModFunction f = {.children = pointers,
                   .nchildren = SLOTS,
                   .max_stack = SLOTS + 1,
                   .flags = MOD_NEEDS_CLOSE,
                   .env_upval = MOD_NO_ENV,
                   .code = (uint8_t *)b.data,
                   .code_size = (uint32_t)b.len};
  FunctionFacts facts;
  assert_null(wf_verify_function(&f, NULL, &facts, NULL));
  wf_verify_facts_free(&facts);
  wf_buffer_free(&b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_rule_is_hit),
      cmocka_unit_test(the_place_is_told),
      cmocka_unit_test(facts_tell_depths_and_targets),
      cmocka_unit_test(mutations_do_no_harm),
      cmocka_unit_test(verifying_is_fast),
      cmocka_unit_test(hostile_captures_stay_linear),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
