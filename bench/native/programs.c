/* programs.c: the Lua programs of bench/programs as benchmarks.
 *
 * An iteration is a program's whole life: a new VM, its libraries, loading,
 * running, closing. What it prints goes to a file and is compared with its
 * line in bench/programs/checksums; another output voids the time. */
#include "bench/native/host.h"
#include "vm/exec/open.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct Program {
  char path[256];
  char size[32];      /* its argument; empty: none */
  char expected[256]; /* its output, without the newline */
} Program;

typedef struct Run {
  const Program *program;
  char error[200];
} Run;

/* ---- one run ------------------------------------------------------------- */

static int run_file(Thread *L) {
  const Run *run = value_as_light(*native_upvalue(L, 0));
  wf_lib_open_all(L);
  wf_gc_set_generational(L->vm, true);
  Value env = value_from_table(L->vm->globals);
  if (!wf_native_load_file(L, run->program->path, NULL, env))
    wf_error_throw(L, L->top[-1]);
  int nargs = *run->program->size != 0;
  if (nargs)
    wf_native_push_cstr(L, run->program->size);
  wf_call_function(L, nargs, 0);
  return 0;
}

static void start(Thread *L, void *ud) {
  Function *f = wf_function_new_native(L->vm, run_file, 1, NULL);
  f->upvals[0].value = value_from_light(ud); /* NOBARRIER: N1 */
  native_push(L, value_from_function(f));
  wf_call_function(L, 0, 0);
}

static void run_once(Run *run) {
  VM *vm = host_open_vm();
  if (!vm) {
    snprintf(run->error, sizeof run->error, "no memory for a VM");
    return;
  }
  Thread *L = vm->main;
  if (wf_call_protected_c(L, start, run, VALUE_NIL) != CALL_OK)
    snprintf(run->error, sizeof run->error, "%s",
             value_is_string(L->top[-1]) ? value_as_string(L->top[-1])->bytes
                                         : "error object is no string");
  wf_open_close(vm);
}

/* ---- what it prints ------------------------------------------------------ */

/* Compares what fd holds with the expected line and empties it. */
static void check_output(int fd, Run *run) {
  char text[sizeof run->program->expected + 2];
  ssize_t n = pread(fd, text, sizeof text - 1, 0);
  size_t len = n > 0 ? (size_t)n : 0;
  text[len] = 0;
  const char *expected = run->program->expected;
  bool equal = len == strlen(expected) + 1 && text[len - 1] == '\n' &&
               memcmp(text, expected, len - 1) == 0;
  if (!equal && !*run->error)
    snprintf(run->error, sizeof run->error, "wrong output: %.*s",
             (int)strcspn(text, "\n"), text);
  if (ftruncate(fd, 0) != 0 || lseek(fd, 0, SEEK_SET) != 0)
    snprintf(run->error, sizeof run->error, "cannot empty the output");
}

static void run_program(GbState *s, void *ud) {
  Run run = {.program = ud};
  fflush(stdout);
  int saved = dup(STDOUT_FILENO);
  FILE *output = tmpfile();
  int file = output ? fileno(output) : -1;
  if (saved < 0 || file < 0 || dup2(file, STDOUT_FILENO) < 0) {
    gb_fail(s, "cannot redirect the output");
    return;
  }
  GB_LOOP(s) {
    if (!*run.error) {
      run_once(&run);
      fflush(stdout);
      check_output(file, &run);
    }
  }
  dup2(saved, STDOUT_FILENO);
  close(saved);
  fclose(output);
  if (*run.error)
    gb_fail(s, run.error);
}

/* ---- registration -------------------------------------------------------- */

/* "micro/fib <tab> size or - <tab> output": the line's program, or NULL when
 * the line is a comment or of the other sizes. */
static Program *parse_line(char *line, const char *folder, bool full,
                           char name[80]) {
  char *size = strchr(line, '\t');
  char *output = size ? strchr(size + 1, '\t') : NULL;
  if (*line == '#' || !output)
    return NULL;
  *size++ = 0;
  *output++ = 0;
  output[strcspn(output, "\n")] = 0;
  if ((strcmp(size, "-") == 0) != full)
    return NULL;
  Program *p = calloc(1, sizeof *p); /* lives as long as the program */
  if (!p)
    abort();
  snprintf(name, 80, "%.79s", line);
  snprintf(p->path, sizeof p->path, "%s/%.79s.lua", folder, line);
  snprintf(p->size, sizeof p->size, "%.31s", full ? "" : size);
  snprintf(p->expected, sizeof p->expected, "%.255s", output);
  return p;
}

bool bench_programs(const char *folder, const char *checksums, bool full) {
  char line[512], name[80];
  FILE *f = fopen(checksums, "r");
  if (!f) {
    fprintf(stderr, "weft_bench: cannot open %s\n", checksums);
    return false;
  }
  while (fgets(line, sizeof line, f)) {
    Program *p = parse_line(line, folder, full, name);
    if (!p)
      continue;
    char *slash = strchr(name, '/');
    if (!slash)
      continue;
    *slash = 0;
    names_register(name, slash + 1, run_program, p);
  }
  fclose(f);
  return true;
}
