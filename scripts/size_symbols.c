/* size_symbols.c: gives the handlers' symbols their sizes.
 *
 * usage: size_symbols PROGRAM       (run by the build on the linked program)
 *
 * In switch, token and direct dispatch all handlers are in one function, run,
 * and have symbols by W_SYMBOL of vm/exec/dispatch.h, which cannot know where
 * a handler ends: the compiler orders the code as it likes. Here the order is
 * settled. Each symbol op_NAME, cold_NAME or w_NAME without a size is made to
 * end where the next one begins, or with run; run itself to end where the first
 * one begins, so that every address belongs to one symbol. Only sizes in the
 * symbol table change, no code. */
#include <elf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SYMBOLS_MAX = 8192 };

typedef struct Image {
  char *bytes;
  size_t size;
} Image;

static bool read_file(const char *path, Image *im) {
  FILE *f = fopen(path, "rb");
  if (!f)
    return false;
  fseek(f, 0, SEEK_END);
  long size = ftell(f);
  rewind(f);
  *im = (Image){malloc(size > 0 ? (size_t)size : 1), (size_t)size};
  bool good =
      size > 0 && im->bytes && fread(im->bytes, 1, im->size, f) == im->size;
  fclose(f);
  return good;
}

/* Only the changed bytes: the file stays the same one, executable. */
static bool write_part(const char *path, const Image *im, size_t offset,
                       size_t size) {
  FILE *f = fopen(path, "rb+");
  if (!f)
    return false;
  bool good = fseek(f, (long)offset, SEEK_SET) == 0 &&
              fwrite(im->bytes + offset, 1, size, f) == size;
  return fclose(f) == 0 && good;
}

static bool is_handler(const char *name) {
  return strncmp(name, "op_", 3) == 0 || strncmp(name, "cold_", 5) == 0 ||
         strncmp(name, "w_", 2) == 0; /* what handlers share */
}

static int by_address(const void *x, const void *y) {
  const Elf64_Sym *a = *(Elf64_Sym *const *)x, *b = *(Elf64_Sym *const *)y;
  return (a->st_value > b->st_value) - (a->st_value < b->st_value);
}

/* Ends each of the n handlers inside [start, end) at the next one's start, and
 * the function itself at the first. */
static void divide(Elf64_Sym *function, Elf64_Sym **handlers, size_t n) {
  uint64_t start = function->st_value, end = start + function->st_size;
  uint64_t last = end, last_size = 0;
  for (size_t i = n; i-- > 0;) {
    Elf64_Sym *s = handlers[i];
    if (s->st_value < start || s->st_value >= end)
      continue;
    if (s->st_value != last) /* two at one address: a handler without a body */
      last_size = last - s->st_value;
    s->st_size = last_size;
    last = s->st_value;
  }
  function->st_size = last - start;
}

/* `run` of interp.c, whole or the part that the compiler took out of it. */
static bool is_loop(const char *name, const char *file) {
  return strcmp(file, "interp.c") == 0 &&
         (strcmp(name, "run") == 0 || strcmp(name, "run.cold") == 0);
}

static void size_table(Elf64_Sym *symbols, size_t n, const char *names) {
  static Elf64_Sym *handlers[SYMBOLS_MAX], *loops[2];
  size_t nhandlers = 0, nloops = 0;
  const char *file = "";
  for (size_t i = 0; i < n; i++) {
    Elf64_Sym *s = &symbols[i];
    const char *name = names + s->st_name;
    int type = ELF64_ST_TYPE(s->st_info);
    if (type == STT_FILE)
      file = name;
    else if (type == STT_FUNC && s->st_size == 0 && is_handler(name) &&
             nhandlers < SYMBOLS_MAX)
      handlers[nhandlers++] = s;
    else if (type == STT_FUNC && is_loop(name, file) && nloops < 2)
      loops[nloops++] = s;
  }
  qsort(handlers, nhandlers, sizeof handlers[0], by_address);
  for (size_t i = 0; i < nloops; i++)
    divide(loops[i], handlers, nhandlers);
}

int main(int argc, char **argv) {
  Image im;
  if (argc != 2) {
    fprintf(stderr, "usage: size_symbols PROGRAM\n");
    return 2;
  }
  if (!read_file(argv[1], &im) || im.size < sizeof(Elf64_Ehdr) ||
      memcmp(im.bytes, ELFMAG, SELFMAG) != 0) {
    fprintf(stderr, "size_symbols: %s: no ELF file\n", argv[1]);
    return 1;
  }
  Elf64_Ehdr head;
  memcpy(&head, im.bytes, sizeof head);
  Elf64_Shdr *sections = (Elf64_Shdr *)(void *)(im.bytes + head.e_shoff);
  bool good = true;
  for (int i = 0; i < head.e_shnum; i++) {
    Elf64_Shdr *t = &sections[i];
    if (t->sh_type != SHT_SYMTAB)
      continue;
    size_table((Elf64_Sym *)(void *)(im.bytes + t->sh_offset),
               t->sh_size / sizeof(Elf64_Sym),
               im.bytes + sections[t->sh_link].sh_offset);
    good &= write_part(argv[1], &im, t->sh_offset, t->sh_size);
  }
  if (!good)
    fprintf(stderr, "size_symbols: cannot write %s\n", argv[1]);
  free(im.bytes);
  return good ? 0 : 1;
}
