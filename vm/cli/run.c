/* run.c: protected calls for the command line. */
#include "vm/cli/run.h"
#include "vm/exec/frame.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* ---- message handler ----------------------------------------------------- */

/* Pushes what __tostring makes of v; false, with nothing pushed, when there is
 * none or it gives no string. */
static bool push_tostring(Thread *L, Value v) {
  Value method = wf_operate_metamethod(L->vm, v, EVENT_TOSTRING);
  if (value_is_nil(method))
    return false;
  native_push(L, method);
  native_push(L, v);
  wf_call_function(L, 1, 1);
  if (value_is_string(L->top[-1]))
    return true;
  native_pop(L);
  return false;
}

/* As tostring for strings and numbers; NULL for anything else. */
static String *message_text(Thread *L, Value v) {
  if (value_is_number(v)) {
    v = value_from_string(wf_convert_number_to_string(L->vm, v));
    native_push(L, v);
  }
  return value_is_string(v) ? value_as_string(v) : NULL;
}

static int add_traceback(Thread *L) {
  Value v = native_arg(L, 1);
  String *text = message_text(L, v);
  if (!text) {
    if (push_tostring(L, v))
      return 1;
    BasicType type = wf_state_type_of(native_arg(L, 1));
    text = wf_native_push_format(L, "(error object is a %s value)",
                                 wf_state_type_names[type]);
  }
  wf_native_traceback(L, L, text->bytes, strlen(text->bytes), 1);
  return 1;
}

Value wf_run_new_handler(Thread *L) {
  return value_from_function(
      wf_function_new_native(L->vm, add_traceback, 0, NULL));
}

/* ---- Ctrl-C -------------------------------------------------------------- */

static VM *interruptible; /* what a signal interrupts */

static void set_signal(void (*action)(int)) {
  struct sigaction sa = {.sa_handler = action};
  sigemptyset(&sa.sa_mask);
  sigaction(SIGINT, &sa, NULL);
}

static void on_interrupt(int signal_number) {
  (void)signal_number;
  set_signal(SIG_DFL);
  wf_frame_stop(interruptible);
}

bool wf_run_call(Thread *L, int nargs, int nresults) {
  VM *vm = L->vm;
  interruptible = vm;
  set_signal(on_interrupt);
  CallStatus status = wf_call_protected(L, nargs, nresults, L->base[0]);
  set_signal(SIG_DFL);
  if (vm->interrupt) { /* it came too late */
    vm->interrupt = 0;
    vm->pending = 0;
    frame_switch(vm, L);
  }
  return status == CALL_OK;
}

/* ---- reports ------------------------------------------------------------- */

void wf_run_message(const char *program, const char *text) {
  fflush(stdout); /* print may have left its lines in the buffer */
  if (program)
    fprintf(stderr, "%s: ", program);
  fprintf(stderr, "%s\n", text);
  fflush(stderr);
}

bool wf_run_report(Thread *L, const char *program, bool ok) {
  if (ok)
    return true;
  Value *error = L->top - 1;
  String *text = message_text(L, *error);
  wf_run_message(program, text ? text->bytes : "(error message not a string)");
  L->top = error;
  return false;
}

bool wf_run_chunk(Thread *L, const char *program, bool loaded) {
  return wf_run_report(L, program, loaded && wf_run_call(L, 0, 0));
}
