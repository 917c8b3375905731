/* opstats.c: counters of executed instructions.
 *
 * Single instructions and pairs have arrays; triples and the weights of linked
 * instructions (by address) have open hash tables of fixed size. A triple that
 * finds no room is dropped and counted as such.
 *
 * A weight is the number of compact instructions that one linked instruction
 * stands for: those after its predecessor's up to its own. Loads that were
 * folded, jumps that were fused and assignments that became a destination are
 * counted where they would have been executed, so the sum of weights is what a
 * plain stack machine dispatches. */
#include "vm/load/opstats.h"
#ifdef WEFT_STATS
#include "vm/bytecode/opcode.h"
#include <inttypes.h>
#include <stdlib.h>

enum {
  TRIPLES = 1 << 16,
  WEIGHTS = 1 << 20,
  TOP_OPS = 25,
  TOP_PAIRS = 20,
  TOP_TRIPLES = 15
};

typedef struct Counted {
  uint64_t key; /* 0: free; instructions as (a * COUNT + b) * COUNT + c + 1 */
  uint64_t count;
} Counted;
typedef struct Weight {
  const char *pc;
  uint32_t compact;
} Weight;

static uint64_t ops[LINKED_COUNT], slow[LINKED_COUNT];
static uint64_t pairs[LINKED_COUNT][LINKED_COUNT];
static Counted triples[TRIPLES];
static Weight weights[WEIGHTS];
static uint64_t compact_total, dropped;
static LinkedOp last, before_last;
static uint32_t nseen;

/* ---- counting ------------------------------------------------------------ */

static Weight *find_weight(const char *pc) {
  uint64_t h = (uint64_t)(uintptr_t)pc * 0x9E3779B97F4A7C15u >> 44;
  for (uint32_t i = 0; i < WEIGHTS; i++) {
    Weight *w = &weights[(h + i) % WEIGHTS];
    if (w->pc == pc || !w->pc)
      return w;
  }
  return NULL;
}

void wf_opstats_linked(const Proto *p) {
  uint32_t at = 0;
  for (uint32_t i = 0; i < p->map_count; i++) {
    const char *pc = p->code + p->linked_map[2 * i];
    uint32_t own = p->linked_map[2 * i + 1], n = 0;
    Instruction in;
    for (;
         at <= own && wf_opcode_decode(p->bytecode, p->bytecode_size, at, &in);
         at += in.length)
      n++;
    Weight *w = find_weight(pc);
    if (w)
      *w = (Weight){pc, n};
  }
}

static void count_triple(uint64_t key) {
  uint64_t h = key * 0x9E3779B97F4A7C15u >> 48;
  for (uint32_t i = 0; i < 64; i++) {
    Counted *c = &triples[(h + i) % TRIPLES];
    if (c->key == key || !c->key) {
      c->key = key;
      c->count++;
      return;
    }
  }
  dropped++;
}

void wf_opstats_count(LinkedOp op, const char *pc) {
  const Weight *w = find_weight(pc);
  ops[op]++;
  compact_total += w && w->pc ? w->compact : 0;
  if (nseen > 0)
    pairs[last][op]++;
  if (nseen > 1)
    count_triple(((uint64_t)before_last * LINKED_COUNT + last) * LINKED_COUNT +
                 op + 1);
  nseen += nseen < 2;
  before_last = last;
  last = op;
}

void wf_opstats_slow(LinkedOp op) { slow[op]++; }

/* ---- sums ---------------------------------------------------------------- */

typedef struct Sums {
  uint64_t executed, bytes, compact, branches, accumulator;
  uint64_t cached, cache_misses;
} Sums;

static bool starts_with(const char *name, const char *prefix) {
  return strncmp(name, prefix, strlen(prefix)) == 0;
}

static bool has_cache(const char *name) {
  return starts_with(name, "GET_FIELD") || starts_with(name, "SET_FIELD") ||
         starts_with(name, "GET_GLOBAL") || starts_with(name, "SET_GLOBAL") ||
         starts_with(name, "METHOD_");
}

/* Compare and branch in one instruction: JLT_RR, BJNE_AI, JF_A. */
static bool is_fused_branch(const char *name) {
  name += *name == 'B' && name[1] == 'J';
  return *name == 'J' && strcmp(name, "JUMP") != 0;
}

/* An operand letter A in what follows the last '_'. */
static bool reads_accumulator(const char *name) {
  const char *suffix = strrchr(name, '_');
  return suffix && suffix[1] && suffix[strspn(suffix + 1, "RAIFKP") + 1] == 0 &&
         strchr(suffix, 'A');
}

static Sums add_up(void) {
  Sums s = {.compact = compact_total};
  for (int i = 0; i < LINKED_COUNT; i++) {
    const char *name = wf_linked_name[i];
    s.executed += ops[i];
    s.bytes += ops[i] * wf_linked_length[i];
    s.branches += is_fused_branch(name) ? ops[i] : 0;
    s.accumulator += reads_accumulator(name) ? ops[i] : 0;
    s.cached += has_cache(name) ? ops[i] : 0;
    s.cache_misses += has_cache(name) ? slow[i] : 0;
  }
  return s;
}

/* ---- sorted lists -------------------------------------------------------- */

static int by_count(const void *x, const void *y) {
  const Counted *a = x, *b = y;
  if (a->count != b->count)
    return a->count < b->count ? 1 : -1;
  return (a->key > b->key) - (a->key < b->key);
}

/* The names of `n` instructions out of a key. */
static void key_text(uint64_t key, int n, char out[160]) {
  LinkedOp op[3];
  key--;
  for (int i = n; i-- > 0; key /= LINKED_COUNT)
    op[i] = (LinkedOp)(key % LINKED_COUNT);
  size_t used = 0;
  for (int i = 0; i < n; i++)
    used += (size_t)snprintf(out + used, 160 - used, "%s%s", i > 0 ? " " : "",
                             wf_linked_name[op[i]]);
}

/* Copies what was counted of `n` instructions in a row, most frequent first;
 * ends with a zero count. NULL: memory is exhausted. */
static Counted *sorted(int n) {
  size_t size = n == 1   ? LINKED_COUNT
                : n == 2 ? (size_t)LINKED_COUNT * LINKED_COUNT
                         : TRIPLES;
  Counted *list = calloc(size + 1, sizeof *list);
  if (!list)
    return NULL;
  for (size_t i = 0; i < size; i++)
    list[i] =
        n == 3 ? triples[i]
               : (Counted){i + 1,
                           n == 1 ? ops[i]
                                  : pairs[i / LINKED_COUNT][i % LINKED_COUNT]};
  qsort(list, size, sizeof *list, by_count);
  return list;
}

/* ---- output -------------------------------------------------------------- */

static double percent(uint64_t part, uint64_t whole) {
  return whole > 0 ? 100.0 * (double)part / (double)whole : 0;
}

static void print_list(FILE *out, const char *title, int n, int top,
                       uint64_t all) {
  Counted *list = sorted(n);
  fprintf(out, "\n%s\n", title);
  for (int i = 0; list && i < top && list[i].count > 0; i++) {
    char text[160];
    key_text(list[i].key, n, text);
    fprintf(out, "%16" PRIu64 " %5.1f %%  %s\n", list[i].count,
            percent(list[i].count, all), text);
  }
  free(list);
}

static void print_table(FILE *out, const Sums *s) {
  uint64_t saved = s->compact > s->executed ? s->compact - s->executed : 0;
  fprintf(out,
          "instructions executed   %16" PRIu64 "\n"
          "bytes of them           %16" PRIu64 "\n"
          "compact instructions    %16" PRIu64 "  they stand for\n"
          "dispatches saved        %16" PRIu64 "  %.1f %%\n"
          "  of them by fusing     %16" PRIu64 "  branches with their test\n"
          "accumulator operands    %16" PRIu64 "  in instructions with some\n"
          "cached accesses         %16" PRIu64 "\n"
          "  misses                %16" PRIu64 "  %.1f %%\n",
          s->executed, s->bytes, s->compact, saved, percent(saved, s->compact),
          s->branches, s->accumulator, s->cached, s->cache_misses,
          percent(s->cache_misses, s->cached));
  print_list(out, "instructions", 1, TOP_OPS, s->executed);
  print_list(out, "pairs", 2, TOP_PAIRS, s->executed);
  print_list(out, "triples", 3, TOP_TRIPLES, s->executed);
  if (dropped > 0)
    fprintf(out, "triples not counted     %16" PRIu64 "\n", dropped);
}

static void json_list(FILE *out, const char *name, int n) {
  Counted *list = sorted(n);
  fprintf(out, ",\n\"%s\": {", name);
  for (int i = 0; list && list[i].count > 0; i++) {
    char text[160];
    key_text(list[i].key, n, text);
    fprintf(out, "%s\n\"%s\": %" PRIu64, i > 0 ? "," : "", text, list[i].count);
  }
  fprintf(out, "}");
  free(list);
}

static void print_json(FILE *out, const Sums *s) {
  fprintf(out,
          "{\"executed\": %" PRIu64 ", \"bytes_fetched\": %" PRIu64
          ", \"compact\": %" PRIu64 ",\n\"fused_branches\": %" PRIu64
          ", \"accumulator_operands\": %" PRIu64
          ",\n\"cached_accesses\": %" PRIu64 ", \"cache_misses\": %" PRIu64
          ", \"triples_not_counted\": %" PRIu64,
          s->executed, s->bytes, s->compact, s->branches, s->accumulator,
          s->cached, s->cache_misses, dropped);
  json_list(out, "instructions", 1);
  json_list(out, "pairs", 2);
  json_list(out, "triples", 3);
  fprintf(out, ",\n\"slow\": {");
  const char *comma = "";
  for (int i = 0; i < LINKED_COUNT; i++) {
    if (slow[i] == 0)
      continue;
    fprintf(out, "%s\n\"%s\": %" PRIu64, comma, wf_linked_name[i], slow[i]);
    comma = ",";
  }
  fprintf(out, "}}\n");
}

void wf_opstats_write(FILE *out, StatsFormat format) {
  Sums s = add_up();
  if (format == STATS_JSON)
    print_json(out, &s);
  else
    print_table(out, &s);
  fflush(out);
}
#else
typedef int OpStatsAreOff; /* ISO C has no empty files */
#endif
