/* alloc.c: mimalloc behind six functions.
 *
 * The first blocks are early.c's. mimalloc is loaded when these do not suffice:
 * to have it in the process takes 430 KB and 90 us, and a page or more for each
 * size of block, as much again. It is loaded by name and asked for its own
 * functions, since the distribution's library would also replace the process's
 * malloc; so readline, stdio and foreign modules keep theirs.
 *
 * mimalloc takes address space in 32 MB pieces. A process whose address space
 * is limited (ulimit -v) to what a few dozen of them fill does without it: the
 * C library's allocator serves small blocks there, and aligned ones are mapped.
 * So it is where mimalloc cannot be loaded.
 *
 * Under AddressSanitizer the C library's allocator takes its place: the
 * sanitizer watches that one alone. */
#include "vm/base/alloc.h"

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

#ifdef WEFT_CHECKS
AllocFaults wf_alloc_faults;

bool wf_alloc_refuse(void) {
  AllocFaults *f = &wf_alloc_faults;
  if (f->countdown > 0 && --f->countdown == 0) {
    f->refused = true;
    f->countdown = f->again;
    return true;
  }
  return f->refused && f->for_good;
}
#endif

#include <sys/mman.h>

enum { PAGE = 4096 };

static size_t page_round(size_t size) {
  return (size + PAGE - 1) & ~(size_t)(PAGE - 1);
}

static void *map_fresh(void *at, size_t size, int flags) {
  void *p = mmap(at, size, PROT_READ | PROT_WRITE,
                 MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
  return p == MAP_FAILED ? NULL : p;
}

/* `size` bytes and no more for a moment: where the system would put them, or
 * far below, each time at another place. */
static void *map_exactly(size_t size, size_t align) {
  static size_t below = (size_t)1 << 40;
  char *p = map_fresh(NULL, size, 0);
  if (!p || ((uintptr_t)p & (align - 1)) == 0)
    return p;
  munmap(p, size);
  size_t step = (size + align - 1) & ~(align - 1);
  size_t at = (size_t)(uintptr_t)p & ~(align - 1);
  at -= __atomic_add_fetch(&below, step, __ATOMIC_RELAXED);
  p = map_fresh((void *)at, size, MAP_FIXED_NOREPLACE);
  if (p && (uintptr_t)p != at) { /* an old kernel */
    munmap(p, size);
    p = NULL;
  }
  return p;
}

void *wf_alloc_map(size_t size, size_t align) {
  size_t span;
  if (size > SIZE_MAX / 2 || __builtin_add_overflow(size, align, &span) ||
      span > SIZE_MAX / 2)
    return NULL;
  size = page_round(size);
  span = page_round(span);
  char *p = map_fresh(NULL, span, 0);
  if (UNLIKELY(!p))
    return map_exactly(size, align);
  size_t head = (size_t)(-(uintptr_t)p & (align - 1));
  if (head > 0)
    munmap(p, head);
  if (span - head > size)
    munmap(p + head + size, span - head - size);
  return p + head;
}

#if SANITIZED

#include <stdlib.h>
#include <string.h>

bool wf_alloc_keep_reserve(void) { return true; }

void *wf_alloc_get(size_t size) {
  return alloc_refuse() ? NULL : malloc(size ? size : 1);
}

void *wf_alloc_zeroed(size_t n, size_t size) {
  size_t bytes;
  if (!alloc_mul(n, size, &bytes) || alloc_refuse())
    return NULL;
  return calloc(1, bytes ? bytes : 1);
}

void *wf_alloc_resize(void *p, size_t size) {
  return alloc_refuse() ? NULL : realloc(p, size ? size : 1);
}

void wf_alloc_free(void *p) { free(p); }

/* calloc's large blocks are fresh pages: clearing those of an aligned one would
 * be most of what a short program costs. Behind the block stands what calloc
 * gave. */
void *wf_alloc_aligned(size_t size, size_t align) {
  char *whole;
  size_t bytes;
  if (__builtin_add_overflow(size, align + sizeof whole, &bytes) ||
      alloc_refuse())
    return NULL;
  whole = calloc(1, bytes);
  if (!whole)
    return NULL;
  char *p = whole + ((0 - (uintptr_t)whole) & (align - 1));
  memcpy(p + size, &whole, sizeof whole);
  return p;
}

void wf_alloc_free_aligned(void *p, size_t size, size_t align) {
  (void)align;
  if (!p)
    return;
  void *whole;
  memcpy(&whole, (char *)p + size, sizeof whole);
  free(whole);
}

#else

#include "vm/base/early.h"
#include <dlfcn.h>
#include <mimalloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* The address space is limited; decided once, before the first block. */
static bool limited;
#define LIMITED_BELOW ((rlim_t)1 << 30)

/* Address space kept there for small blocks: the heap takes all the rest. */
enum { RESERVE = 2 << 20, RESERVE_BLOCK = RESERVE / 8 };
static void *reserve;

bool wf_alloc_keep_reserve(void) {
  if (limited && !reserve)
    reserve = map_fresh(NULL, RESERVE, MAP_NORESERVE);
  return !limited || reserve;
}

/* A block of `size` bytes was refused: true when it may be had now. */
static bool use_reserve(size_t size) {
  if (!reserve || size > RESERVE_BLOCK)
    return false;
  munmap(reserve, RESERVE);
  reserve = NULL;
  return true;
}

__attribute__((constructor)) static void look_at_limits(void) {
  struct rlimit limit;
  limited = getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur < LIMITED_BELOW;
}

/* Where blocks come from that are not early ones: set by the first of them. */
static struct {
  __typeof__(&mi_malloc) get; /* NULL: all blocks so far are early ones */
  __typeof__(&mi_calloc) zeroed;
  __typeof__(&mi_realloc) resize;
  __typeof__(&mi_free) free;
  __typeof__(&mi_malloc_aligned) aligned; /* NULL: there is none */
} from;

/* A refused allocation is an answer, not a reason to write to stderr; the
 * environment (MIMALLOC_SHOW_ERRORS) still wins over these defaults. Nothing
 * is reserved ahead, so a tight address-space limit can be met. */
static void set_options(__typeof__(&mi_option_set_default) set) {
  set(mi_option_show_errors, 0);
  set(mi_option_show_stats, 0);
  set(mi_option_verbose, 0);
  set(mi_option_reserve_huge_os_pages, 0);
  set(mi_option_reserve_os_memory, 0);
}

static bool load_mimalloc(void) {
  if (limited)
    return false;
  void *library = dlopen(WEFT_MIMALLOC, RTLD_NOW | RTLD_LOCAL);
  if (!library) /* not where the system looks for libraries */
    library = dlopen(WEFT_MIMALLOC_FILE, RTLD_NOW | RTLD_LOCAL);
  if (!library)
    return false;
#define FIND(name) ((__typeof__(&name))(uintptr_t)dlsym(library, #name))
  __typeof__(&mi_option_set_default) set = FIND(mi_option_set_default);
  from.zeroed = FIND(mi_calloc);
  from.resize = FIND(mi_realloc);
  from.free = FIND(mi_free);
  from.aligned = FIND(mi_malloc_aligned);
  from.get = FIND(mi_malloc);
#undef FIND
  if (!set || !from.zeroed || !from.resize || !from.free || !from.aligned ||
      !from.get)
    return false;
  set_options(set);
  return true;
}

static COLDFN void begin(void) {
  if (load_mimalloc())
    return;
  limited = true;
  from.aligned = NULL;
  from.zeroed = calloc;
  from.resize = realloc;
  from.free = free;
  from.get = malloc;
}

/* mimalloc aligns blocks below 16 bytes to 8 only. */
static size_t at_least_16(size_t size) { return size < 16 ? 16 : size; }

static NOINLINE void *first_get(size_t size) {
  void *p = wf_early_get(size);
  if (p)
    return p;
  begin();
  return from.get(size);
}

static NOINLINE void *first_zeroed(size_t size) {
  void *p = wf_early_zeroed(size);
  if (p)
    return p;
  begin();
  return from.zeroed(1, size);
}

/* An early block, or none. */
static NOINLINE void *first_resize(void *p, size_t size) {
  if (p && wf_early_resize(p, size))
    return p;
  void *q = from.get ? from.get(size) : first_get(size);
  if (p && q) {
    memcpy(q, p, wf_early_size(p));
    wf_early_free(p);
  }
  return q;
}

void *wf_alloc_get(size_t size) {
  size = at_least_16(size);
  if (alloc_refuse())
    return NULL;
  void *p = LIKELY(from.get != NULL) ? from.get(size) : first_get(size);
  if (LIKELY(p != NULL) || !use_reserve(size))
    return p;
  return from.get(size);
}

void *wf_alloc_zeroed(size_t n, size_t size) {
  size_t bytes;
  if (!alloc_mul(n, size, &bytes) || alloc_refuse())
    return NULL;
  bytes = at_least_16(bytes);
  void *p =
      LIKELY(from.get != NULL) ? from.zeroed(1, bytes) : first_zeroed(bytes);
  if (LIKELY(p != NULL) || !use_reserve(bytes))
    return p;
  return from.zeroed(1, bytes);
}

static void *resize(void *p, size_t size) {
  return UNLIKELY(!from.get || early_has(p)) ? first_resize(p, size)
                                             : from.resize(p, size);
}

void *wf_alloc_resize(void *p, size_t size) {
  size = at_least_16(size);
  if (alloc_refuse())
    return NULL;
  void *q = resize(p, size);
  return LIKELY(q != NULL) || !use_reserve(size) ? q : resize(p, size);
}

void wf_alloc_free(void *p) {
  if (early_has(p))
    wf_early_free(p);
  else if (p)
    from.free(p);
}

/* Pages are mapped: they read as zero and stay untouched until used. mimalloc
 * would take twice the space and its zeroing form writes to all of it. */
void *wf_alloc_aligned(size_t size, size_t align) {
  if (alloc_refuse())
    return NULL;
  if (align >= PAGE)
    return wf_alloc_map(size, align);
  if (!from.get)
    begin();
  void *p = from.aligned ? from.aligned(size, align) : NULL;
  return p ? memset(p, 0, size) : NULL;
}

void wf_alloc_free_aligned(void *p, size_t size, size_t align) {
  if (p && align < PAGE)
    from.free(p);
  else if (p)
    munmap(p, page_round(size));
}

#endif
