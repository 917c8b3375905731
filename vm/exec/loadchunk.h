/* loadchunk.h: the text of a chunk in a file. What load() and loadfile() call
 * is in native.h. */
#ifndef WEFT_LOADCHUNK_H
#define WEFT_LOADCHUNK_H

#include "vm/base/buffer.h"

/* Appends the whole of a file (NULL: stdin). The chunk is what follows
 * *start: a byte order mark and a first line that begins with '#' are left
 * out, but for the line's newline when the rest is text, so that lines keep
 * their numbers. NULL on success, else which step failed ("open", "read",
 * with errno), or "" when memory is exhausted. */
const char *wf_loadchunk_read(Buffer *text, const char *filename,
                              size_t *start);

#endif
