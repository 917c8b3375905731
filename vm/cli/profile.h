/* profile.h: --profile: where the time of a Lua program goes. */
#ifndef WEFT_PROFILE_H
#define WEFT_PROFILE_H

#include "vm/value/state.h"

enum { PROFILE_HZ = 200, PROFILE_HZ_MAX = 1000 };

/* Samples the running Lua stack `hz` times per second of CPU time, until
 * wf_profile_finish. False, after saying why, when that cannot be. */
bool wf_profile_start(VM *vm, int hz);
/* Stops, and writes what was found: to stderr as a table (file NULL) or to the
 * file, whose name's end chooses the form: .folded (one line a stack), .json
 * (speedscope), .svg (flame graph), else the table. False, after saying why,
 * when it cannot be written. */
bool wf_profile_finish(VM *vm, const char *file);

#endif
