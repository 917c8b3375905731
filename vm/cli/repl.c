/* repl.c: what is typed is tried as an expression first (`return` before it),
 * then as statements; when those just end too early, more lines are asked for.
 *
 * Every line starts from an empty stack but for the message handler. The text
 * typed so far is a string at base[1], where an error on the way leaves no
 * memory behind. */
#include "vm/cli/repl.h"
#include "vm/cli/edit.h"
#include "vm/cli/run.h"
#include <stdio.h>
#include <string.h>

enum { HANDLER, TEXT /* then the chunk, then its first result */ };

typedef enum LineStatus { LINE_LOADED, LINE_WRONG, LINE_END } LineStatus;

/* Pushes the prompt. Errors: of __tostring. */
static const char *push_prompt(Thread *L, bool first) {
  Value prompt = wf_operate_get_field(L, value_from_table(L->vm->globals),
                                      first ? "_PROMPT" : "_PROMPT2");
  if (value_is_nil(prompt))
    return wf_native_push_cstr(L, first ? "> " : ">> ")->bytes;
  native_push(L, prompt);
  String *text = wf_operate_tostring(L, prompt);
  L->top[-1] = value_from_string(text); /* NOBARRIER: N3 */
  return text->bytes;
}

/* Pushes the next line; false at the end of the input. */
static bool push_line(Thread *L, bool first) {
  const char *prompt = push_prompt(L, first);
  Buffer *line = wf_native_buffer(L);
  bool got = wf_edit_read(prompt, line);
  native_pop(L);
  if (!got) {
    wf_native_buffer_drop(L, line);
    return false;
  }
  String *text = wf_native_buffer_push(L, line);
  if (first && text->bytes[0] == '=') {
    wf_native_push_format(L, "return %s", text->bytes + 1);
    L->top[-2] = L->top[-1]; /* NOBARRIER: N3 */
    native_pop(L);
  }
  return true;
}

static bool load_text(Thread *L, const String *text) {
  return wf_native_load(L, text->bytes, text->len, "=stdin", strlen("=stdin"),
                        NULL, value_from_table(L->vm->globals));
}

/* Tries the line as an expression: pushes the chunk or nothing. */
static bool load_expression(Thread *L) {
  const String *line = value_as_string(L->base[TEXT]);
  String *text = wf_native_push_format(L, "return %s;", line->bytes);
  if (load_text(L, text)) {
    L->top[-2] = L->top[-1]; /* NOBARRIER: N3 */
    native_pop(L);
    if (line->len > 0)
      wf_edit_remember(line->bytes);
    return true;
  }
  L->top -= 2;
  return false;
}

/* Whether the message on top says that the text ended too early. */
static bool is_incomplete(Thread *L) {
  static const char mark[] = "<eof>";
  if (!value_is_string(L->top[-1]))
    return false;
  const String *message = value_as_string(L->top[-1]);
  size_t len = strlen(mark);
  return message->len >= len &&
         memcmp(message->bytes + message->len - len, mark, len) == 0;
}

/* Appends the line on top to the text, and pops it. */
static void append_line(Thread *L) {
  const String *text = value_as_string(L->base[TEXT]);
  const String *line = value_as_string(L->top[-1]);
  Buffer *joined = wf_native_buffer(L);
  wf_buffer_bytes(joined, text->bytes, text->len);
  wf_buffer_byte(joined, '\n');
  wf_buffer_bytes(joined, line->bytes, line->len);
  wf_native_buffer_push(L, joined);
  L->base[TEXT] = L->top[-1]; /* NOBARRIER: N3 */
  L->top -= 2;
}

/* Loads the text as statements, asking for more lines: pushes the chunk or an
 * error message. */
static bool load_statements(Thread *L) {
  for (;;) {
    const String *text = value_as_string(L->base[TEXT]);
    bool loaded = load_text(L, text);
    if (loaded || !is_incomplete(L) || !push_line(L, false)) {
      wf_edit_remember(text->bytes);
      return loaded;
    }
    append_line(L);
    native_pop(L); /* the message */
  }
}

/* Leaves the chunk, or the message, in place of the text. */
static LineStatus load_line(Thread *L) {
  wf_native_set_count(L, TEXT);
  if (!push_line(L, true))
    return LINE_END;
  bool loaded = load_expression(L) || load_statements(L);
  L->base[TEXT] = L->top[-1]; /* NOBARRIER: N3 */
  wf_native_set_count(L, TEXT + 1);
  return loaded ? LINE_LOADED : LINE_WRONG;
}

static void print_results(Thread *L) {
  int n = native_count(L) - TEXT;
  if (n == 0)
    return;
  wf_native_reserve(L, NATIVE_STACK);
  Value print =
      wf_operate_get_field(L, value_from_table(L->vm->globals), "print");
  Value *first = L->base + TEXT;
  memmove(first + 1, first, (size_t)n * sizeof *first);
  *first = print; /* NOBARRIER: N3 */
  L->top++;
  if (wf_call_protected(L, n, 0, VALUE_NIL) == CALL_OK)
    return;
  Value error = L->top[-1];
  String *text = wf_native_push_format(
      L, "error calling 'print' (%s)",
      value_is_string(error) ? value_as_string(error)->bytes : "(null)");
  wf_run_message(NULL, text->bytes);
}

void wf_repl_run(Thread *L) {
  wf_edit_open(L->vm);
  for (;;) {
    LineStatus status = load_line(L);
    if (status == LINE_END)
      break;
    if (wf_run_report(L, NULL,
                      status == LINE_LOADED && wf_run_call(L, 0, CALL_ALL)))
      print_results(L);
  }
  wf_native_set_count(L, TEXT);
  fputc('\n', stdout);
  fflush(stdout);
}
