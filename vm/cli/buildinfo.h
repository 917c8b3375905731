/* buildinfo.h: what this weft is and how it was built. */
#ifndef WEFT_BUILDINFO_H
#define WEFT_BUILDINFO_H

/* The line of -v. */
void wf_buildinfo_print_version(void);
/* Compiler, flags, dispatch mode, and what scripts/audit found in the machine
 * code of the handlers. */
void wf_buildinfo_print(void);

#endif
