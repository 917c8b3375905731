/* warn.h: what warn() does in the weft program: "Lua warning: text" on
 * stderr, switched by "@on" and "@off"; off at first. */
#ifndef WEFT_WARN_H
#define WEFT_WARN_H

#include "vm/value/state.h"

/* For vm->warn: one piece of a message, the last one unless to_be_continued. */
void wf_warn_print(VM *vm, const char *text, bool to_be_continued);

#endif
