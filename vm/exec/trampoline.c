/* trampoline.c: generated code for --perf, and the file that names it.
 *
 * Every trampoline is the same: make a frame with a frame pointer, call the
 * target, go back. Only the addresses differ, so a block of them is written at
 * once and made executable before any is used: no page is ever writable and
 * executable. The map file, /tmp/perf-PID.map, is where perf looks for names
 * of code that is in no file: "ADDRESS SIZE NAME", numbers in hexadecimal. */
#include "vm/exec/trampoline.h"
#include "vm/base/alloc.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { BLOCK = 64 * 1024, NAMES_MIN = 256 };

typedef struct Name {
  char *text;
  void *code;
} Name;

static Trampoline target;
static FILE *map;
static char *next_code, *code_end;
static Name *names; /* open addressing; a power of two of them */
static size_t name_slots, name_count;
static char problem[256];

/* ---- code ---------------------------------------------------------------- */

#if defined(__x86_64__)
/* push rbp; mov rbp, rsp; mov rax, TARGET; call rax; pop rbp; ret */
static const uint8_t template[] = {0x55, 0x48, 0x89, 0xE5, 0x48, 0xB8, 0, 0, 0,
                                   0,    0,    0,    0,    0,    0xFF, 0xD0,
                                   0x5D, 0xC3};
enum { TARGET_AT = 6, SIZE = 32 };
#elif defined(__aarch64__)
/* stp x29, x30, [sp, #-16]!; mov x29, sp; ldr x16, TARGET; blr x16;
 * ldp x29, x30, [sp], #16; ret; TARGET: .quad */
static const uint32_t template[] = {0xA9BF7BFD, 0x910003FD, 0x58000090,
                                    0xD63F0200, 0xA8C17BFD, 0xD65F03C0,
                                    0,          0};
enum { TARGET_AT = 24, SIZE = 32 };
#else
static const uint8_t template[1];
enum { TARGET_AT = 0, SIZE = 32 };
#endif

static bool knows_machine(void) { return sizeof template > 1; }

static bool make_block(void) {
  char *block = mmap(NULL, BLOCK, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block == MAP_FAILED)
    return false;
  for (char *at = block; at < block + BLOCK; at += SIZE) {
    memcpy(at, template, sizeof template);
    memcpy(at + TARGET_AT, &target, sizeof target);
  }
  if (mprotect(block, BLOCK, PROT_READ | PROT_EXEC) != 0) {
    int why = errno;
    munmap(block, BLOCK);
    errno = why;
    return false;
  }
  __builtin___clear_cache(block, block + BLOCK);
  next_code = block;
  code_end = block + BLOCK;
  return true;
}

/* ---- names --------------------------------------------------------------- */

static Name *find_name(Name *in, size_t slots, const char *text) {
  uint64_t hash = 0xCBF29CE484222325u;
  for (const char *c = text; *c; c++)
    hash = (hash ^ (uint8_t)*c) * 0x100000001B3u;
  size_t i = hash & (slots - 1);
  while (in[i].text && strcmp(in[i].text, text) != 0)
    i = (i + 1) & (slots - 1);
  return &in[i];
}

static bool grow_names(void) {
  size_t slots = name_slots ? 2 * name_slots : NAMES_MIN;
  Name *more = wf_alloc_zeroed(slots, sizeof *more);
  if (!more)
    return false;
  for (size_t i = 0; i < name_slots; i++)
    if (names[i].text)
      *find_name(more, slots, names[i].text) = names[i];
  wf_alloc_free(names);
  names = more;
  name_slots = slots;
  return true;
}

void *wf_trampoline_get(const char *name) {
  if (2 * name_count >= name_slots && !grow_names())
    return NULL;
  Name *n = find_name(names, name_slots, name);
  if (n->text)
    return n->code;
  if (next_code == code_end && !make_block())
    return NULL;
  size_t len = strlen(name);
  char *text = wf_alloc_get(len + 1);
  if (!text)
    return NULL;
  memcpy(text, name, len + 1);
  *n = (Name){text, next_code};
  name_count++;
  next_code += SIZE;
  fprintf(map, "%lx %x %s\n", (unsigned long)(uintptr_t)n->code, SIZE, name);
  return n->code;
}

/* ---- starting ------------------------------------------------------------ */

static const char *fail(const char *what, const char *which) {
  int why = errno;
  snprintf(problem, sizeof problem, "%s%s: %s", what, which, strerror(why));
  return problem;
}

const char *wf_trampoline_start(Trampoline to) {
  if (!knows_machine())
    return "there is no code for this machine (x86-64 and aarch64 only)";
  target = to;
  if (!make_block())
    return fail("cannot make executable memory", "");
  char path[64];
  snprintf(path, sizeof path, "/tmp/perf-%ld.map", (long)getpid());
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
                  0644);
  map = file >= 0 ? fdopen(file, "w") : NULL;
  if (!map)
    return fail("cannot write ", path);
  setvbuf(map, NULL, _IOLBF, 0); /* complete whenever the program ends */
  return NULL;
}
