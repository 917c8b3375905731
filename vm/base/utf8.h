/* utf8.h: UTF-8 as Lua has it: up to 6 bytes, code points below 2^31. */
#ifndef WEFT_UTF8_H
#define WEFT_UTF8_H

#include "vm/base/base.h"

enum { UTF8_MAX = 6 };
/* Writes code (< 2^31) to out, returns the number of bytes (1..6). */
size_t wf_utf8_encode(uint32_t code, char out[UTF8_MAX]);
/* Length of the sequence at s (at most `len` bytes), its code in *code; 0 when
 * malformed, overlong or truncated; with `strict` also surrogates and codes
 * above 10FFFF. */
size_t wf_utf8_decode(const char *s, size_t len, uint32_t *code, bool strict);

#endif
