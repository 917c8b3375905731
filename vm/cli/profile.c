/* profile.c: a sampling profiler of Lua stacks.
 *
 *   SIGPROF --> ticks, vm->interrupt --> next call or backward branch
 *                                          wf_slow_interrupt --> take_sample
 *
 * The signal only asks; the sample is taken where the interpreter looks at
 * interrupts anyway, so nothing is slower while no signal comes, and the stack
 * is in order. Ticks that come meanwhile (in a long native function) count for
 * the sample that follows: its time goes to the Lua function that called it.
 *
 * The timer counts the CPU time of the program's thread, which the kernel looks
 * at when its own clock ticks, 100 to 1000 times a second: one signal then
 * stands for all periods that went by (si_overrun). A timer of real time would
 * keep any rate, but by interrupts of its own, which cost a virtual machine
 * 15 to 30 us each, and would wake programs that wait.
 *
 * Samples form a tree by function; a node's count is of samples that ended
 * there. Coroutines hang below the function that resumed them. What a function
 * or a line is called is made up once and remembered by address (Memo): a
 * sample costs a few microseconds, however long the names.
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
#include <time.h>
#include <ucontext.h>

enum {
  DEPTH_MAX = 256, /* frames of a thread in one sample */
  NAME_MAX_LEN = 120,
  NAME_TRIES = 8,     /* calls looked at for the name of a function */
  MEMO_SIZE = 1024,   /* 2^(32 - 22): memo_slot */
  SECOND = 1000000000 /* ns */
};

typedef enum State { IN_HANDLERS, IN_C, IN_COLLECTOR, IN_LINKER, STATES } State;
static const char *const state_name[STATES] = {
    [IN_HANDLERS] = "[interpreter]",
    [IN_C] = "[C code]",
    [IN_COLLECTOR] = "[collector]",
    [IN_LINKER] = "[linker]"};

/* Nodes by address, of a prototype or in linked code. No memory is reused
 * while vm->epoch stands, so neither is an address. */
typedef struct Memo {
  struct {
    const void *address;
    uint32_t epoch, node;
  } entry[MEMO_SIZE];
} Memo;

static VM *profiled;
static timer_t timer;
static volatile sig_atomic_t ticks[STATES]; /* not yet in a sample */
static uint64_t sampled[STATES], stacks;
static uintptr_t handlers_low, handlers_high;
static FlameTree tree;
static FlameTree lines; /* one level: "function:line" of the newest frame */
/* One level of places, below each the name met first; a place's count is of
 * the calls that were asked for it. */
static FlameTree known;
static Memo places, newest_lines;
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
  ticks[interrupted_state(context)] += 1 + info->si_overrun;
  __atomic_fetch_or(&profiled->interrupt, VM_INTERRUPT_SAMPLE,
                    __ATOMIC_RELAXED);
  profiled->pending = 1;
  __atomic_store_n(&profiled->stack_limit, NULL, __ATOMIC_RELAXED);
}

static uint32_t memo_slot(const void *address) {
  return (uint32_t)((uintptr_t)address >> 3) * 0x9E3779B1u >> 22;
}

/* 0: nothing known. */
static uint32_t recall(const Memo *m, const void *address) {
  uint32_t i = memo_slot(address);
  return m->entry[i].address == address && m->entry[i].epoch == profiled->epoch
             ? m->entry[i].node
             : 0;
}

static void remember(Memo *m, const void *address, uint32_t node) {
  uint32_t i = memo_slot(address);
  m->entry[i].address = address;
  m->entry[i].epoch = profiled->epoch;
  m->entry[i].node = node;
}

/* A native function, called at `site` (NULL: unknown), is its name there. */
static uint32_t native_place(Thread *of, const FrameRef *frame,
                             const char *site) {
  uint32_t place = site ? recall(&places, site) : 0;
  if (place)
    return place;
  char text[NAME_MAX_LEN];
  DebugInfo info;
  wf_debuginfo_get(of, frame, wf_debuginfo_function(of, frame), "n", &info);
  snprintf(text, sizeof text, "%s [C]", info.name ? info.name : "?");
  place = wf_flame_child(&known, 0, text);
  if (site)
    remember(&places, site, place);
  return place;
}

static uint32_t lua_place(Thread *of, Value f) {
  const Proto *p = value_as_function(f)->of.proto;
  uint32_t place = recall(&places, p);
  if (place)
    return place;
  char text[NAME_MAX_LEN];
  DebugInfo info;
  wf_debuginfo_get(of, NULL, f, "S", &info);
  if (*info.what == 'm')
    snprintf(text, sizeof text, "main chunk (%s)", info.short_src);
  else
    snprintf(text, sizeof text, "(%s:%d)", info.short_src, info.line_defined);
  place = wf_flame_child(&known, 0, text);
  remember(&places, p, place);
  return place;
}

/* What stands for a function in the tree: its place. Names depend on the call,
 * so they are only noted here and put in at the end. */
static const char *frame_place(Thread *of, const FrameRef *frame,
                               const FrameRef *caller) {
  Value f = wf_debuginfo_function(of, frame);
  bool native = function_is_native(value_as_function(f));
  uint32_t place = native ? native_place(of, frame, caller ? caller->pc : NULL)
                          : lua_place(of, f);
  const FlameNode *n = &known.nodes[place];
  if (place == 0)
    return "?"; /* no memory */
  if (*n->name == '(' && !n->first_child && n->self < NAME_TRIES) {
    DebugInfo info;
    wf_debuginfo_get(of, frame, f, "n", &info);
    wf_flame_add(&known, place, 1);
    if (info.name)
      wf_flame_child(&known, place, info.name);
  }
  return known.nodes[place].name;
}

static uint64_t all_ticks(void) {
  uint64_t n = 0;
  for (int i = 0; i < STATES; i++)
    n += (uint64_t)ticks[i];
  return n;
}

static void add_line(Thread *L, const FrameRef *frame) {
  uint32_t node = frame->pc ? recall(&newest_lines, frame->pc) : 0;
  if (!node) {
    char text[NAME_MAX_LEN];
    DebugInfo info;
    Value f = wf_debuginfo_function(L, frame);
    wf_debuginfo_get(L, frame, f, "Sl", &info);
    if (info.current_line <= 0)
      return;
    snprintf(text, sizeof text, "%s:%d", info.short_src, info.current_line);
    node = wf_flame_child(&lines, 0, text);
    if (frame->pc)
      remember(&newest_lines, frame->pc, node);
  }
  wf_flame_add(&lines, node, all_ticks());
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

/* Descends the tree along the frames of t, oldest first. */
static uint32_t add_thread(Thread *t, uint32_t node) {
  FrameRef frames[DEPTH_MAX];
  uint32_t n = 0;
  bool more = wf_debuginfo_newest(t, &frames[0]);
  while (more && ++n < DEPTH_MAX) {
    frames[n] = frames[n - 1];
    more = wf_debuginfo_caller(t, &frames[n]);
  }
  if (more)
    node = wf_flame_child(&tree, node, "[older frames]");
  for (uint32_t i = n; i-- > 0;) {
    const char *place =
        frame_place(t, &frames[i], i + 1 < n ? &frames[i + 1] : NULL);
    if (node == 0 && strcmp(place, "? [C]") == 0)
      continue; /* the program itself */
    node = wf_flame_child(&tree, node, place);
  }
  if (n > 0 && t == profiled->thread)
    add_line(t, &frames[0]);
  return node;
}

static void take_sample(Thread *L) {
  Thread *threads[DEPTH_MAX];
  uint32_t node = 0;
  stacks++;
  for (uint32_t i = resume_chain(L, threads); i-- > 0;)
    node = add_thread(threads[i], node);
  for (int i = 0; i < STATES; i++) {
    uint64_t n = (uint64_t)ticks[i];
    ticks[i] = 0;
    sampled[i] += n;
    if (n > 0)
      wf_flame_add(
          &tree,
          i == IN_HANDLERS ? node : wf_flame_child(&tree, node, state_name[i]),
          n);
  }
  L->vm->linking = false; /* an error may have ended it */
}

static bool start_timer(int hz) {
  struct sigaction sa = {.sa_sigaction = on_tick,
                         .sa_flags = SA_RESTART | SA_SIGINFO};
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
                           .sigev_signo = SIGPROF};
  struct itimerspec every = {
      .it_interval = {hz == 1, hz > 1 ? SECOND / hz : 0}};
  every.it_value = every.it_interval;
  sigemptyset(&sa.sa_mask);
  return sigaction(SIGPROF, &sa, NULL) == 0 &&
         timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer) == 0 &&
         timer_settime(timer, 0, &every, NULL) == 0;
}

bool wf_profile_start(VM *vm, int hz) {
  profiled = vm;
  frequency = hz;
  vm->sample = take_sample;
  wf_interp_code(&handlers_low, &handlers_high);
  if (!wf_flame_open(&tree) || !wf_flame_open(&lines) ||
      !wf_flame_open(&known) || !start_timer(hz)) {
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
    fprintf(out, "samples: %llu, %d a second of CPU time, in %llu stacks\n",
            (unsigned long long)total, frequency, (unsigned long long)stacks);
    for (int i = 0; i < STATES && total > 0; i++)
      fprintf(out, "%6.1f %%  %s\n", 100.0 * (double)sampled[i] / (double)total,
              state_name[i]);
    wf_flame_write_table(&tree, "function", out);
    wf_flame_write_table(&lines, "line", out);
  }
}

bool wf_profile_finish(VM *vm, const char *file) {
  timer_delete(timer);
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
