/* edit.c: readline, loaded when the first prompt is shown: a program that
 * runs a script should not wait for a library it never uses. Without it lines
 * are read plainly.
 *
 * Completion offers the words that can follow what is typed: `pri` becomes
 * print, `string.f` string.find and string.format, `s:re` what the metatable's
 * __index table has. It reads tables raw, runs no Lua and allocates nothing in
 * the GC heap, for readline calls it. */
#include "vm/cli/edit.h"
#include <dlfcn.h>
#define _FUNCTION_DEF /* readline: without its old type called Function */
#include <readline/history.h>
#include <readline/readline.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT2(x) #x
#define TEXT(x) TEXT2(x)
/* The version whose headers this file was compiled with. */
#define LIBRARY "libreadline.so." TEXT(RL_VERSION_MAJOR)

enum { INDEX_DEPTH_MAX = 10 }; /* metatables followed */

static struct {
  __typeof__(readline) *read;
  __typeof__(add_history) *add_history;
  __typeof__(rl_completion_matches) *completion_matches;
  const char **name, **word_breaks;
  char **line;
  int *append_character, *attempted_over;
  rl_completion_func_t **attempted;
} library; /* read is NULL when there is none */

static VM *completed; /* whose globals completion sees */

/* ---- completion ---------------------------------------------------------- */

/* A word under completion: `prefix` is to be found among the fields of
 * `object`, which `path` names in what was typed. */
typedef struct Completion {
  const char *word;
  size_t path_len; /* bytes of the word before the prefix */
  Value object;
  int depth; /* metatables followed from the object */
  uint32_t cursor;
  size_t keyword;
} Completion;

static Completion state;

static const char *const keywords[] = {
    "and",      "break",  "do",   "else", "elseif", "end",   "false", "for",
    "function", "goto",   "if",   "in",   "local",  "nil",   "not",   "or",
    "repeat",   "return", "then", "true", "until",  "while", NULL,
};

/* The table whose keys `v.` can see at first, and what comes behind it. */
static Table *fields_of(VM *vm, Value v, int depth) {
  while (depth-- > 0 || !value_is_table(v)) {
    Table *meta = wf_state_metatable(vm, v);
    v = meta ? wf_table_get_string(vm, meta, vm->event_names[EVENT_INDEX])
             : VALUE_NIL;
    if (value_is_nil(v))
      return NULL;
  }
  return value_as_table(v);
}

/* Field with that name, found without making a string. */
static Value find_field(VM *vm, Value v, const char *name, size_t len) {
  for (int depth = 0; depth < INDEX_DEPTH_MAX; depth++) {
    Table *t = fields_of(vm, v, depth);
    uint32_t cursor = 0;
    Value entry[2];
    while (t && wf_table_next_at(vm, t, &cursor, entry)) {
      if (!value_is_string(entry[0]))
        continue;
      const String *key = value_as_string(entry[0]);
      if (key->len == len && memcmp(key->bytes, name, len) == 0)
        return entry[1];
    }
    if (!t)
      break;
  }
  return VALUE_NIL;
}

static bool is_name(const String *s) {
  if (s->len == 0 || (s->bytes[0] >= '0' && s->bytes[0] <= '9'))
    return false;
  for (uint32_t i = 0; i < s->len; i++) {
    char c = s->bytes[i];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    if (!letter && (c < '0' || c > '9'))
      return false;
  }
  return true;
}

/* The whole word with its prefix made to `field`, for readline to free. */
static char *new_match(const Completion *c, const char *field) {
  size_t len = strlen(field);
  char *match = malloc(c->path_len + len + 1);
  if (match) {
    memcpy(match, c->word, c->path_len);
    memcpy(match + c->path_len, field, len + 1);
  }
  return match;
}

static bool begins_with(const char *s, const char *prefix) {
  return strncmp(s, prefix, strlen(prefix)) == 0;
}

static void start_completion(const char *word) {
  state = (Completion){.word = word,
                       .object = value_from_table(completed->globals)};
  const char *name = word;
  for (const char *at = word; *at; at++) {
    if (*at != '.' && *at != ':')
      continue;
    size_t len = (size_t)(at - name);
    state.object = find_field(completed, state.object, name, len);
    name = at + 1;
  }
  state.path_len = (size_t)(name - word);
}

/* For readline: the next match of `word`, NULL after the last. */
static char *next_match(const char *word, int again) {
  Completion *c = &state;
  if (!again)
    start_completion(word);
  const char *prefix = word + c->path_len;
  while (c->path_len == 0 && keywords[c->keyword]) {
    const char *keyword = keywords[c->keyword++];
    if (begins_with(keyword, prefix))
      return new_match(c, keyword);
  }
  for (; c->depth < INDEX_DEPTH_MAX; c->depth++, c->cursor = 0) {
    Table *t = fields_of(completed, c->object, c->depth);
    if (!t)
      break;
    Value entry[2];
    while (wf_table_next_at(completed, t, &c->cursor, entry)) {
      if (!value_is_string(entry[0]))
        continue;
      const String *key = value_as_string(entry[0]);
      if (is_name(key) && begins_with(key->bytes, prefix))
        return new_match(c, key->bytes);
    }
  }
  return NULL;
}

static char **complete(const char *word, int start, int end) {
  (void)start, (void)end;
  *library.append_character = '\0';
  *library.attempted_over = 1; /* no file names */
  return library.completion_matches(word, next_match);
}

/* ---- the library --------------------------------------------------------- */

static bool find_symbol(void *handle, const char *name, void *out) {
  void *p = dlsym(handle, name);
  memcpy(out, &p, sizeof p);
  return p != NULL;
}

void wf_edit_open(VM *vm) {
  completed = vm;
  void *handle = library.read ? NULL : dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
  if (!handle)
    return;
  if (find_symbol(handle, "rl_readline_name", &library.name) &&
      find_symbol(handle, "rl_basic_word_break_characters",
                  &library.word_breaks) &&
      find_symbol(handle, "rl_completion_append_character",
                  &library.append_character) &&
      find_symbol(handle, "rl_attempted_completion_over",
                  &library.attempted_over) &&
      find_symbol(handle, "rl_attempted_completion_function",
                  &library.attempted) &&
      find_symbol(handle, "rl_completion_matches",
                  &library.completion_matches) &&
      find_symbol(handle, "add_history", &library.add_history) &&
      find_symbol(handle, "readline", &library.read)) {
    *library.name = "weft";
    *library.word_breaks = " \t\n\"'`@$><=;|&{}()[]+-*/%^~#,";
    *library.attempted = complete;
  }
}

/* ---- lines --------------------------------------------------------------- */

static bool read_plainly(const char *prompt, Buffer *line) {
  fputs(prompt, stdout);
  fflush(stdout);
  int c;
  size_t old_len = line->len;
  while ((c = getchar()) != EOF && c != '\n')
    wf_buffer_byte(line, c);
  return c != EOF || line->len > old_len;
}

bool wf_edit_read(const char *prompt, Buffer *line) {
  if (!library.read)
    return read_plainly(prompt, line);
  char *typed = library.read(prompt);
  if (!typed)
    return false;
  wf_buffer_string(line, typed);
  free(typed);
  return true;
}

void wf_edit_remember(const char *text) {
  if (library.read)
    library.add_history(text);
}
