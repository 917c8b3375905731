/* texts.c: reads and compiles the sources of bench/programs/apps. */
#include "bench/native/texts.h"
#include "vm/bytecode/opcode.h"
#include "vm/bytecode/walk.h"
#include "vm/exec/loadchunk.h"
#include <dirent.h>
#include <stdio.h>
#include <string.h>

enum { PADDING = 16 };
static const char folder[] = WEFT_SOURCE_DIR "/bench/programs/apps";
const CompileOptions texts_options = {"=text", 5, 0, NULL};

static Texts texts;

static int64_t count_instructions(const Module *m) {
  int64_t n = 0;
  FunctionWalk walk;
  walk_start(&walk, m->main);
  for (const ModFunction *f; (f = walk_next(&walk));) {
    Instruction in;
    for (uint32_t pc = 0; wf_opcode_decode(f->code, f->code_size, pc, &in); n++)
      pc += in.length;
  }
  return n;
}

static bool add_text(const char *name, Buffer *message) {
  char path[512];
  size_t start = 0;
  Buffer *text = &texts.source[texts.n];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  wf_buffer_init(text);
  if (wf_loadchunk_read(text, path, &start) ||
      wf_compile(text->data, text->len, &texts_options, &texts.module[texts.n],
                 message) != COMPILE_OK) {
    wf_buffer_format(message, "cannot compile %s", path);
    return false;
  }
  texts.bytes += (int64_t)text->len;
  texts.instructions += count_instructions(&texts.module[texts.n]);
  for (int i = 0; i < PADDING; i++)
    wf_buffer_byte(text, 0);
  text->len -= PADDING;
  texts.n++;
  return true;
}

const Texts *texts_get(GbState *s) {
  if (texts.n > 0)
    return &texts;
  Buffer message;
  wf_buffer_init(&message);
  DIR *dir = opendir(folder);
  if (!dir)
    wf_buffer_format(&message, "no folder %s", folder);
  for (struct dirent *e; dir && texts.n < TEXTS_MAX && (e = readdir(dir));)
    if (strstr(e->d_name, ".lua") && !add_text(e->d_name, &message))
      break;
  if (dir)
    closedir(dir);
  bool good = message.len == 0 && texts.n > 0;
  if (!good)
    gb_fail(s, wf_buffer_cstr(&message));
  wf_buffer_free(&message);
  return good ? &texts : NULL;
}
