/* opreport.c: --stats: writes what opstats counted when the process ends,
 * however it ends (os.exit, an error), hence atexit. */
#include "vm/cli/opreport.h"
#include "vm/load/opstats.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef WEFT_STATS
static FILE *output;
static StatsFormat format;

static void write_counts(void) {
  fflush(stdout);
  wf_opstats_write(output, format);
  if (output != stderr)
    fclose(output);
}

bool wf_opreport_at_exit(const char *program, const char *how) {
  const char *file = strchr(how, ':');
  format = *how == 'j' ? STATS_JSON : STATS_TABLE;
  output = file ? fopen(file + 1, "w") : stderr;
  if (!output) {
    fprintf(stderr, "%s: cannot write %s: %s\n", program, file + 1,
            strerror(errno));
    return false;
  }
  atexit(write_counts);
  return true;
}
#else
bool wf_opreport_at_exit(const char *program, const char *how) {
  (void)how;
  fprintf(stderr,
          "%s: --stats needs a weft that counts: build it with "
          "-DWEFT_STATS=ON\n",
          program);
  return false;
}
#endif
