/* chunkname.h: how a chunk's name is shown in messages (manual, luaL_loadbuffer
 * and lua_Debug.short_src). */
#ifndef WEFT_CHUNKNAME_H
#define WEFT_CHUNKNAME_H

#include "vm/base/base.h"

enum { CHUNKNAME_MAX = 60 };
/* "@file" -> file (its end, after "...", when too long), "=name" -> name
 * (cut), anything else -> [string "first line..."]. NUL-terminated. */
void wf_chunkname_display(const char *name, size_t len,
                          char out[CHUNKNAME_MAX]);

#endif
