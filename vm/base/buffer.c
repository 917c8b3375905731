/* buffer.c: doubling growth; running out of memory is remembered, not raised,
 * so a writer checks `failed` once at its end. */
#include "vm/base/buffer.h"
#include "vm/base/alloc.h"
#include <stdio.h>
#include <string.h>

enum { FIRST_CAPACITY = 64 };

void wf_buffer_init(Buffer *b) {
  b->data = NULL;
  b->len = b->cap = 0;
  b->failed = false;
}

void wf_buffer_free(Buffer *b) {
  wf_alloc_free(b->data);
  wf_buffer_init(b);
}

/* The data in a larger block of *cap >= need bytes; NULL when memory is
 * exhausted. Where twice the size is refused less may still be had, but not so
 * little that appending byte by byte would move the whole at each. */
static char *grow(const Buffer *b, size_t need, size_t *cap) {
  size_t more = b->cap < FIRST_CAPACITY ? FIRST_CAPACITY : b->cap;
  for (int shift = 0; shift <= 4; shift += 2) {
    if (__builtin_add_overflow(b->cap, more >> shift, cap) || *cap < need)
      *cap = need;
    char *data = wf_alloc_resize(b->data, *cap);
    if (data)
      return data;
  }
  return NULL;
}

bool wf_buffer_reserve(Buffer *b, size_t n) {
  if (b->failed)
    return false;
  if (n <= b->cap - b->len)
    return true;
  size_t need;
  if (__builtin_add_overflow(b->len, n, &need)) {
    b->failed = true;
    return false;
  }
  size_t cap;
  char *data = grow(b, need, &cap);
  if (!data) {
    b->failed = true;
    return false;
  }
  b->data = data;
  b->cap = cap;
  return true;
}

void wf_buffer_bytes(Buffer *b, const void *p, size_t n) {
  if (n == 0 || !wf_buffer_reserve(b, n))
    return;
  memcpy(b->data + b->len, p, n);
  b->len += n;
}

void wf_buffer_string(Buffer *b, const char *s) {
  wf_buffer_bytes(b, s, strlen(s));
}

void wf_buffer_byte(Buffer *b, int c) {
  if (wf_buffer_reserve(b, 1))
    b->data[b->len++] = (char)c;
}

void wf_buffer_varint(Buffer *b, uint64_t v) {
  while (v >= 0x80) {
    wf_buffer_byte(b, (int)(v & 0x7f) | 0x80);
    v >>= 7;
  }
  wf_buffer_byte(b, (int)v);
}

void wf_buffer_format(Buffer *b, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  wf_buffer_vformat(b, fmt, ap);
  va_end(ap);
}

void wf_buffer_vformat(Buffer *b, const char *fmt, va_list ap) {
  if (!wf_buffer_reserve(b, 1))
    return;
  va_list again;
  va_copy(again, ap);
  int n = vsnprintf(b->data + b->len, b->cap - b->len, fmt, ap);
  if (n >= 0 && (size_t)n >= b->cap - b->len) {
    if (wf_buffer_reserve(b, (size_t)n + 1))
      vsnprintf(b->data + b->len, b->cap - b->len, fmt, again);
    else
      n = -1;
  }
  va_end(again);
  if (n > 0)
    b->len += (size_t)n;
}

const char *wf_buffer_cstr(Buffer *b) {
  if (!wf_buffer_reserve(b, 1))
    return "";
  b->data[b->len] = '\0';
  return b->data;
}
