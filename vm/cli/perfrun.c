/* perfrun.c: runs the program for --perf (vm/exec/perf.h).
 *
 * With a C frame for each Lua call, what ends a recursion would be the 8 MB of
 * the process's stack long before the Lua stack is full. So the program runs
 * in a thread with a large stack, of which only what is used takes memory; the
 * first thread waits. */
#include "vm/cli/perfrun.h"
#include "vm/cli/run.h"
#include "vm/exec/perf.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

typedef struct Job {
  void (*fn)(void *ud, char *stack_bottom);
  void *ud;
  size_t stack_size;
} Job;

enum {
  MB = 1024 * 1024,
  STACK_LARGEST = 512 * MB,
  STACK_SMALLEST = MB,
  MARGIN = 128 * 1024 /* for what does not check */
};

static void *run_job(void *ud) {
  const Job *job = ud;
  char *top = __builtin_frame_address(0);
  job->fn(job->ud, top - job->stack_size + MARGIN);
  return NULL;
}

bool wf_perfrun(const char *program, void (*fn)(void *ud, char *stack_bottom),
                void *ud) {
  char text[320];
  const char *problem = wf_perf_start();
  if (problem) {
    snprintf(text, sizeof text, "--perf: %s", problem);
    wf_run_message(program, text);
    return false;
  }
  pthread_attr_t attributes;
  pthread_t thread;
  Job job = {fn, ud, STACK_LARGEST};
  int error = pthread_attr_init(&attributes);
  while (error == 0) {
    error = pthread_attr_setstacksize(&attributes, job.stack_size);
    if (error == 0)
      error = pthread_create(&thread, &attributes, run_job, &job);
    if (error == 0 || job.stack_size <= STACK_SMALLEST)
      break;
    job.stack_size /= 2; /* not that much memory */
    error = 0;
  }
  if (error == 0) {
    sigset_t all; /* signals are for the program's thread */
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, NULL);
    error = pthread_join(thread, NULL);
  }
  if (error != 0) {
    snprintf(text, sizeof text, "--perf: cannot make a stack: %s",
             strerror(error));
    wf_run_message(program, text);
  }
  return error == 0;
}
