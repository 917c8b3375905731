/* chunkname.c: the display form of a chunk name, cut to CHUNKNAME_MAX. */
#include "vm/base/chunkname.h"
#include <string.h>

#define DOTS "..."
#define OPENING "[string \""
#define CLOSING "\"]"

static char *put(char *at, const char *bytes, size_t len) {
  memcpy(at, bytes, len);
  return at + len;
}

static void display_file(const char *file, size_t len, char *out) {
  size_t room = CHUNKNAME_MAX - 1;
  if (len > room) {
    out = put(out, DOTS, strlen(DOTS));
    room -= strlen(DOTS);
    file += len - room;
    len = room;
  }
  *put(out, file, len) = '\0';
}

/* The dots' room is kept free even when they are not needed, so a whole
 * one-line text has 44 bytes and a cut one 45. */
static void display_text(const char *text, size_t len, char *out) {
  size_t room = CHUNKNAME_MAX - 1 - strlen(OPENING DOTS CLOSING);
  const char *newline = memchr(text, '\n', len);
  out = put(out, OPENING, strlen(OPENING));
  if (len < room && !newline) {
    out = put(out, text, len);
  } else {
    if (newline)
      len = (size_t)(newline - text);
    out = put(out, text, len < room ? len : room);
    out = put(out, DOTS, strlen(DOTS));
  }
  out = put(out, CLOSING, strlen(CLOSING));
  *out = '\0';
}

void wf_chunkname_display(const char *name, size_t len,
                          char out[CHUNKNAME_MAX]) {
  len = strnlen(name, len);
  if (len > 0 && name[0] == '=') {
    size_t shown = len - 1 < CHUNKNAME_MAX - 1 ? len - 1 : CHUNKNAME_MAX - 1;
    *put(out, name + 1, shown) = '\0';
  } else if (len > 0 && name[0] == '@') {
    display_file(name + 1, len - 1, out);
  } else {
    display_text(name, len, out);
  }
}
