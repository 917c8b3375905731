/* options.c: lua's options, as lua reads them, and weft's own, which all begin
 * with "--" and a letter (lua has none of that form). */
#include "vm/cli/options.h"
#include "vm/base/alloc.h"
#include "vm/cli/profile.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char USAGE[] =
    "usage: %s [options] [script [args]]\n"
    "Available options are:\n"
    "  -e stat   execute string 'stat'\n"
    "  -i        enter interactive mode after executing 'script'\n"
    "  -l mod    require library 'mod' into global 'mod'\n"
    "  -l g=mod  require library 'mod' into global 'g'\n"
    "  -v        show version information\n"
    "  -E        ignore environment variables\n"
    "  -W        turn warnings on\n"
    "  --        stop handling options\n"
    "  -         stop handling options and execute stdin\n";

static const char MORE_USAGE[] =
    "  --help           show this text\n"
    "  --build-info     show how weft was built (also: -v -v)\n"
    "  --seed N         seed of hashes and of math.random\n"
    "  --profile[=HZ]   sample Lua stacks, print a table at the end\n"
    "  --profile-out=FILE\n"
    "                   write the samples: .folded, .json (speedscope), .svg\n"
    "  --perf           show Lua functions to Linux perf (also: WEFT_PERF=1)\n"
    "  --stats[=table|json[:FILE]]\n"
    "                   count executed instructions (-DWEFT_STATS=ON)\n"
    "  --gc-stats       print pauses and memory of the collector at exit\n"
    "  --gc-stats=json  the same as one JSON object\n"
    "  --memory-limit N the heap holds at most N bytes (suffixes: K, M, G)\n"
    "  --dump=ast       print the syntax tree of 'script', do not run it\n"
    "  --dump=bytecode  print its compact code\n"
    "  --dump=linked    print the code that would be executed\n"
    "  --dump=linked:run\n"
    "                   run 'script', then print that code and its caches\n"
    "  --dump=size      print bytes of code, constants, lines by function\n";

typedef struct ArgReader {
  Options *o;
  char **argv;
  int at; /* argument being read */
} ArgReader;

static const char *const dump_names[] = {
    [DUMP_AST] = "ast",
    [DUMP_BYTECODE] = "bytecode",
    [DUMP_LINKED] = "linked",
    [DUMP_LINKED_RUN] = "linked:run",
    [DUMP_SIZE] = "size",
};

static bool is_size_option(const char *arg) {
  return strcmp(arg, "--memory-limit") == 0 ||
         strncmp(arg, "--memory-limit=", 15) == 0;
}

/* `next` is the argument behind the bad one. */
static void print_problem(const Options *o, const char *bad, const char *next) {
  bool lacks = bad[1] == 'e' || bad[1] == 'l' || strcmp(bad, "--seed") == 0 ||
               (strcmp(bad, "--memory-limit") == 0 && !next);
  fprintf(stderr, "%s: ", o->program);
  if (is_size_option(bad) && !lacks) {
    const char *value = bad[14] == '=' ? bad + 15 : next;
    fprintf(stderr,
            "'%s' is no size for --memory-limit (a number of bytes above 0, "
            "with K, M or G behind it or not)\n",
            value);
    fflush(stderr);
    return;
  }
  fprintf(stderr,
          lacks ? "'%s' needs argument\n" : "unrecognized option '%s'\n", bad);
  fprintf(stderr, USAGE, o->program);
  fflush(stderr);
}

void wf_options_print_help(const Options *o) {
  printf(USAGE, o->program);
  fputs(MORE_USAGE, stdout);
}

static void add_action(Options *o, ActionKind kind, const char *text) {
  o->actions[o->nactions++] = (Action){kind, text};
}

static bool read_seed(Options *o, const char *text) {
  char *end;
  errno = 0;
  o->seed = strtoull(text, &end, 0);
  o->has_seed = *text != '\0' && *end == '\0' && errno == 0;
  return o->has_seed;
}

/* A number of bytes with an optional suffix, 1024-fold each. */
static bool read_size(const char *text, size_t *out) {
  static const char suffixes[] = "KMG";
  if (*text < '0' || *text > '9')
    return false;
  char *end;
  errno = 0;
  unsigned long long n = strtoull(text, &end, 10);
  if (errno != 0)
    return false;
  if (*end != '\0') {
    char c = *end >= 'a' && *end <= 'z' ? (char)(*end - 'a' + 'A') : *end;
    const char *suffix = strchr(suffixes, c);
    if (!suffix || end[1] != '\0')
      return false;
    for (const char *s = suffixes; s <= suffix; s++) {
      if (n > SIZE_MAX / 2 / 1024)
        return false;
      n *= 1024;
    }
  }
  *out = (size_t)n;
  return n != 0;
}

static bool read_dump(Options *o, const char *kind) {
  for (size_t i = DUMP_NONE + 1; i < ARRAY_LEN(dump_names); i++)
    if (strcmp(kind, dump_names[i]) == 0)
      o->dump = (DumpKind)i;
  return o->dump != DUMP_NONE;
}

static bool read_frequency(Options *o, const char *text) {
  char *end;
  long hz = strtol(text, &end, 10);
  if (*end != '\0' || hz < 1 || hz > PROFILE_HZ_MAX)
    return false;
  o->profile = (int)hz;
  return true;
}

static bool read_stats(Options *o, const char *value) {
  size_t len = strcspn(value, ":");
  if ((len != 4 || memcmp(value, "json", 4) != 0) &&
      (len != 5 || memcmp(value, "table", 5) != 0))
    return false;
  o->stats = value;
  return true;
}

/* What follows `name` and '=' in arg; NULL when arg is something else. */
static const char *value_of(const char *arg, const char *name) {
  size_t len = strlen(name);
  bool same = strncmp(arg, name, len) == 0 && arg[len] == '=';
  return same ? arg + len + 1 : NULL;
}

static bool read_long(ArgReader *r) {
  Options *o = r->o;
  const char *arg = r->argv[r->at];
  const char *value = value_of(arg, "--seed");
  if (value)
    return read_seed(o, value);
  value = value_of(arg, "--dump");
  if (value)
    return read_dump(o, value);
  if (strcmp(arg, "--perf") == 0)
    return o->perf = true;
  if (strcmp(arg, "--profile") == 0) {
    o->profile = PROFILE_HZ;
    return true;
  }
  value = value_of(arg, "--profile");
  if (value)
    return read_frequency(o, value);
  value = value_of(arg, "--profile-out");
  if (value) {
    o->profile_file = value;
    o->profile = o->profile > 0 ? o->profile : PROFILE_HZ;
    return *value != '\0';
  }
  value = strcmp(arg, "--stats") == 0 ? "table" : value_of(arg, "--stats");
  if (value)
    return read_stats(o, value);
  if (strcmp(arg, "--seed") == 0) {
    value = r->argv[++r->at];
    return value && read_seed(o, value);
  }
  value = value_of(arg, "--memory-limit");
  if (value)
    return read_size(value, &o->memory_limit);
  if (strcmp(arg, "--memory-limit") == 0) {
    value = r->argv[++r->at];
    return value && read_size(value, &o->memory_limit);
  }
  value = value_of(arg, "--gc-stats");
  if (value) {
    o->gc_stats = STATS_JSON;
    return strcmp(value, "json") == 0;
  }
  if (strcmp(arg, "--gc-stats") == 0) {
    o->gc_stats = STATS_TEXT;
    return true;
  }
  if (strcmp(arg, "--build-info") == 0)
    return o->build_info = true;
  if (strcmp(arg, "--help") == 0)
    return o->help = true;
  return false;
}

/* -e and -l: the text is the rest of the argument or the next one. */
static bool read_action(ArgReader *r, ActionKind kind) {
  const char *text = r->argv[r->at] + 2;
  if (*text == '\0') {
    text = r->argv[r->at + 1];
    if (!text || *text == '-')
      return false;
    r->at++;
  }
  add_action(r->o, kind, text);
  return true;
}

static bool read_short(ArgReader *r) {
  Options *o = r->o;
  const char *arg = r->argv[r->at];
  switch (arg[1]) {
  case 'e':
    o->executes = true;
    return read_action(r, ACTION_EXECUTE);
  case 'l':
    return read_action(r, ACTION_REQUIRE);
  case 'E':
    o->no_environment = true;
    break;
  case 'i':
    o->interactive = true;
    break;
  case 'v':
    o->build_info |= o->version;
    o->version = true;
    break;
  case 'W':
    add_action(o, ACTION_WARN, NULL);
    break;
  default:
    return false;
  }
  return arg[2] == '\0';
}

/* Reads up to the script; false leaves r->at at the argument that is wrong. */
static bool read_all(ArgReader *r) {
  for (r->at = 1; r->argv[r->at]; r->at++) {
    const char *arg = r->argv[r->at];
    int at = r->at;
    if (arg[0] != '-' || arg[1] == '\0') {
      r->o->script = at;
      return true;
    }
    if (strcmp(arg, "--") == 0) {
      r->o->script = r->argv[at + 1] ? at + 1 : 0;
      return true;
    }
    if (!(arg[1] == '-' ? read_long(r) : read_short(r))) {
      r->at = at;
      return false;
    }
  }
  return true;
}

bool wf_options_parse(Options *out, int argc, char **argv) {
  *out = (Options){.program = argc > 0 && *argv[0] ? argv[0] : "weft"};
  if (argc == 0)
    return true;
  out->actions = wf_alloc_zeroed((size_t)argc, sizeof *out->actions);
  if (!out->actions) {
    fprintf(stderr, "%s: not enough memory\n", out->program);
    return false;
  }
  ArgReader r = {out, argv, 0};
  if (read_all(&r)) {
    const char *perf = out->no_environment ? NULL : getenv("WEFT_PERF");
    out->perf |= perf && *perf && strcmp(perf, "0") != 0;
    out->version |= out->interactive;
    return true;
  }
  print_problem(out, argv[r.at], argv[r.at + 1]);
  wf_alloc_free(out->actions);
  return false;
}
