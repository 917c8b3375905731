/* edit.h: lines typed by the user, with history and completion when the
 * readline library is there. */
#ifndef WEFT_EDIT_H
#define WEFT_EDIT_H

#include "vm/exec/native.h"

/* Loads readline, if installed; completion looks at vm's globals. */
void wf_edit_open(VM *vm);
/* Shows the prompt and appends the line typed to *line, without its newline;
 * false at the end of the input. */
bool wf_edit_read(const char *prompt, Buffer *line);
/* Adds an entry to the history. */
void wf_edit_remember(const char *text);

#endif
