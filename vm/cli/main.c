/* main.c: the weft program: lua's command line, and the one place that joins
 * the compiler to the VM.
 *
 *   main --protected--> program (a native, "[C]" in tracebacks) --> scripts
 *
 * The native's first slot holds the message handler (run.h). An error that
 * leaves it is reported without a traceback. */
#include "compiler/compile.h"
#include "vm/base/alloc.h"
#include "vm/cli/buildinfo.h"
#include "vm/cli/dump.h"
#include "vm/cli/opreport.h"
#include "vm/cli/options.h"
#include "vm/cli/perfrun.h"
#include "vm/cli/profile.h"
#include "vm/cli/repl.h"
#include "vm/cli/run.h"
#include "vm/cli/warn.h"
#include "vm/exec/open.h"
#include "vm/gc/stats.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct Program {
  Options options;
  int argc;
  char **argv;
  char *stack_bottom; /* of the stack that --perf runs on; else NULL */
  bool succeeded;
} Program;

/* ---- statistics of the collector ----------------------------------------- */

static VM *reported; /* --gc-stats: its figures are still to be printed */
static bool reported_json;

static void report(VM *vm) {
  reported = NULL;
  fflush(stdout);
  wf_stats_print(vm, stderr, reported_json);
}
/* The program left by os.exit, without closing the VM. */
static void report_at_exit(void) {
  if (reported)
    report(reported);
}

/* False when memory is exhausted. */
static bool prepare_report(VM *vm, StatsFormat format) {
  if (format == STATS_NONE)
    return true;
  reported = vm;
  reported_json = format == STATS_JSON;
  return atexit(report_at_exit) == 0 && wf_stats_enable(vm, report);
}

/* ---- the C stack --------------------------------------------------------- */

/* Lowest address that C code may reach with room left for what does not
 * check, such as the C library. The stack's limit counts from its top, where
 * the program's file name lies. */
static char *find_stack_bottom(char **argv) {
  enum { MARGIN = 128 * 1024, SIZE_MAX_USED = 64 * 1024 * 1024 };
  struct rlimit limit;
  size_t size = SIZE_MAX_USED;
  if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < size)
    size = limit.rlim_cur;
  size_t margin = size / 2 < MARGIN ? size / 2 : MARGIN;
  char *top = (char *)getauxval(AT_EXECFN);
  if (!top)
    top = (char *)argv;
  return top + strlen(top) - size + margin;
}

/* ---- opening ------------------------------------------------------------- */

static int compile(const char *source, size_t len, const char *chunk_name,
                   size_t chunk_name_len, size_t c_stack_budget,
                   const SourcePieces *more, Module *out, Buffer *message) {
  CompileOptions options = {chunk_name, chunk_name_len, c_stack_budget, more};
  return (int)wf_compile(source, len, &options, out, message);
}

static VM *open_vm(const Program *p) {
  VM *vm = wf_open_vm(p->options.seed, !p->options.has_seed);
  if (!vm)
    return NULL;
  vm->compile = compile;
  vm->warn = wf_warn_print;
  vm->program = p->options.program;
  vm->c_stack_bottom =
      p->stack_bottom ? p->stack_bottom : find_stack_bottom(p->argv);
  if (p->options.memory_limit)
    wf_gc_set_limit(vm, p->options.memory_limit);
  if (!prepare_report(vm, p->options.gc_stats)) {
    wf_open_close(vm);
    return NULL;
  }
  return vm;
}

/* --seed: the same random numbers every time. */
static void seed_random(Thread *L, uint64_t seed) {
  Value math =
      wf_operate_get_field(L, value_from_table(L->vm->globals), "math");
  native_push(L, wf_operate_get_field(L, math, "randomseed"));
  native_push_int(L, (int64_t)seed);
  wf_call_function(L, 1, 0);
}

/* Sets the global table `arg`: the script at 0, what precedes it negative. */
static void set_arg_table(Thread *L, const Program *p) {
  VM *vm = L->vm;
  int before = p->options.script;
  Table *arg = wf_table_new(vm, (uint32_t)(p->argc - before), 0);
  for (int i = 0; i < p->argc; i++) {
    String *s = wf_string_from_cstr(vm, p->argv[i]);
    wf_table_set_int(vm, arg, i - before, value_from_string(s));
  }
  wf_native_set_field(L, vm->globals, "arg", value_from_table(arg));
}

/* ---- running ------------------------------------------------------------- */

static Value globals(Thread *L) { return value_from_table(L->vm->globals); }

static bool run_string(Thread *L, const Program *p, const char *text,
                       const char *name) {
  bool loaded = wf_native_load(L, text, strlen(text), name, strlen(name), NULL,
                               globals(L));
  return wf_run_chunk(L, p->options.program, loaded);
}

static bool run_file(Thread *L, const Program *p, const char *filename) {
  bool loaded = wf_native_load_file(L, filename, NULL, globals(L));
  return wf_run_chunk(L, p->options.program, loaded);
}

/* LUA_INIT_5_4 or LUA_INIT: a chunk, or '@' and a file name. */
static bool run_environment(Thread *L, const Program *p) {
  const char *name = "=LUA_INIT_5_4";
  const char *init = getenv(name + 1);
  if (!init) {
    name = "=LUA_INIT";
    init = getenv(name + 1);
  }
  if (!init)
    return true;
  return *init == '@' ? run_file(L, p, init + 1) : run_string(L, p, init, name);
}

/* -l: "module" or "global=module". Without a name for the global, a suffix
 * behind '-' in the module's is left out of it. */
static bool run_require(Thread *L, const Program *p, const char *text) {
  const char *equals = strchr(text, '=');
  const char *module = equals ? equals + 1 : text;
  size_t global_len = equals ? (size_t)(equals - text) : strcspn(text, "-");
  native_push(L, wf_operate_get_field(L, globals(L), "require"));
  wf_native_push_cstr(L, module);
  if (!wf_run_report(L, p->options.program, wf_run_call(L, 1, 1)))
    return false;
  String *global = wf_native_push_string(L, text, global_len);
  wf_operate_set(L, globals(L), value_from_string(global), L->top[-2]);
  L->top -= 2;
  return true;
}

static bool run_actions(Thread *L, const Program *p) {
  const Options *o = &p->options;
  for (int i = 0; i < o->nactions; i++) {
    const Action *a = &o->actions[i];
    bool ok = true;
    switch (a->kind) {
    case ACTION_EXECUTE:
      ok = run_string(L, p, a->text, "=(command line)");
      break;
    case ACTION_REQUIRE:
      ok = run_require(L, p, a->text);
      break;
    case ACTION_WARN:
      L->vm->warn(L->vm, "@on", false);
      break;
    }
    if (!ok)
      return false;
  }
  return true;
}

/* Pushes arg[1], arg[2], ... as the program left them; their number. */
static int push_arguments(Thread *L) {
  Value arg = wf_operate_get_field(L, globals(L), "arg");
  if (!value_is_table(arg))
    wf_error_format(L, "'arg' is not a table");
  native_push(L, arg);
  int n = (int)wf_operate_length_int(L, arg);
  Value *slot = L->top - 1;
  if (n > STACK_MAX - 100)
    wf_error_format(L, "stack overflow (too many arguments to script)");
  if (n <= 0) {
    native_pop(L);
    return 0;
  }
  ptrdiff_t at = slot - L->stack;
  wf_native_reserve(L, n + 3);
  Table *t = value_as_table(L->stack[at]);
  L->top--;
  for (int i = 1; i <= n; i++)
    native_push(L, wf_table_get_int(L->vm, t, i));
  return n;
}

/* The script's name for the loader; NULL: stdin, for a "-" that does not
 * follow "--". */
static const char *script_name(const Program *p) {
  char **script = p->argv + p->options.script;
  bool is_stdin = strcmp(script[0], "-") == 0 && strcmp(script[-1], "--") != 0;
  return is_stdin ? NULL : script[0];
}

static bool run_script(Thread *L, const Program *p) {
  const char *program = p->options.program;
  if (!wf_native_load_file(L, script_name(p), NULL, globals(L)))
    return wf_run_report(L, program, false);
  int n = push_arguments(L);
  return wf_run_report(L, program, wf_run_call(L, n, CALL_ALL));
}

/* --dump=linked:run: runs the script, then prints its code as it is then. */
static bool run_and_dump(Thread *L, const Program *p) {
  const Options *o = &p->options;
  const char *name = o->script > 0 ? script_name(p) : NULL;
  if (!wf_native_load_file(L, name, NULL, globals(L)))
    return wf_run_report(L, o->program, false);
  Value f = L->top[-1];
  native_push(L, f); /* one stays for the listing */
  int n = o->script > 0 ? push_arguments(L) : 0;
  bool succeeded = wf_run_report(L, o->program, wf_run_call(L, n, 0));
  fflush(stderr);
  wf_dump_linked(L, value_as_function(f)->of.proto, name);
  native_pop(L);
  return succeeded;
}

/* What follows when there is neither a script nor anything else to do. */
static void run_stdin(Thread *L, const Program *p) {
  if (isatty(STDIN_FILENO)) {
    wf_buildinfo_print_version();
    wf_repl_run(L);
  } else {
    run_file(L, p, NULL);
  }
}

static bool run_program(Thread *L, const Program *p) {
  const Options *o = &p->options;
  if (!o->no_environment && !run_environment(L, p))
    return false;
  if (!run_actions(L, p))
    return false;
  if (o->dump == DUMP_LINKED_RUN)
    return run_and_dump(L, p);
  if (o->dump != DUMP_NONE)
    return wf_run_report(
        L, o->program,
        wf_dump_file(L, o->dump, o->script > 0 ? script_name(p) : NULL));
  if (o->script > 0 && !run_script(L, p))
    return false;
  if (o->interactive)
    wf_repl_run(L);
  else if (o->script == 0 && !o->executes && !o->version && !o->build_info)
    run_stdin(L, p);
  return true;
}

/* ---- main ---------------------------------------------------------------- */

/* The bottommost function; its argument is the Program. */
static int program(Thread *L) {
  VM *vm = L->vm;
  Program *p = value_as_light(native_arg(L, 1));
  wf_native_set_count(L, 0);
  native_push(L, wf_run_new_handler(L));
  if (p->options.no_environment)
    wf_native_set_field(L, vm->registry, "LUA_NOENV", VALUE_TRUE);
  wf_lib_open_all(L);
  if (p->options.has_seed)
    seed_random(L, p->options.seed);
  set_arg_table(L, p);
  wf_gc_set_generational(vm, true); /* what lua starts scripts with */
  p->succeeded = run_program(L, p);
  return 0;
}

static void start(Thread *L, void *ud) {
  Function *f = wf_function_new_native(L->vm, program, 0, NULL);
  native_push(L, value_from_function(f));
  native_push(L, value_from_light(ud));
  wf_call_function(L, 1, 0);
}

/* Runs everything that needs a VM; false when anything went wrong. */
static bool run_vm(Program *p) {
  VM *vm = open_vm(p);
  if (!vm) {
    wf_run_message(p->options.program,
                   "cannot create state: not enough memory");
    return false;
  }
  Thread *L = vm->main;
  const Options *o = &p->options;
  if (o->profile > 0 && !wf_profile_start(vm, o->profile)) {
    wf_open_close(vm);
    return false;
  }
  bool finished = wf_call_protected_c(L, start, p, VALUE_NIL) == CALL_OK;
  wf_run_report(L, o->program, finished);
  if (o->profile > 0)
    finished &= wf_profile_finish(vm, o->profile_file);
  wf_open_close(vm);
  return finished && p->succeeded;
}

/* What runs on the large stack. */
static void run_perf(void *ud, char *stack_bottom) {
  Program *p = ud;
  p->stack_bottom = stack_bottom;
  p->succeeded = run_vm(p);
}

static bool run(Program *p) {
  if (!p->options.perf)
    return run_vm(p);
  return wf_perfrun(p->options.program, run_perf, p) && p->succeeded;
}

int main(int argc, char **argv) {
  Program p = {.argc = argc, .argv = argv};
  if (!wf_options_parse(&p.options, argc, argv))
    return EXIT_FAILURE;
  if (p.options.help) {
    wf_options_print_help(&p.options);
    return EXIT_SUCCESS;
  }
  if (p.options.version)
    wf_buildinfo_print_version();
  if (p.options.build_info)
    wf_buildinfo_print();
  bool ok = (!p.options.stats ||
             wf_opreport_at_exit(p.options.program, p.options.stats)) &&
            run(&p);
  wf_alloc_free(p.options.actions);
  return ok ? EXIT_SUCCESS : EXIT_FAILURE;
}
