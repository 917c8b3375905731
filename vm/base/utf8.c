/* utf8.c: the original UTF-8 of RFC 2279 (six bytes, 31 bits), which Lua's
 * escapes and utf8 library speak, with RFC 3629's limits on request. */
#include "vm/base/utf8.h"

size_t wf_utf8_encode(uint32_t code, char out[UTF8_MAX]) {
  CHECK(code <= 0x7fffffffu);
  if (code < 0x80) {
    out[0] = (char)code;
    return 1;
  }
  size_t n = code < 0x800       ? 2
             : code < 0x10000   ? 3
             : code < 0x200000  ? 4
             : code < 0x4000000 ? 5
                                : 6;
  for (size_t i = n - 1; i > 0; i--) {
    out[i] = (char)(0x80 | (code & 0x3f));
    code >>= 6;
  }
  out[0] = (char)((0xff00u >> n) | code);
  return n;
}

size_t wf_utf8_decode(const char *s, size_t len, uint32_t *code, bool strict) {
  /* Smallest code that needs a sequence of this length. */
  static const uint32_t least[UTF8_MAX + 1] = {
      0, 0, 0x80, 0x800, 0x10000, 0x200000, 0x4000000};
  if (len == 0)
    return 0;
  uint32_t first = (unsigned char)s[0];
  if (first < 0x80) {
    *code = first;
    return 1;
  }
  if (first < 0xc0 || first >= 0xfe)
    return 0;
  size_t n = (size_t)__builtin_clz(~(first << 24));
  if (n > len)
    return 0;
  uint32_t c = first & (0x7fu >> n);
  for (size_t i = 1; i < n; i++) {
    uint32_t next = (unsigned char)s[i];
    if ((next & 0xc0) != 0x80)
      return 0;
    c = c << 6 | (next & 0x3f);
  }
  if (c < least[n])
    return 0;
  if (strict && (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)))
    return 0;
  *code = c;
  return n;
}
