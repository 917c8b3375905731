/* test_memory_files.c: allocations of the Lua test programs are refused in
 * turn.
 *
 * usage: test_memory_files [--seconds S] [--jobs J] [--seed N] [--at N]
 *                          [--verbose] [FILE.lua...]
 *
 * Without files: tests/lua and the benchmark programs at their quick size, S
 * seconds in all (35). A program is run undisturbed, which tells how many
 * requests it makes; then, each time in a VM of its own, the n-th is refused:
 * alone, with all later ones, with every few of them. Every n is tried where
 * the program's share of the time allows it, otherwise those at both ends and
 * a spread between that the seed (by default the day) moves. --at N tries
 * that one n alone.
 *
 * Whatever was refused, there must be no crash and no report of a sanitizer;
 * the heap check passes and a small program runs in the same VM; and when it is
 * closed all of its memory, mappings and files are given back. A program that
 * catches no errors must besides print what it prints undisturbed, up to where
 * "not enough memory" ends it, and one that is not ended prints all of it.
 *
 * Each program runs in a process of its own and in an empty folder, with
 * nothing to read; os.exit leaves it without ending the process, and os.tmpname
 * names files of the folder. So no program is left out, but "too slow" are
 * those whose undisturbed run does not fit into their share of the time.
 * Interrupted are runs that last long, where refusals that come again cost a
 * collection each or a program waits for what cannot come. */
#define _GNU_SOURCE /* nftw, memfd_create, mremap */
#include "compiler/compile.h"
#include "vm/base/alloc.h"
#include "vm/exec/call.h"
#include "vm/exec/debuginfo.h"
#include "vm/exec/frame.h"
#include "vm/exec/native.h"
#include "vm/exec/open.h"
#include "vm/gc/collector.h"
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* ---- what a VM holds outside the C library's heap ------------------------ */

/* The linker leads these calls here (--wrap): pages that no one unmaps are no
 * leak to the sanitizer. And each is a request that may be refused. */
static size_t mapped;

void *__real_mmap(void *, size_t, int, int, int, off_t);
int __real_munmap(void *, size_t);
void *__real_mremap(void *, size_t, size_t, int, ...);
void *__wrap_mmap(void *, size_t, int, int, int, off_t);
int __wrap_munmap(void *, size_t);
void *__wrap_mremap(void *, size_t, size_t, int, ...);

static size_t pages(size_t size) { return (size + 4095) & ~(size_t)4095; }

void *__wrap_mmap(void *at, size_t size, int prot, int flags, int fd,
                  off_t from) {
  if (alloc_refuse())
    return MAP_FAILED;
  void *p = __real_mmap(at, size, prot, flags, fd, from);
  if (p != MAP_FAILED)
    mapped += pages(size);
  return p;
}

int __wrap_munmap(void *p, size_t size) {
  mapped -= pages(size);
  return __real_munmap(p, size);
}

void *__wrap_mremap(void *p, size_t old, size_t size, int flags, ...) {
  va_list more;
  va_start(more, flags);
  void *to = flags & MREMAP_FIXED ? va_arg(more, void *) : NULL;
  va_end(more);
  if (alloc_refuse())
    return MAP_FAILED;
  void *q = __real_mremap(p, old, size, flags, to);
  if (q == MAP_FAILED)
    return q;
  mapped += pages(size) - pages(old);
  if (flags & MREMAP_FIXED) /* what was there is gone */
    mapped -= pages(size);
  return q;
}

#ifdef WEFT_CHECKS

enum {
  TEXT_MAX = 600,
  ENDS = 300, /* requests at either end that come before the others */
  TICKS = 10, /* in a second of CPU time */
  UNDISTURBED = TICKS / 2,  /* ticks, and half a program's time, that a run
                               without refusals may take */
  STOP_AFTER = 2 * TICKS,   /* beyond five times that: then it is interrupted
                               as by Ctrl-C, again and again, */
  KILL_AFTER = 100 * TICKS, /* and is taken for endless */
  SHOWN = 12000,            /* bytes of a dead process's stderr */
  JOBS_MAX = 16,
  C_STACK = 4 << 20
};

typedef enum Pass { ONCE, FOR_GOOD, AGAIN, PASSES } Pass;
static const char *const pass_names[] = {"", " with all later ones",
                                         " and some later ones"};

/* Written by the process of a program, read by the one that waits for it. */
typedef struct Report {
  uint64_t requests, n, stopped_n; /* the last one that was interrupted */
  Pass pass, stopped_pass;
  uint64_t runs[PASSES], ended_by_memory, caught, stopped;
  bool strict, too_slow, done;
  char failure[TEXT_MAX];
} Report;

typedef struct Job {
  char *path;
  pid_t pid;
  int err; /* its stderr */
  Report *report;
} Job;

static double seconds = 35;
static int jobs = 2;
static uint64_t seed, only_n;
static bool verbose;

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- a program's process, what it holds -----------------------------------
 */

/* 0 without the sanitizer. */
__attribute__((weak)) size_t __sanitizer_get_current_allocated_bytes(void);
static size_t allocated(void) {
  return __sanitizer_get_current_allocated_bytes
             ? __sanitizer_get_current_allocated_bytes()
             : 0;
}

/* The lowest unused file descriptor. */
static int next_file(void) {
  int fd = dup(0);
  close(fd);
  return fd;
}

/* ---- a program's process ------------------------------------------------- */

static Report *report;
static VM *running;
static int ticks_run;    /* of the run under way */
static bool undisturbed; /* that is one without refusals */
static int allowed;      /* ticks; then it is stopped */
static jmp_buf exited;
static int temporary; /* names given so far */

NORETURN static void end_process(const char *fmt, ...) PRINTF_LIKE(1, 2);
NORETURN static void end_process(const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  vsnprintf(report->failure, TEXT_MAX, fmt, args);
  va_end(args);
  _exit(3);
}

static void on_tick(int signal_number) {
  (void)signal_number;
  ticks_run++;
  if (ticks_run <= allowed)
    return;
  if (undisturbed) {
    report->too_slow = true;
    _exit(0);
  }
  if (ticks_run > allowed + KILL_AFTER) {
    strcpy(report->failure, "does not end");
    _exit(3);
  }
  if (ticks_run == allowed + 1) {
    report->stopped++;
    report->stopped_n = report->n;
    report->stopped_pass = report->pass;
  }
  if (running)
    wf_frame_stop(running);
}

static int compile(const char *source, size_t len, const char *chunk_name,
                   size_t chunk_name_len, size_t c_stack_budget,
                   const SourcePieces *more, Module *out, Buffer *message) {
  CompileOptions options = {chunk_name, chunk_name_len, c_stack_budget, more};
  return (int)wf_compile(source, len, &options, out, message);
}

/* The collector's clock: the same requests in every run. */
static uint64_t ticks(void) {
  static uint64_t ns;
  return ns += 1000;
}

static void warn(VM *vm, const char *text, bool to_be_continued) {
  (void)vm;
  (void)text;
  (void)to_be_continued;
}

/* os.exit leaves the program as it is with `close`, and the process goes on. */
static int exit_program(Thread *L) {
  (void)L;
  longjmp(exited, 1);
}

/* os.tmpname: in this folder, which is emptied; the same in every run. */
static int temporary_name(Thread *L) {
  wf_native_push_format(L, "./tmp_%d", ++temporary);
  return 1;
}

static void open_libraries(Thread *L, void *ud) {
  (void)ud;
  wf_lib_open_all(L);
  Value os = wf_operate_get_field(L, value_from_table(L->vm->globals), "os");
  static const NativeReg others[] = {
      {"exit", exit_program}, {"tmpname", temporary_name}, {NULL, NULL}};
  wf_native_register(L, value_as_table(os), others);
}

static VM *open_vm(void) {
  /* from the start, for the heap to count single cells */
  wf_alloc_faults = (AllocFaults){.active = true};
  VM *vm = wf_open_vm(1, false);
  if (!vm)
    end_process("no memory for a VM");
  vm->heap.gc->clock = ticks;
  vm->heap.gc->cpu_clock = ticks;
  vm->heap.gc->pace.rate_since = ticks();
  vm->compile = compile;
  vm->warn = warn;
  vm->c_stack_bottom = (char *)__builtin_frame_address(0) - C_STACK;
  if (wf_call_protected_c(vm->main, open_libraries, NULL, VALUE_NIL) != CALL_OK)
    end_process("no libraries");
  return vm;
}

typedef struct Program {
  const char *path, *size; /* NULL: takes no argument */
} Program;

static void run_program(Thread *L, void *ud) {
  const Program *p = ud;
  if (!wf_native_load_file(L, p->path, NULL, value_from_table(L->vm->globals)))
    wf_error_throw(L, L->top[-1]);
  if (p->size)
    wf_native_push_cstr(L, p->size);
  wf_call_function(L, p->size ? 1 : 0, 0);
}

static void run_small(Thread *L, void *ud) {
  (void)ud;
  static const char text[] =
      "local t, f = {}, function(x) return x .. 'x' end for i = 1, 40 do t[i] "
      "= {[f(i)] = f} end return f(#t) .. (next(t[40]))";
  if (!wf_native_load(L, text, sizeof text - 1, "=small", 6, NULL,
                      value_from_table(L->vm->globals)))
    wf_error_throw(L, L->top[-1]);
  wf_call_function(L, 0, 1);
}

/* What a run left behind. */
typedef enum End { RETURNED, FAILED, EXITED } End;
typedef struct Outcome {
  End end;
  bool refused;
  uint64_t requests;
  char message[TEXT_MAX];
  char *out; /* what it printed */
  size_t out_len;
} Outcome;

/* Takes what stands in the file behind fd 1 and empties it. */
static void take_output(Outcome *o) {
  fflush(stdout);
  off_t size = lseek(1, 0, SEEK_END);
  o->out_len = size > 0 ? (size_t)size : 0;
  o->out = malloc(o->out_len + 1);
  if (pread(1, o->out, o->out_len, 0) != (ssize_t)o->out_len ||
      ftruncate(1, 0) != 0)
    end_process("output: %s", strerror(errno));
}

static int remove_entry(const char *path, const struct stat *s, int flag,
                        struct FTW *f) {
  (void)s;
  (void)flag;
  if (f->level > 0)
    remove(path);
  return 0;
}

static void to_message(char *message, Value v) {
  snprintf(message, TEXT_MAX, "%s",
           value_is_string(v) ? value_as_string(v)->bytes : "(no string)");
}

/* What must hold after any run that came back. */
static void check_vm(VM *vm, const char *after) {
  Thread *L = vm->main;
  wf_debuginfo_set_hook(L, NULL, 0, 0); /* the program's may raise an error */
  wf_gc_full(L, true);
  wf_gc_check(vm);
  CallStatus status = wf_call_protected_c(L, run_small, NULL, VALUE_NIL);
  char result[TEXT_MAX];
  to_message(result, native_pop(L));
  if (status != CALL_OK || strcmp(result, "40x40x") != 0)
    end_process("a small program says \"%s\" after \"%s\"", result, after);
}

/* Request n is refused, 0: none. */
static Outcome run(const Program *p, uint64_t n, Pass pass) {
  static Outcome o;
  o = (Outcome){.end = EXITED};
  if (!verbose && ftruncate(2, 0) != 0)
    end_process("stderr: %s", strerror(errno));
  temporary = 0;
  VM *vm = open_vm();
  ticks_run = 0;
  running = vm;
  if (setjmp(exited) == 0) {
    /* counts down from the largest number where nothing is refused */
    wf_alloc_faults = (AllocFaults){n ? n : UINT64_MAX, true, pass == FOR_GOOD,
                                    false, pass == AGAIN ? 2 + n % 7 : 0};
    CallStatus status = wf_call_protected_c(vm->main, run_program,
                                            (void *)(uintptr_t)p, VALUE_NIL);
    o.end = status == CALL_OK ? RETURNED : FAILED;
  }
  running = NULL;
  vm->interrupt = 0;
  if (o.end == FAILED)
    to_message(o.message, native_pop(vm->main));
  o.refused = wf_alloc_faults.refused;
  if (o.refused && o.end != EXITED) {
    wf_alloc_faults = (AllocFaults){.active = true};
    check_vm(vm, o.message);
  }
  /* Finalizers make requests, too; after os.exit there is still no memory. */
  wf_open_close(vm);
  o.requests = UINT64_MAX - wf_alloc_faults.countdown;
  o.refused |= wf_alloc_faults.refused;
  wf_alloc_faults = (AllocFaults){.active = true};
  take_output(&o);
  return o;
}

static bool ends_with(const char *text, const char *end) {
  size_t n = strlen(text), m = strlen(end);
  return n >= m && strcmp(text + n - m, end) == 0;
}

/* Words of programs that may do something else when they lack memory, or whose
 * output is no matter of their text alone. */
static bool is_strict(const char *text) {
  static const char *const words[] = {
      "pcall", "coroutine", "load",   "require", "dofile", "searchpath",
      "io.",   "os.",       "__gc",   "__close", "debug",  "<close>",
      "warn",  "collect",   "__mode", NULL};
  for (const char *const *w = words; *w; w++)
    if (strstr(text, *w))
      return false;
  return true;
}

/* NULL or what is wrong with the outcome of a disturbed run. */
static const char *what_is_wrong(const Outcome *o, const Outcome *expected) {
  if (ticks_run > allowed)
    return NULL;
  bool by_memory = o->refused && o->end == FAILED &&
                   ends_with(o->message, "not enough memory");
  if (!by_memory &&
      (o->end != expected->end || strcmp(o->message, expected->message) != 0))
    return "ends in another way";
  if (o->out_len > expected->out_len ||
      memcmp(o->out, expected->out, o->out_len) != 0)
    return "prints something else";
  if (!by_memory && o->out_len < expected->out_len)
    return "prints less";
  return NULL;
}

/* Refuses one request and checks what comes of it. */
static void try(const Program *p, uint64_t n, Pass pass,
                const Outcome *expected) {
  report->n = n;
  report->pass = pass;
  size_t bytes = allocated(), pages_before = mapped;
  int file = next_file();
  Outcome o = run(p, n, pass);
  const char *wrong = expected ? what_is_wrong(&o, expected) : NULL;
  if (wrong)
    end_process("%s: \"%s\"", wrong, o.message);
  if (o.end == FAILED && ends_with(o.message, "not enough memory"))
    report->ended_by_memory++;
  else
    report->caught++;
  if (verbose)
    fprintf(stderr, "%llu %d: %d \"%s\"\n", (unsigned long long)n, pass, o.end,
            o.message);
  if (verbose && only_n)
    fwrite(o.out, 1, o.out_len, stderr);
  free(o.out);
  if (mapped != pages_before)
    end_process("%td mapped bytes more", (ptrdiff_t)(mapped - pages_before));
  if (next_file() != file)
    end_process("a file is still open");
  /* The C library keeps some memory when it is first used: once more. */
  if (allocated() > bytes) {
    bytes = allocated();
    o = run(p, n, pass);
    free(o.out);
    if (allocated() > bytes)
      end_process("%zu bytes leak", allocated() - bytes);
  }
  report->runs[pass]++;
}

/* ---- which requests ------------------------------------------------------ */

static uint64_t random_state;
static uint64_t random_below(uint64_t n) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return random_state % n;
}

/* Tries the requests first, first + stride, ... that were not tried yet. */
static bool try_each(const Program *p, uint8_t *tried, uint64_t first,
                     uint64_t last, uint64_t stride, double deadline,
                     const Outcome *expected) {
  for (uint64_t n = first; n <= last; n += stride)
    for (Pass pass = ONCE; pass < PASSES; pass++) {
      if (tried[n] & (1 << pass))
        continue;
      if (now() >= deadline)
        return false;
      try(p, n, pass, expected);
      tried[n] |= (uint8_t)(1 << pass);
    }
  return true;
}

/* `each` is the time of an undisturbed run. */
static void try_many(const Program *p, uint64_t requests, double each,
                     double deadline, const Outcome *expected) {
  uint8_t *tried = calloc(requests + 1, 1);
  double affordable = (deadline - now()) / each / PASSES;
  uint64_t ends = ENDS;
  if (affordable < 4 * ENDS)
    ends = (uint64_t)(affordable / 4);
  if (2 * ends >= requests || (double)requests <= affordable) {
    try_each(p, tried, 1, requests, 1, deadline, expected);
  } else {
    bool more =
        ends == 0 || (try_each(p, tried, 1, ends, 1, deadline, expected) &&
                      try_each(p, tried, requests - ends + 1, requests, 1,
                               deadline, expected));
    while (more) {
      double left = (deadline - now()) / each / PASSES;
      if (left < 1)
        break;
      uint64_t stride = (uint64_t)((double)requests / left);
      if (stride < 2)
        stride = 1;
      uint64_t first = 1 + (stride > 1 ? random_below(stride) : 0);
      more = try_each(p, tried, first, requests, stride, deadline, expected) &&
             stride > 1;
    }
  }
  free(tried);
}

static char *read_file(const char *path) {
  FILE *f = fopen(path, "rb");
  if (!f)
    end_process("%s", strerror(errno));
  fseek(f, 0, SEEK_END);
  long size = ftell(f);
  rewind(f);
  char *text = calloc((size_t)size + 1, 1);
  if (fread(text, 1, (size_t)size, f) != (size_t)size)
    end_process("%s", strerror(errno));
  fclose(f);
  return text;
}

/* The word behind "-- quick:" at the start of a line; NULL when there is none.
 */
static char *quick_size(const char *text) {
  static const char mark[] = "\n-- quick:";
  const char *at = strstr(text, mark);
  char *word;
  return at && sscanf(at + sizeof mark - 1, " %ms", &word) == 1 ? word : NULL;
}

static void run_all(const char *path, double budget) {
  double deadline = now() + budget;
  for (const char *c = path; *c; c++)
    random_state = (random_state ^ (unsigned char)*c) * 1099511628211u;
  random_state = (random_state ^ seed) * 1099511628211u | 1;
  char *text = read_file(path);
  Program p = {path, quick_size(text)};
  undisturbed = true;
  allowed = UNDISTURBED + (int)(budget / 2 * TICKS);
  double began = now();
  Outcome expected = run(&p, 0, ONCE);
  double each = now() - began;
  report->requests = expected.requests;
  if (is_strict(text)) {
    /* what it prints may be the time, or an address */
    Outcome again = run(&p, 0, ONCE);
    report->strict = expected.end == again.end &&
                     expected.out_len == again.out_len &&
                     memcmp(expected.out, again.out, again.out_len) == 0;
    free(again.out);
  }
  undisturbed = false;
  allowed = STOP_AFTER + (int)(5 * each * TICKS);
  if (only_n) {
    for (Pass pass = ONCE; pass < PASSES; pass++)
      try(&p, only_n, pass, report->strict ? &expected : NULL);
  } else {
    try_many(&p, expected.requests, each, deadline,
             report->strict ? &expected : NULL);
  }
  free(expected.out);
  free(text);
  free((void *)(uintptr_t)p.size);
  report->done = true;
}

/* ---- processes ----------------------------------------------------------- */

static char **paths;
static size_t path_count;

static void add_path(const char *path) {
  paths = realloc(paths, (path_count + 1) * sizeof *paths);
  paths[path_count++] = realpath(path, NULL);
  if (!paths[path_count - 1]) {
    fprintf(stderr, "%s: %s\n", path, strerror(errno));
    exit(2);
  }
}

static int add_program(const char *path, const struct stat *s, int flag,
                       struct FTW *f) {
  (void)s;
  (void)f;
  if (flag != FTW_F || !ends_with(path, ".lua"))
    return 0;
  add_path(path);
  return 0;
}

static int by_name(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In an order of the seed: what some leave of their time goes to later ones. */
static void shuffle_paths(void) {
  qsort(paths, path_count, sizeof *paths, by_name);
  random_state = seed * 1099511628211u | 1;
  for (size_t i = path_count; i > 1; i--) {
    size_t j = random_below(i);
    char *path = paths[j];
    paths[j] = paths[i - 1];
    paths[i - 1] = path;
  }
}

/* Files for what the process prints; in a folder of its own. */
static void begin_process(Job *job, const char *folder, double budget) {
  report = job->report;
  int out = memfd_create("stdout", 0), in = open("/dev/null", O_RDONLY);
  if (out < 0 || in < 0 || chdir(folder) != 0)
    end_process("%s", strerror(errno));
  fcntl(out, F_SETFL, O_APPEND);
  dup2(in, 0);
  dup2(out, 1);
  if (!verbose)
    dup2(job->err, 2);
  close(in);
  close(out);
  signal(SIGPROF, on_tick);
  struct itimerval tick = {{0, 1000000 / TICKS}, {0, 1000000 / TICKS}};
  setitimer(ITIMER_PROF, &tick, NULL);
  run_all(job->path, budget);
  setitimer(ITIMER_PROF, &(struct itimerval){0}, NULL);
  exit(0);
}

static void show_stderr(int fd) {
  static char text[SHOWN];
  ssize_t n = pread(fd, text, sizeof text, 0);
  if (n > 0)
    fwrite(text, 1, (size_t)n, stdout);
}

typedef struct Sums {
  uint64_t programs, whole, strict, requests, runs[PASSES], by_memory, caught,
      stopped, failed, too_slow;
} Sums;

static void finish(Job *job, int status, Sums *sums) {
  Report *r = job->report;
  sums->programs++;
  sums->requests += r->requests;
  sums->strict += r->strict;
  sums->by_memory += r->ended_by_memory;
  sums->caught += r->caught;
  sums->stopped += r->stopped;
  for (Pass pass = ONCE; pass < PASSES; pass++)
    sums->runs[pass] += r->runs[pass];
  if (r->done && r->runs[ONCE] >= r->requests &&
      r->runs[FOR_GOOD] >= r->requests)
    sums->whole++;
  if (r->too_slow) {
    sums->too_slow++;
    printf("%s: too slow\n", job->path);
  } else if (status != 0 || !r->done) {
    sums->failed++;
    printf("FAILED %s: request %llu of %llu refused%s: %s (status %#x)\n",
           job->path, (unsigned long long)r->n, (unsigned long long)r->requests,
           pass_names[r->pass], r->failure[0] ? r->failure : "died",
           (unsigned)status);
    show_stderr(job->err);
  } else if (r->stopped) {
    printf("%s: %llu runs were interrupted, the last with request %llu "
           "refused%s\n",
           job->path, (unsigned long long)r->stopped,
           (unsigned long long)r->stopped_n, pass_names[r->stopped_pass]);
  }
  fflush(stdout);
  close(job->err);
  free(job->path);
  munmap(r, sizeof *r);
  *job = (Job){0};
}

static Job *find_job(Job *all, pid_t pid) {
  for (int i = 0; i < jobs; i++)
    if (all[i].pid == pid)
      return &all[i];
  return NULL;
}

static void wait_for_one(Job *all, const char *folder, Sums *sums) {
  int status;
  pid_t pid = wait(&status);
  Job *job = pid > 0 ? find_job(all, pid) : NULL;
  if (!job)
    return;
  finish(job, status, sums);
  char name[64];
  snprintf(name, sizeof name, "%s/%d", folder, (int)(job - all));
  nftw(name, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

static void start(Job *all, const char *path, const char *folder,
                  double budget) {
  Job *job = find_job(all, 0);
  char name[64];
  snprintf(name, sizeof name, "%s/%d", folder, (int)(job - all));
  mkdir(name, 0700);
  job->path = strdup(path);
  job->report = mmap(NULL, sizeof(Report), PROT_READ | PROT_WRITE,
                     MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  job->err = memfd_create("stderr", 0);
  fcntl(job->err, F_SETFL, O_APPEND);
  fflush(NULL);
  job->pid = fork();
  if (job->pid == 0)
    begin_process(job, name, budget);
}

static void run_programs(Sums *sums) {
  char folder[] = "/tmp/memory_files_XXXXXX";
  if (!mkdtemp(folder)) {
    perror("mkdtemp");
    exit(2);
  }
  Job all[JOBS_MAX] = {{0}};
  double end = now() + seconds;
  int active = 0;
  for (size_t i = 0; i < path_count; i++) {
    if (active == jobs) {
      wait_for_one(all, folder, sums);
      active--;
    }
    double budget = (end - now()) * jobs / (double)(path_count - i + active);
    start(all, paths[i], folder, budget > 0.01 ? budget : 0.01);
    active++;
  }
  for (; active > 0; active--)
    wait_for_one(all, folder, sums);
  for (int i = 0; i < jobs; i++) {
    char name[64];
    snprintf(name, sizeof name, "%s/%d", folder, i);
    rmdir(name);
  }
  rmdir(folder);
}

static void usage(void) {
  fputs("usage: test_memory_files [--seconds S] [--jobs J] [--seed N] [--at N] "
        "[--verbose] [FILE.lua...]\n",
        stderr);
  exit(2);
}

static void parse(int argc, char **argv) {
  seed = (uint64_t)time(NULL) / 86400;
  for (int i = 1; i < argc; i++) {
    const char *a = argv[i];
    if (strncmp(a, "--", 2) != 0) {
      add_path(a);
      continue;
    }
    if (strcmp(a, "--verbose") == 0) {
      verbose = true;
      continue;
    }
    if (i + 1 == argc)
      usage();
    double value = atof(argv[++i]);
    if (strcmp(a, "--seconds") == 0)
      seconds = value;
    else if (strcmp(a, "--jobs") == 0 && value >= 1 && value <= JOBS_MAX)
      jobs = (int)value;
    else if (strcmp(a, "--seed") == 0)
      seed = (uint64_t)value;
    else if (strcmp(a, "--at") == 0)
      only_n = (uint64_t)value;
    else
      usage();
  }
}

int main(int argc, char **argv) {
  parse(argc, argv);
  if (path_count == 0) {
    nftw("tests/lua", add_program, 8, FTW_PHYS);
    nftw("bench/programs", add_program, 8, FTW_PHYS);
    shuffle_paths();
  }
  Sums s = {0};
  double began = now();
  run_programs(&s);
  printf("%llu programs, %llu of them too slow, %llu checked strictly; of %llu "
         "requests %llu were refused alone, %llu with all later ones and "
         "%llu with some; all of them in %llu programs; %llu runs ended by it, "
         "%llu went on, %llu "
         "were interrupted; seed %llu; %.0f s\n",
         (unsigned long long)s.programs, (unsigned long long)s.too_slow,
         (unsigned long long)s.strict, (unsigned long long)s.requests,
         (unsigned long long)s.runs[ONCE], (unsigned long long)s.runs[FOR_GOOD],
         (unsigned long long)s.runs[AGAIN], (unsigned long long)s.whole,
         (unsigned long long)s.by_memory, (unsigned long long)s.caught,
         (unsigned long long)s.stopped, (unsigned long long)seed,
         now() - began);
  printf("[  PASSED  ] %llu test(s).\n",
         (unsigned long long)(s.programs - s.failed));
  if (s.failed)
    printf("[  FAILED  ] %llu test(s).\n", (unsigned long long)s.failed);
  return s.failed || !s.programs;
}

#else

int main(void) {
  puts("test_memory_files: needs a build with checks (debug, asan)");
  return 0;
}

#endif
