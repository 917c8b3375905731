/* buffer.h: a growing byte buffer outside the GC heap. */
#ifndef WEFT_BUFFER_H
#define WEFT_BUFFER_H

#include "vm/base/base.h"
#include <stdarg.h>

typedef struct Buffer {
  char *data; /* may be NULL while len is 0 */
  size_t len, cap;
  bool failed; /* an append ran out of memory; sticky, appends are ignored */
} Buffer;

void wf_buffer_init(Buffer *b);
void wf_buffer_free(Buffer *b);
/* Room for n more bytes; false (and `failed`) when exhausted. */
bool wf_buffer_reserve(Buffer *b, size_t n);
void wf_buffer_bytes(Buffer *b, const void *p, size_t n);
void wf_buffer_string(Buffer *b, const char *s);
void wf_buffer_byte(Buffer *b, int c);
/* Unsigned LEB128. */
void wf_buffer_varint(Buffer *b, uint64_t v);
void wf_buffer_format(Buffer *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
void wf_buffer_vformat(Buffer *b, const char *fmt, va_list ap)
    PRINTF_LIKE(2, 0);
/* NUL-terminates without counting the NUL; "" when nothing was appended or
 * memory failed. The pointer is valid until the next append. */
const char *wf_buffer_cstr(Buffer *b);

#endif
