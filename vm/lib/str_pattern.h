/* str_pattern.h: find, match, gmatch and gsub.
 *
 * The natives find the compiled patterns of this VM in upvalue 0: a userdata
 * that they share. */
#ifndef WEFT_STR_PATTERN_H
#define WEFT_STR_PATTERN_H

#include "vm/exec/native.h"

/* That userdata, pushed. */
void wf_str_pattern_push_cache(Thread *L);
int wf_str_pattern_find(Thread *L);
int wf_str_pattern_match(Thread *L);
int wf_str_pattern_gmatch(Thread *L);
int wf_str_pattern_gsub(Thread *L);
/* The character classes of the locale may have changed: what was derived from
 * them is void. The generation changes with it. */
void wf_str_pattern_locale_changed(void);
uint32_t wf_str_pattern_locale_generation(void);

#endif
