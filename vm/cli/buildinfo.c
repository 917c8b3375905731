/* buildinfo.c: --build-info.
 *
 * Direct and token dispatch live on every handler having an indirect jump of
 * its own, and compilers like to merge them; so the jumps are counted in the
 * program file itself, in the code that the symbol table puts into interp.c.
 * Instructions are not decoded; the bytes FF with /4 in ModRM are taken for a
 * jump, so the count is approximate. */
#include "vm/cli/buildinfo.h"
#include "build_info.h"
#include "vm/base/alloc.h"
#include "vm/load/linked.h"
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define VERSION_TEXT "weft 0.1 (Lua 5.4)"

typedef struct Image {
  const unsigned char *bytes;
  size_t size;
} Image;

/* The bytes [offset, offset + size) of the file; NULL when it has less. */
static const void *image_part(const Image *im, uint64_t offset, uint64_t size) {
  if (offset > im->size || size > im->size - offset)
    return NULL;
  return im->bytes + offset;
}

static bool open_image(Image *im) {
  struct stat st;
  int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return false;
  void *p = MAP_FAILED;
  if (fstat(fd, &st) == 0)
    p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
  close(fd);
  if (p == MAP_FAILED)
    return false;
  *im = (Image){p, (size_t)st.st_size};
  return true;
}

/* Whether an indirect jump may start at p, `left` bytes being there. */
static bool is_jump(const unsigned char *p, size_t left) {
  enum { GROUP = 0xFF, JUMP = 4, RIP_RELATIVE = 0x25 };
  return left >= 2 && p[0] == GROUP && (p[1] >> 3 & 7) == JUMP &&
         p[1] != RIP_RELATIVE; /* leaves the interpreter */
}

/* Marks the bytes of a function in `marks`, which are one for each byte of the
 * file. */
static void mark_code(const Image *im, const Elf64_Shdr *sections,
                      size_t nsections, const Elf64_Sym *s, char *marks) {
  if (s->st_shndx == SHN_UNDEF || s->st_shndx >= nsections)
    return;
  const Elf64_Shdr *text = &sections[s->st_shndx];
  uint64_t offset = s->st_value - text->sh_addr + text->sh_offset;
  if (text->sh_flags & SHF_EXECINSTR && image_part(im, offset, s->st_size))
    memset(marks + offset, 1, s->st_size);
}

/* Marks what a symbol table says is interp.c's: the local symbols between that
 * file's symbol and the next file's. */
static void mark_interpreter(const Image *im, const Elf64_Shdr *sections,
                             size_t nsections, const Elf64_Shdr *table,
                             char *marks) {
  const Elf64_Shdr *names = &sections[table->sh_link];
  const Elf64_Sym *s = image_part(im, table->sh_offset, table->sh_size);
  const char *text = image_part(im, names->sh_offset, names->sh_size);
  if (!s || !text)
    return;
  const Elf64_Sym *end = s + table->sh_size / sizeof *s;
  bool inside = false;
  for (; s < end && ELF64_ST_BIND(s->st_info) == STB_LOCAL; s++) {
    if (ELF64_ST_TYPE(s->st_info) == STT_FILE)
      inside = s->st_name < names->sh_size &&
               strcmp(text + s->st_name, "interp.c") == 0;
    else if (inside)
      mark_code(im, sections, nsections, s, marks);
  }
}

static size_t count_jumps(const Image *im, char *marks) {
  const Elf64_Ehdr *head = image_part(im, 0, sizeof *head);
  if (!head || memcmp(head->e_ident, ELFMAG, SELFMAG) != 0)
    return 0;
  size_t nsections = head->e_shnum;
  const Elf64_Shdr *sections =
      image_part(im, head->e_shoff, nsections * sizeof *sections);
  for (size_t i = 0; sections && i < nsections; i++)
    if (sections[i].sh_type == SHT_SYMTAB && sections[i].sh_link < nsections)
      mark_interpreter(im, sections, nsections, &sections[i], marks);
  size_t total = 0;
  for (size_t i = 0; i < im->size; i++)
    total += marks[i] && is_jump(im->bytes + i, im->size - i);
  return total;
}

static void print_jumps(void) {
  Image im;
  size_t jumps = 0;
  if (open_image(&im)) {
    char *marks = wf_alloc_zeroed(im.size, 1);
    if (marks)
      jumps = count_jumps(&im, marks);
    wf_alloc_free(marks);
    munmap((void *)(uintptr_t)im.bytes, im.size);
  }
  if (jumps > 0)
    printf("indirect jumps: about %zu in the interpreter\n", jumps);
  else
    printf("indirect jumps: unknown (no symbols)\n");
}

void wf_buildinfo_print_version(void) {
  puts(VERSION_TEXT);
  fflush(stdout);
}

static const char *or_none(const char *text) { return *text ? text : "none"; }

void wf_buildinfo_print(void) {
  printf("commit: %s\n", WEFT_BUILD_COMMIT);
  printf("compiler: %s\n", WEFT_BUILD_COMPILER);
  printf("build type: %s\n", WEFT_BUILD_TYPE);
  printf("flags: %s\n", WEFT_BUILD_FLAGS);
  printf("interpreter flags: %s\n", or_none(WEFT_BUILD_INTERP_FLAGS));
  printf("dispatch: %s\n", WEFT_BUILD_DISPATCH);
  printf("axes: %s\n", WEFT_BUILD_AXES);
  printf("layout: %s\n", WEFT_BUILD_LAYOUT);
  printf("handlers: %d\n", (int)LINKED_COUNT);
  print_jumps();
  fflush(stdout);
}
