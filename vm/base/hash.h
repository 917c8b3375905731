/* hash.h: XXH3 with a secret per VM; hash.c alone names xxHash. */
#ifndef WEFT_HASH_H
#define WEFT_HASH_H

#include "vm/base/base.h"

enum { HASH_SECRET_SIZE = 192 };
typedef struct HashSecret {
  uint8_t bytes[HASH_SECRET_SIZE];
} HashSecret;

/* Fills the secret from `seed` (deterministic), or from the system's random
 * source when `random` is true (the seed is then mixed in). */
void wf_hash_secret_init(HashSecret *s, uint64_t seed, bool random);
uint64_t wf_hash_bytes(const HashSecret *s, const void *p, size_t len);

#endif
