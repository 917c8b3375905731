/* traceback.c: the text that says how the program got where it is. */
#include "vm/exec/debuginfo.h"
#include "vm/exec/native.h"
#include <string.h>

enum { FIRST_LEVELS = 10, LAST_LEVELS = 11 }; /* shown of a long traceback */

static void add_function(Thread *L, Value f, const DebugInfo *info,
                         Buffer *out) {
  size_t start = out->len;
  wf_buffer_string(out, "function '");
  if (wf_native_global_name(L, f, out)) {
    wf_buffer_byte(out, '\'');
    return;
  }
  out->len = start;
  if (*info->namewhat)
    wf_buffer_format(out, "%s '%s'", info->namewhat, info->name);
  else if (*info->what == 'm')
    wf_buffer_string(out, "main chunk");
  else if (*info->what != 'C')
    wf_buffer_format(out, "function <%s:%d>", info->short_src,
                     info->line_defined);
  else
    wf_buffer_byte(out, '?');
}

static void add_level(Thread *L, Thread *of, const FrameRef *frame,
                      Buffer *out) {
  DebugInfo info;
  Value f = wf_debuginfo_function(of, frame);
  wf_debuginfo_get(of, frame, f, "Slnt", &info);
  if (info.current_line <= 0)
    wf_buffer_format(out, "\n\t%s: in ", info.short_src);
  else
    wf_buffer_format(out, "\n\t%s:%d: in ", info.short_src, info.current_line);
  add_function(L, f, &info, out);
  if (info.is_tail_call)
    wf_buffer_string(out, "\n\t(...tail calls...)");
}

static int count_levels(Thread *of) {
  FrameRef frame;
  int n = 0;
  for (bool more = wf_debuginfo_newest(of, &frame); more;
       more = wf_debuginfo_caller(of, &frame))
    n++;
  return n;
}

String *wf_native_traceback(Thread *L, Thread *of, const char *message,
                            size_t message_len, int level) {
  Buffer *b = wf_native_buffer(L);
  if (message) { /* up to a NUL, as in Lua */
    wf_buffer_bytes(b, message, strnlen(message, message_len));
    wf_buffer_byte(b, '\n');
  }
  wf_buffer_string(b, "stack traceback:");
  int last = count_levels(of) - 1;
  int left = last - level > FIRST_LEVELS + LAST_LEVELS ? FIRST_LEVELS : -1;
  FrameRef frame;
  bool more = wf_debuginfo_frame(of, level, &frame);
  for (; more; more = wf_debuginfo_caller(of, &frame)) {
    level++; /* now of the next frame */
    if (left-- != 0) {
      add_level(L, of, &frame, b);
      continue;
    }
    int skipped = last - level - LAST_LEVELS + 1;
    wf_buffer_format(b, "\n\t...\t(skipping %d levels)", skipped);
    for (int i = 0; i < skipped; i++)
      wf_debuginfo_caller(of, &frame);
  }
  return wf_native_buffer_push(L, b);
}
