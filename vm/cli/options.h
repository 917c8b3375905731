/* options.h: the command line, read before anything else happens. */
#ifndef WEFT_OPTIONS_H
#define WEFT_OPTIONS_H

#include "vm/base/base.h"

typedef enum ActionKind {
  ACTION_EXECUTE, /* -e text */
  ACTION_REQUIRE, /* -l text: "module" or "global=module" */
  ACTION_WARN     /* -W */
} ActionKind;
typedef struct Action {
  ActionKind kind;
  const char *text;
} Action;

typedef enum DumpKind {
  DUMP_NONE,
  DUMP_AST,
  DUMP_BYTECODE,
  DUMP_LINKED,
  DUMP_LINKED_RUN, /* after the script ran */
  DUMP_SIZE
} DumpKind;

typedef enum StatsFormat { STATS_NONE, STATS_TEXT, STATS_JSON } StatsFormat;

typedef struct Options {
  const char *program; /* argv[0] */
  int script;          /* index in argv; 0: there is none */
  bool interactive, version, build_info, help, no_environment;
  bool executes; /* some -e */
  bool perf;     /* --perf */
  bool has_seed;
  uint64_t seed;
  DumpKind dump;
  int profile;              /* --profile: samples a second; 0: none */
  const char *profile_file; /* --profile-out, or NULL */
  const char *stats; /* --stats: "table" or "json", perhaps ":FILE"; or NULL */
  StatsFormat gc_stats;
  size_t memory_limit; /* bytes; 0: none */
  Action *actions; /* in the order given */
  int nactions;
} Options;

/* Fills *out. False when the arguments make no sense, after saying so on
 * stderr. Owns: the caller frees actions with wf_alloc_free; strings are
 * argv's. */
bool wf_options_parse(Options *out, int argc, char **argv);
/* The text of --help. */
void wf_options_print_help(const Options *o);

#endif
