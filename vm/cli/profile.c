/* profile.c: a sampling profiler of Lua stacks.
 *
 *   SIGPROF --> ticks++, vm->interrupt --> next call or backward branch
 *                                            wf_slow_interrupt --> take_sample
 *
 * The signal only asks; the sample is taken where the interpreter looks at
 * interrupts anyway, so nothing is slower while no signal comes, and the stack
 * is in order. Ticks that come meanwhile (in a long native function) count for
 * the sample that follows: its time goes to the Lua function that called it.
 *
 * Samples form a tree by function; a node's count is of samples that ended
 * there. Coroutines hang below the function that resumed them.
 *
 * What the VM did when the signal came is known there and then: it interrupted
 * a handler, or else the collector, the linker or other C code: library
 * functions, the handlers' slow paths, the compiler. What is not the handlers'
 * is a node below the function. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* the names of registers */
#endif
#include "vm/cli/profile.h"
#include "vm/cli/flame.h"
#include "vm/exec/debuginfo.h"
#include "vm/exec/interp.h"
#include "vm/exec/native.h"
#include "vm/gc/gc.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <ucontext.h>

enum { DEPTH_MAX = 256, NAME_MAX_LEN = 120 };

typedef enum State { IN_HANDLERS, IN_C, IN_COLLECTOR, IN_LINKER, STATES } State;
static const char *const state_name[STATES] = {
    [IN_HANDLERS] = "[interpreter]",
    [IN_C] = "[C code]",
    [IN_COLLECTOR] = "[collector]",
    [IN_LINKER] = "[linker]"};

static VM *profiled;
static volatile sig_atomic_t ticks[STATES]; /* not yet in a sample */
static uint64_t sampled[STATES];
static uintptr_t handlers_low, handlers_high;
static FlameTree tree;
static FlameTree lines; /* one level: "function:line" of the newest frame */
static FlameTree known; /* one level of places, below each the name met first */
static int frequency;

/* ---- taking samples ------------------------------------------------------ */

static uintptr_t interrupted_pc(const ucontext_t *context) {
#if defined(__x86_64__)
  return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
  return (uintptr_t)context->uc_mcontext.pc;
#else
  (void)context;
  return handlers_low; /* not told apart */
#endif
}

static State interrupted_state(const void *context) {
  uintptr_t pc = interrupted_pc(context);
  if (pc >= handlers_low && pc < handlers_high)
    return IN_HANDLERS;
  return wf_gc_is_busy(profiled) ? IN_COLLECTOR
         : profiled->linking     ? IN_LINKER
                                 : IN_C;
}

static void on_tick(int signal_number, siginfo_t *info, void *context) {
  (void)signal_number;
  (void)info;
  ticks[interrupted_state(context)]++;
  __atomic_fetch_or(&profiled->interrupt, VM_INTERRUPT_SAMPLE,
                    __ATOMIC_RELAXED);
  profiled->pending = 1;
  __atomic_store_n(&profiled->stack_limit, NULL, __ATOMIC_RELAXED);
}

/* What stands for a function in the tree: its place. Names depend on the call,
 * so they are only noted here and put in at the end. */
static void frame_place(Thread *of, const FrameRef *frame, char *out,
                        DebugInfo *info) {
  Value f = wf_debuginfo_function(of, frame);
  wf_debuginfo_get(of, frame, f, "Sln", info);
  if (*info->what == 'm')
    snprintf(out, NAME_MAX_LEN, "main chunk (%s)", info->short_src);
  else if (*info->what == 'C')
    snprintf(out, NAME_MAX_LEN, "%s [C]", info->name ? info->name : "?");
  else {
    snprintf(out, NAME_MAX_LEN, "(%s:%d)", info->short_src, info->line_defined);
    uint32_t place = wf_flame_child(&known, 0, out);
    if (info->name && !known.nodes[place].first_child)
      wf_flame_child(&known, place, info->name);
  }
}

static void put_names_in(void) {
  for (uint32_t i = 1; i < tree.n; i++) {
    FlameNode *n = &tree.nodes[i];
    if (*n->name != '(')
      continue;
    uint32_t place = wf_flame_child(&known, 0, n->name);
    uint32_t name = known.nodes[place].first_child;
    char text[2 * NAME_MAX_LEN];
    snprintf(text, sizeof text, "%.*s %s", NAME_MAX_LEN,
             name ? known.nodes[name].name : "?", n->name);
    wf_flame_rename(n, text);
  }
}

static uint32_t resume_chain(Thread *L, Thread *threads[DEPTH_MAX]) {
  uint32_t n = 0;
  for (Thread *t = L; t && n < DEPTH_MAX; t = t->resumer)
    threads[n++] = t;
  return n;
}

static uint64_t all_ticks(void) {
  uint64_t n = 0;
  for (int i = 0; i < STATES; i++)
    n += (uint64_t)ticks[i];
  return n;
}

/* Descends the tree along the frames of t, oldest first. */
static uint32_t add_thread(Thread *t, uint32_t node) {
  FrameRef frames[DEPTH_MAX], frame;
  uint32_t n = 0;
  for (bool more = wf_debuginfo_newest(t, &frame); more;
       more = wf_debuginfo_caller(t, &frame))
    frames[n++ % DEPTH_MAX] = frame; /* of very deep ones the oldest */
  for (uint32_t i = n < DEPTH_MAX ? n : DEPTH_MAX; i-- > 0;) {
    char name[NAME_MAX_LEN];
    DebugInfo info;
    frame_place(t, &frames[i], name, &info);
    if (node == 0 && strcmp(name, "? [C]") == 0)
      continue; /* the program itself */
    node = wf_flame_child(&tree, node, name);
    if (i == 0 && t == profiled->thread && info.current_line > 0) {
      char line[NAME_MAX_LEN + 16];
      snprintf(line, sizeof line, "%s:%d", info.short_src, info.current_line);
      wf_flame_add(&lines, wf_flame_child(&lines, 0, line), all_ticks());
    }
  }
  return node;
}

static void take_sample(Thread *L) {
  Thread *threads[DEPTH_MAX];
  uint32_t node = 0;
  for (uint32_t i = resume_chain(L, threads); i-- > 0;)
    node = add_thread(threads[i], node);
  for (int i = 0; i < STATES; i++) {
    uint64_t n = (uint64_t)ticks[i];
    ticks[i] = 0;
    sampled[i] += n;
    if (n > 0)
      wf_flame_add(&tree,
                   i == IN_HANDLERS ? node
                                    : wf_flame_child(&tree, node, state_name[i]),
                   n);
  }
  L->vm->linking = false; /* an error may have ended it */
}

static bool set_timer(int hz) {
  struct itimerval every = {0};
  if (hz > 0)
    every.it_interval.tv_usec = every.it_value.tv_usec =
        1000000 / hz - (hz == 1);
  return setitimer(ITIMER_PROF, &every, NULL) == 0;
}

bool wf_profile_start(VM *vm, int hz) {
  struct sigaction sa = {.sa_sigaction = on_tick,
                         .sa_flags = SA_RESTART | SA_SIGINFO};
  sigemptyset(&sa.sa_mask);
  profiled = vm;
  frequency = hz;
  vm->sample = take_sample;
  wf_interp_code(&handlers_low, &handlers_high);
  if (!wf_flame_open(&tree) || !wf_flame_open(&lines) ||
      !wf_flame_open(&known) || sigaction(SIGPROF, &sa, NULL) != 0 ||
      !set_timer(hz)) {
    fprintf(stderr, "%s: cannot profile: %s\n", vm->program, strerror(errno));
    return false;
  }
  return true;
}

/* ---- the end ------------------------------------------------------------- */

static bool ends_with(const char *text, const char *end) {
  size_t n = strlen(text), m = strlen(end);
  return n >= m && strcmp(text + n - m, end) == 0;
}

static void write_as(FILE *out, const char *file) {
  if (file && ends_with(file, ".folded"))
    wf_flame_write_folded(&tree, out);
  else if (file && ends_with(file, ".json"))
    wf_flame_write_speedscope(&tree, frequency, out);
  else if (file && ends_with(file, ".svg"))
    wf_flame_write_svg(&tree, out);
  else {
    uint64_t total = wf_flame_total(&tree);
    fprintf(out, "samples: %llu, %d a second\n", (unsigned long long)total,
            frequency);
    for (int i = 0; i < STATES && total > 0; i++)
      fprintf(out, "%6.1f %%  %s\n", 100.0 * (double)sampled[i] / (double)total,
              state_name[i]);
    wf_flame_write_table(&tree, "function", out);
    wf_flame_write_table(&lines, "line", out);
  }
}

bool wf_profile_finish(VM *vm, const char *file) {
  set_timer(0);
  signal(SIGPROF, SIG_IGN);
  vm->sample = NULL;
  fflush(stdout);
  put_names_in();
  FILE *out = file ? fopen(file, "w") : stderr;
  bool good = out != NULL;
  if (good) {
    write_as(out, file);
    good = !ferror(out) && (!file || fclose(out) == 0);
  }
  if (!good)
    fprintf(stderr, "%s: cannot write %s: %s\n", vm->program, file,
            strerror(errno));
  wf_flame_close(&tree);
  wf_flame_close(&lines);
  wf_flame_close(&known);
  return good;
}
