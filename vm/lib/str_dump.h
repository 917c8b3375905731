/* str_dump.h: string.dump. */
#ifndef WEFT_STR_DUMP_H
#define WEFT_STR_DUMP_H

#include "vm/exec/native.h"

int wf_str_dump_native(Thread *L);

#endif
