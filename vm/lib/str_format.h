/* str_format.h: string.format. */
#ifndef WEFT_STR_FORMAT_H
#define WEFT_STR_FORMAT_H

#include "vm/exec/native.h"

int wf_str_format_native(Thread *L);

#endif
