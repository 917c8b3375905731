/* stats.c: pauses of the collector and the mutator's share of the time.
 *
 * A pause is one step, from entering it to leaving it, without the finalizers
 * it calls afterwards: those are the program's own code. Pauses go into one
 * histogram per phase, sixteen buckets an octave, so percentiles are exact to
 * 6 %. Their start and length are kept too, for the minimum mutator
 * utilisation: the least share of any window of time that the program had.
 * Whole collections that the program asks for are counted apart.
 *
 * Time is the thread's CPU time, so that other programs on the machine do not
 * count as pauses; page faults do. */
#include "vm/gc/stats.h"
#include "vm/gc/collector.h"
#include <time.h>

enum { OCTAVE = 16, BUCKETS = 40 * OCTAVE };

typedef struct Histogram {
  uint64_t count, total, most;
  uint32_t bucket[BUCKETS];
} Histogram;

typedef struct Pause {
  uint64_t start;
  uint32_t length;
} Pause;

typedef struct GCStats {
  uint64_t start;
  Histogram all, phase[PHASE_COUNT];
  Histogram asked; /* whole collections */
  Pause *pause;
  size_t count, capacity;
  bool lost; /* no memory for more pauses */
  void (*at_close)(VM *vm);
} GCStats;

uint64_t wf_stats_clock(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* ---- histograms ---- */

static uint32_t bucket_of(uint64_t ns) {
  if (ns < OCTAVE)
    return (uint32_t)ns;
  uint32_t octave = 63 - (uint32_t)__builtin_clzll(ns); /* >= 4 */
  uint32_t i = (octave - 3) * OCTAVE + (uint32_t)(ns >> (octave - 4)) - OCTAVE;
  return i < BUCKETS ? i : BUCKETS - 1;
}
/* The largest value of a bucket. */
static uint64_t bucket_end(uint32_t i) {
  if (i < OCTAVE)
    return i;
  uint32_t octave = i / OCTAVE + 3;
  return ((uint64_t)(i % OCTAVE + OCTAVE + 1) << (octave - 4)) - 1;
}

static void add(Histogram *h, uint64_t ns) {
  h->count++;
  h->total += ns;
  if (ns > h->most)
    h->most = ns;
  h->bucket[bucket_of(ns)]++;
}

static double percentile_us(const Histogram *h, double p) {
  uint64_t rank = (uint64_t)((double)h->count * p);
  uint64_t seen = 0;
  for (uint32_t i = 0; i < BUCKETS; i++) {
    seen += h->bucket[i];
    if (seen > rank) {
      uint64_t end = bucket_end(i);
      return (double)(end < h->most ? end : h->most) / 1e3;
    }
  }
  return (double)h->most / 1e3;
}

/* ---- recording ---- */

bool wf_stats_enable(VM *vm, void (*at_close)(VM *vm)) {
  GC *gc = vm->heap.gc;
  if (!gc->stats)
    gc->stats = wf_alloc_zeroed(1, sizeof *gc->stats);
  if (!gc->stats)
    return false;
  gc->stats->start = wf_stats_clock();
  gc->stats->at_close = at_close;
  return true;
}

void wf_stats_close(GC *gc) {
  if (gc->stats && gc->stats->at_close)
    gc->stats->at_close(gc->vm);
  if (gc->stats)
    wf_alloc_free(gc->stats->pause);
  wf_alloc_free(gc->stats);
  gc->stats = NULL;
}

void wf_stats_record(GC *gc, Phase first, uint64_t start) {
  GCStats *s = gc->stats;
  uint64_t ns = wf_stats_clock() - start;
  if (first == PHASE_PAUSE && gc->phase == PHASE_PAUSE)
    return; /* looked and did nothing */
  add(&s->all, ns);
  add(&s->phase[first], ns);
  if (s->count == s->capacity && !s->lost) {
    size_t n = s->capacity ? s->capacity * 2 : 1024;
    Pause *list = wf_alloc_resize(s->pause, n * sizeof *list);
    s->lost = !list;
    if (list) {
      s->pause = list;
      s->capacity = n;
    }
  }
  if (s->count < s->capacity)
    s->pause[s->count++] =
        (Pause){start, ns < UINT32_MAX ? (uint32_t)ns : UINT32_MAX};
}

void wf_stats_record_asked(GC *gc, uint64_t start) {
  add(&gc->stats->asked, wf_stats_clock() - start);
}

/* ---- minimum mutator utilisation ---- */

/* The worst window begins with a pause or ends with one. */
static double utilisation(const GCStats *s, uint64_t window, uint64_t now) {
  if (now - s->start < window)
    return -1;
  uint64_t worst = 0, inside = 0;
  /* windows that begin with pause i; [i, j) begin inside */
  for (size_t i = 0, j = 0; i < s->count; i++) {
    uint64_t end = s->pause[i].start + window;
    for (; j < s->count && s->pause[j].start < end; j++)
      inside += s->pause[j].length;
    const Pause *last = &s->pause[j - 1];
    uint64_t over = last->start + last->length;
    uint64_t sum = inside - (over > end ? over - end : 0);
    if (sum > worst)
      worst = sum;
    inside -= s->pause[i].length;
  }
  inside = 0;
  /* windows that end with pause i; (j, i] end inside */
  for (size_t i = s->count, j = s->count; i-- > 0;) {
    uint64_t end = s->pause[i].start + s->pause[i].length;
    uint64_t begin = end > window ? end - window : 0;
    for (; j > 0 && s->pause[j - 1].start + s->pause[j - 1].length > begin; j--)
      inside += s->pause[j - 1].length;
    const Pause *first = &s->pause[j];
    uint64_t sum = inside - (first->start < begin ? begin - first->start : 0);
    if (sum > worst)
      worst = sum;
    inside -= s->pause[i].length;
  }
  return worst < window ? 1.0 - (double)worst / (double)window : 0;
}

/* ---- what the heap holds ---- */

enum { TYPES = OBJ_UPVAL + 1 };
typedef struct Contents {
  size_t count[TYPES], bytes[TYPES]; /* 0: raw cells */
} Contents;

static void note_cell(void *ud, CellKind kind, const void *cell, size_t size) {
  Contents *c = ud;
  int type = kind == CELL_RAW ? 0 : ((const Object *)cell)->type;
  c->count[type]++;
  c->bytes[type] += size;
}

/* ---- printing ---- */

typedef struct Printer {
  FILE *out;
  bool json;
} Printer;

static const char *const phase_names[PHASE_COUNT] = {
    "start",     "mark",       "separate", "clear_values",
    "resurrect", "clear_keys", "strings",  "sweep"};

static void print_histogram(const Printer *p, const char *name,
                            const Histogram *h, const char *comma) {
  static const char json[] =
      "\"%s\":{\"count\":%llu,\"total_ms\":%.3f,\"p50_us\":%.1f,"
      "\"p90_us\":%.1f,\"p99_us\":%.1f,\"p999_us\":%.1f,\"max_us\":%.1f}%s";
  static const char text[] =
      "  %-13s %9llu %10.3f %8.1f %8.1f %8.1f %8.1f %8.1f%s\n";
  fprintf(p->out, p->json ? json : text, name, (unsigned long long)h->count,
          (double)h->total / 1e6, percentile_us(h, 0.5), percentile_us(h, 0.9),
          percentile_us(h, 0.99), percentile_us(h, 0.999),
          (double)h->most / 1e3, p->json ? comma : "");
}

static void print_pauses(const Printer *p, const GCStats *s) {
  fputs(p->json ? "\"pauses\":{"
                : "gc pauses           count   total ms   p50 us   p90 us   "
                  "p99 us p99.9 us   max us\n",
        p->out);
  for (int i = 0; i < PHASE_COUNT; i++)
    if (s->phase[i].count)
      print_histogram(p, phase_names[i], &s->phase[i], ",");
  print_histogram(p, "all", &s->all, ",");
  print_histogram(p, "asked_for", &s->asked, "");
  fputs(p->json ? "}," : "", p->out);
}

static void print_utilisation(const Printer *p, const GCStats *s,
                              uint64_t now) {
  static const int windows[] = {1, 10, 100};
  for (size_t i = 0; i < ARRAY_LEN(windows); i++) {
    int ms = windows[i];
    double u = utilisation(s, (uint64_t)ms * 1000000, now);
    if (u < 0)
      fprintf(p->out,
              p->json ? "\"mmu_%dms\":null,"
                      : "gc mutator %3d ms    n/a (shorter run)\n",
              ms);
    else
      fprintf(p->out,
              p->json ? "\"mmu_%dms\":%.4f," : "gc mutator %3d ms    %.4f\n",
              ms, u);
  }
}

static void print_kinds(const Printer *p, const GC *gc) {
  static const char *const names[STAT_KINDS] = {"objects", "parts", "large"};
  fputs(p->json ? "\"bytes\":{"
                : "gc bytes        allocated           marked            swept"
                  "\n",
        p->out);
  for (int k = 0; k < STAT_KINDS; k++)
    fprintf(p->out,
            p->json ? "\"%s\":{\"allocated\":%zu,\"marked\":%zu,\"swept\":%zu}%s"
                    : "  %-9s %13zu    %13zu    %13zu%s\n",
            names[k], gc->allocated[k], gc->kept[k], gc->swept[k],
            p->json && k + 1 < STAT_KINDS ? "," : "");
  fputs(p->json ? "}," : "", p->out);
}

static void print_contents(const Printer *p, const GC *gc) {
  static const char *const names[TYPES] = {
      "parts",    "strings", "tables",     "functions", "natives",
      "userdata", "threads", "prototypes", "upvalues"};
  Contents c = {{0}, {0}};
  wf_heap_each_live(gc, note_cell, &c);
  fputs(p->json ? "\"heap\":{"
                : "gc heap at exit         cells            bytes\n",
        p->out);
  for (int t = 0; t < TYPES; t++)
    fprintf(p->out,
            p->json ? "\"%s\":{\"cells\":%zu,\"bytes\":%zu}%s"
                    : "  %-13s %13zu    %13zu%s\n",
            names[t], c.count[t], c.bytes[t],
            p->json && t + 1 < TYPES ? "," : "");
  fputs(p->json ? "}," : "", p->out);
}

void wf_stats_print(const VM *vm, FILE *out, bool json) {
  const GC *gc = vm->heap.gc;
  const GCStats *s = gc->stats;
  if (!s)
    return;
  Printer p = {out, json};
  uint64_t now = wf_stats_clock();
  double run = (double)(now - s->start) / 1e6;
  double share = run > 0 ? (double)s->all.total / 1e6 / run : 0;
  fputs(json ? "{\"clock\":\"thread_cpu\"," : "", out);
  print_pauses(&p, s);
  print_utilisation(&p, s, now);
  print_kinds(&p, gc);
  print_contents(&p, gc);
  double peak = (double)(gc->bytes > gc->peak ? gc->bytes : gc->peak);
  double most = (double)(gc->traced > gc->traced_most ? gc->traced
                                                      : gc->traced_most);
  fprintf(out,
          json ? "\"cycles\":%llu,\"peak_bytes\":%.0f,\"live_bytes\":%zu,"
                 "\"live_most_bytes\":%.0f,\"peak_to_live\":%.3f,"
                 "\"share\":%.4f,\"run_ms\":%.3f}\n"
               : "gc cycles            %llu\ngc peak bytes        %.0f\n"
                 "gc live bytes        %zu\ngc most live bytes   %.0f\n"
                 "gc peak / live       %.3f\n"
                 "gc share of time     %.4f of %.3f ms of CPU time\n",
          (unsigned long long)gc->cycles, peak, gc->traced, most,
          most > 0 ? peak / most : 0, share, run);
}
