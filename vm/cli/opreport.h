/* opreport.h: --stats. */
#ifndef WEFT_OPREPORT_H
#define WEFT_OPREPORT_H

#include "vm/base/base.h"

/* Writes the counts when the process exits, as `how` says: "table" or "json",
 * to stderr or to the file behind a ':'. False, after saying why, when this
 * build does not count or the file cannot be written. */
bool wf_opreport_at_exit(const char *program, const char *how);

#endif
