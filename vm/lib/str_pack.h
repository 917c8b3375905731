/* str_pack.h: string.pack, unpack, packsize. */
#ifndef WEFT_STR_PACK_H
#define WEFT_STR_PACK_H

#include "vm/exec/native.h"

int wf_str_pack_pack(Thread *L);
int wf_str_pack_unpack(Thread *L);
int wf_str_pack_size(Thread *L);

#endif
