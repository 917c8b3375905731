/* warn.c: warnings to stderr. A control message is a single piece; within a
 * message under way "@on" is text like any other. */
#include "vm/cli/warn.h"
#include <stdio.h>
#include <string.h>

enum { WARN_OFF, WARN_ON, WARN_INSIDE /* a message, some pieces printed */ };

static bool is_control(VM *vm, const char *text) {
  if (*text != '@')
    return false;
  if (strcmp(text, "@off") == 0)
    vm->warn_state = WARN_OFF;
  else if (strcmp(text, "@on") == 0)
    vm->warn_state = WARN_ON;
  return true;
}

void wf_warn_print(VM *vm, const char *text, bool to_be_continued) {
  if (vm->warn_state != WARN_INSIDE) {
    bool control = !to_be_continued && is_control(vm, text);
    if (control || vm->warn_state == WARN_OFF)
      return;
    fflush(stdout); /* print may have left its lines in the buffer */
    fputs("Lua warning: ", stderr);
  }
  fputs(text, stderr);
  if (!to_be_continued)
    fputc('\n', stderr);
  fflush(stderr);
  vm->warn_state = to_be_continued ? WARN_INSIDE : WARN_ON;
}
