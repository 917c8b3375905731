/* hash.c: XXH3, 64 bits, keyed by a whole secret.
 *
 * A seed alone does not protect: XXH3's seeded form derives its secret from a
 * fixed one and colliding inputs for every seed are known. A random secret
 * leaves nothing to precompute. xxHash is compiled in (XXH_INLINE_ALL), so
 * that short keys take its inlined paths. */
#include "vm/base/hash.h"
#include <errno.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

_Static_assert(HASH_SECRET_SIZE >= XXH3_SECRET_SIZE_MIN,
               "XXH3 wants a longer secret");

/* Source: Steele, Lea, Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014 (the splitmix64 finalizer). */
static uint64_t splitmix(uint64_t *state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/* Fills p from the system's random source; false when it gives nothing. */
static bool system_random(void *p, size_t len) {
  char *at = p;
  while (len > 0) {
    ssize_t n = getrandom(at, len, GRND_NONBLOCK);
    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return false;
    at += n;
    len -= (size_t)n;
  }
  return true;
}

/* What differs between two runs when there is no random source yet. */
static uint64_t weak_entropy(const void *address) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  uint64_t state = (uint64_t)now.tv_nsec ^ ((uint64_t)now.tv_sec << 30) ^
                   ((uint64_t)getpid() << 48);
  return splitmix(&state) ^ (uint64_t)(uintptr_t)address;
}

void wf_hash_secret_init(HashSecret *s, uint64_t seed, bool random) {
  uint64_t words[HASH_SECRET_SIZE / 8] = {0};
  if (random && !system_random(words, sizeof words))
    seed ^= weak_entropy(s);
  for (size_t i = 0; i < ARRAY_LEN(words); i++)
    words[i] ^= splitmix(&seed);
  memcpy(s->bytes, words, sizeof words);
}

uint64_t wf_hash_bytes(const HashSecret *s, const void *p, size_t len) {
  return XXH3_64bits_withSecret(p, len, s->bytes, sizeof s->bytes);
}
