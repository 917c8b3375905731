/* assemble.h: text to Module, for tests that need modules no compiler makes.
 *
 * One directive a line, `;` starts a comment:
 *
 *   expect RULE                   what the verifier must say; OK for nothing
 *   function [KEY=NUMBER...]      a function, nested in the one that is open;
 *                                 keys: params stack flags env line last size
 *                                 (flags: 1 vararg, 2 closes; size: code size
 *                                 claimed instead of the true one)
 *   int N | float X | nan BITS | string TEXT | kind N     the next constant
 *   local N | outer N             the next upvalue
 *   lines BYTE...                 the line table, raw
 *   var NAME SLOT START END       a variable, NAME - for none
 *   OPCODE OPERAND...             jumps take +N, -N or a label
 *   byte N...                     raw code
 *   LABEL:
 *   end                           closes the function
 *   deep N                        N functions nested in the open one
 *
 * All of it is test code: a mistake in the text ends the program. */
#ifndef WEFT_ASSEMBLE_H
#define WEFT_ASSEMBLE_H

#include "vm/bytecode/module.h"
#include "vm/bytecode/opcode.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ASM_WORDS = 64, ASM_DEPTH = 8, ASM_LABELS = 64, ASM_ITEMS = 256 };

typedef struct AsmLabel {
  char name[32];
  int64_t pc;               /* -1 until defined */
  uint32_t uses[ASM_ITEMS]; /* offset of the operand */
  uint32_t froms[ASM_ITEMS];
  uint32_t nuses;
} AsmLabel;

typedef struct AsmFunction {
  ModFunction *f;
  Buffer code, lines;
  bool has_lines;
  int64_t size; /* -1: the true one */
  ModConst consts[ASM_ITEMS];
  ModUpval upvals[ASM_ITEMS];
  ModVar vars[ASM_ITEMS];
  ModFunction *children[ASM_ITEMS];
  AsmLabel labels[ASM_LABELS];
  uint32_t nlabels;
} AsmFunction;

typedef struct Assembler {
  Module *m;
  const char *name;
  int line;
  AsmFunction *open[ASM_DEPTH];
  int depth;
  char *words[ASM_WORDS];
  int nwords;
  char expect[32];
} Assembler;

static void asm_fail(const Assembler *a, const char *what) {
  fprintf(stderr, "%s:%d: %s\n", a->name, a->line, what);
  exit(1);
}

static void *asm_copy(Assembler *a, const void *p, size_t size) {
  void *copy = wf_arena_alloc(&a->m->arena, size + 1);
  memcpy(copy, p, size);
  return copy;
}

static int64_t asm_number(const Assembler *a, int word) {
  if (word >= a->nwords)
    asm_fail(a, "a number is missing");
  return (int64_t)strtoull(a->words[word], NULL, 0);
}

static ModString asm_string(Assembler *a, const char *s) {
  size_t len = strlen(s);
  return (ModString){wf_arena_copy(&a->m->arena, s, len), (uint32_t)len};
}

static ModFunction *asm_new_function(Assembler *a) {
  ModFunction *f = wf_arena_alloc(&a->m->arena, sizeof *f);
  memset(f, 0, sizeof *f);
  f->env_upval = MOD_NO_ENV;
  return f;
}

static void asm_add_child(AsmFunction *parent, ModFunction *child) {
  parent->children[parent->f->nchildren++] = child;
}

static void asm_open(Assembler *a) {
  AsmFunction *fn = calloc(1, sizeof *fn);
  ModFunction *f = fn->f = asm_new_function(a);
  fn->size = -1;
  wf_buffer_init(&fn->code);
  wf_buffer_init(&fn->lines);
  for (int i = 1; i < a->nwords; i++) {
    char *value = strchr(a->words[i], '=');
    if (!value)
      asm_fail(a, "KEY=NUMBER expected");
    *value++ = 0;
    uint32_t n = (uint32_t)strtoul(value, NULL, 0);
    const char *key = a->words[i];
    if (strcmp(key, "params") == 0)
      f->nparams = (uint16_t)n;
    else if (strcmp(key, "stack") == 0)
      f->max_stack = (uint16_t)n;
    else if (strcmp(key, "flags") == 0)
      f->flags = (uint8_t)n;
    else if (strcmp(key, "env") == 0)
      f->env_upval = (uint16_t)n;
    else if (strcmp(key, "line") == 0)
      f->line_defined = n;
    else if (strcmp(key, "last") == 0)
      f->last_line = n;
    else if (strcmp(key, "size") == 0)
      fn->size = n;
    else
      asm_fail(a, "unknown key");
  }
  if (a->depth)
    asm_add_child(a->open[a->depth - 1], f);
  else
    a->m->main = f;
  a->open[a->depth++] = fn;
}

/* Jump operands are written as three bytes whatever their size. */
static void asm_patch(AsmFunction *fn, uint32_t at, int64_t displacement) {
  uint64_t z = (uint64_t)displacement << 1 ^ (displacement < 0 ? -1ull : 0);
  fn->code.data[at] = (char)((z & 0x7F) | 0x80);
  fn->code.data[at + 1] = (char)((z >> 7 & 0x7F) | 0x80);
  fn->code.data[at + 2] = (char)(z >> 14 & 0x7F);
}

static AsmLabel *asm_label(Assembler *a, const char *name) {
  AsmFunction *fn = a->open[a->depth - 1];
  for (uint32_t i = 0; i < fn->nlabels; i++)
    if (strcmp(fn->labels[i].name, name) == 0)
      return &fn->labels[i];
  AsmLabel *l = &fn->labels[fn->nlabels++];
  snprintf(l->name, sizeof l->name, "%s", name);
  l->pc = -1;
  return l;
}

static void asm_jump(Assembler *a, uint32_t from, int word) {
  AsmFunction *fn = a->open[a->depth - 1];
  uint32_t at = (uint32_t)fn->code.len;
  wf_buffer_bytes(&fn->code, "\0\0\0", 3);
  if (word >= a->nwords)
    asm_fail(a, "a target is missing");
  const char *to = a->words[word];
  if (*to == '+' || *to == '-') {
    asm_patch(fn, at, strtoll(to, NULL, 0));
    return;
  }
  AsmLabel *l = asm_label(a, to);
  l->uses[l->nuses] = at;
  l->froms[l->nuses++] = from;
}

static void asm_instruction(Assembler *a) {
  Buffer *code = &a->open[a->depth - 1]->code;
  uint32_t from = (uint32_t)code->len;
  int op = 0;
  while (op < OPCODE_COUNT && strcmp(wf_opcode_info[op].name, a->words[0]) != 0)
    op++;
  if (op == OPCODE_COUNT)
    asm_fail(a, "unknown directive");
  wf_buffer_byte(code, op);
  switch (wf_opcode_info[op].operands) {
  case OPERANDS_NONE:
    break;
  case OPERANDS_I8:
    wf_buffer_byte(code, (int)asm_number(a, 1));
    break;
  case OPERANDS_I16:
    wf_buffer_byte(code, (int)asm_number(a, 1));
    wf_buffer_byte(code, (int)(asm_number(a, 1) >> 8));
    break;
  case OPERANDS_JUMP:
    asm_jump(a, from, 1);
    break;
  case OPERANDS_COUNT_JUMP:
    wf_buffer_varint(code, (uint64_t)asm_number(a, 1));
    asm_jump(a, from, 2);
    break;
  case OPERANDS_COUNT_COUNT:
    wf_buffer_varint(code, (uint64_t)asm_number(a, 1));
    wf_buffer_varint(code, (uint64_t)asm_number(a, 2));
    break;
  default:
    wf_buffer_varint(code, (uint64_t)asm_number(a, 1));
  }
}

static void asm_const(AsmFunction *fn, ModConst k) {
  fn->consts[fn->f->nconsts++] = k;
}

static void asm_upval(Assembler *a, bool from_local) {
  AsmFunction *fn = a->open[a->depth - 1];
  fn->upvals[fn->f->nupvals++] =
      (ModUpval){asm_string(a, a->nwords > 2 ? a->words[2] : "u"), from_local,
                 (uint16_t)asm_number(a, 1)};
}

static void asm_var(Assembler *a) {
  AsmFunction *fn = a->open[a->depth - 1];
  ModVar v = {{NULL, 0},
              (uint16_t)asm_number(a, 2),
              (uint32_t)asm_number(a, 3),
              (uint32_t)asm_number(a, 4)};
  if (strcmp(a->words[1], "-") != 0)
    v.name = asm_string(a, a->words[1]);
  fn->vars[fn->f->nvars++] = v;
}

static void asm_deep(Assembler *a) {
  static const uint8_t code[] = {OP_RETURN_0};
  AsmFunction *fn = a->open[a->depth - 1];
  ModFunction *inner = NULL;
  for (int64_t i = asm_number(a, 1); i > 0; i--) {
    ModFunction *f = asm_new_function(a);
    f->code = asm_copy(a, code, sizeof code);
    f->code_size = sizeof code;
    if (inner) {
      f->children = asm_copy(a, &inner, sizeof(ModFunction *));
      f->nchildren = 1;
    }
    inner = f;
  }
  asm_add_child(fn, inner);
}

static void asm_close(Assembler *a) {
  AsmFunction *fn = a->open[--a->depth];
  ModFunction *f = fn->f;
  for (uint32_t i = 0; i < fn->nlabels; i++) {
    const AsmLabel *l = &fn->labels[i];
    if (l->pc < 0)
      asm_fail(a, "undefined label");
    for (uint32_t k = 0; k < l->nuses; k++)
      asm_patch(fn, l->uses[k], l->pc - l->froms[k]);
  }
  f->code = asm_copy(a, wf_buffer_cstr(&fn->code), fn->code.len);
  f->code_size = (uint32_t)(fn->size < 0 ? (int64_t)fn->code.len : fn->size);
  if (fn->has_lines)
    f->lines = asm_copy(a, wf_buffer_cstr(&fn->lines), fn->lines.len);
  f->lines_size = (uint32_t)fn->lines.len;
  f->consts = asm_copy(a, fn->consts, f->nconsts * sizeof *f->consts);
  f->upvals = asm_copy(a, fn->upvals, f->nupvals * sizeof *f->upvals);
  f->vars = asm_copy(a, fn->vars, f->nvars * sizeof *f->vars);
  f->children = asm_copy(a, fn->children, f->nchildren * sizeof(ModFunction *));
  wf_buffer_free(&fn->code);
  wf_buffer_free(&fn->lines);
  free(fn);
}

static void asm_in_function(Assembler *a) {
  AsmFunction *fn = a->open[a->depth - 1];
  const char *word = a->words[0];
  size_t len = strlen(word);
  ModConst k;
  memset(&k, 0, sizeof k);
  if (word[len - 1] == ':') {
    a->words[0][len - 1] = 0;
    asm_label(a, word)->pc = (int64_t)fn->code.len;
  } else if (strcmp(word, "end") == 0) {
    asm_close(a);
  } else if (strcmp(word, "int") == 0) {
    k.kind = MOD_INT;
    k.as.i = asm_number(a, 1);
    asm_const(fn, k);
  } else if (strcmp(word, "float") == 0) {
    k.kind = MOD_FLOAT;
    k.as.d = strtod(a->words[1], NULL);
    asm_const(fn, k);
  } else if (strcmp(word, "nan") == 0) {
    k.kind = MOD_FLOAT;
    k.as.i = asm_number(a, 1);
    asm_const(fn, k);
  } else if (strcmp(word, "string") == 0) {
    k.kind = MOD_STRING;
    k.as.s = asm_string(a, a->nwords > 1 ? a->words[1] : "");
    asm_const(fn, k);
  } else if (strcmp(word, "kind") == 0) {
    k.kind = (ModConstKind)asm_number(a, 1);
    asm_const(fn, k);
  } else if (strcmp(word, "local") == 0) {
    asm_upval(a, true);
  } else if (strcmp(word, "outer") == 0) {
    asm_upval(a, false);
  } else if (strcmp(word, "lines") == 0) {
    fn->has_lines = true;
    for (int i = 1; i < a->nwords; i++)
      wf_buffer_byte(&fn->lines, (int)asm_number(a, i));
  } else if (strcmp(word, "byte") == 0) {
    for (int i = 1; i < a->nwords; i++)
      wf_buffer_byte(&fn->code, (int)asm_number(a, i));
  } else if (strcmp(word, "var") == 0) {
    asm_var(a);
  } else if (strcmp(word, "deep") == 0) {
    asm_deep(a);
  } else {
    asm_instruction(a);
  }
}

static void asm_line(Assembler *a, char *text) {
  text[strcspn(text, ";")] = 0;
  a->nwords = 0;
  for (char *w = strtok(text, " \t\r"); w; w = strtok(NULL, " \t\r"))
    if (a->nwords < ASM_WORDS)
      a->words[a->nwords++] = w;
  if (a->nwords == 0)
    return;
  if (strcmp(a->words[0], "expect") == 0)
    snprintf(a->expect, sizeof a->expect, "%s", a->words[1]);
  else if (strcmp(a->words[0], "function") == 0)
    asm_open(a);
  else if (a->depth == 0)
    asm_fail(a, "outside a function");
  else
    asm_in_function(a);
}

/* Fills *m, which the caller has initialised and frees, from `text` (changed
 * on the way); `expect` gets the expected rule's name. */
static void assemble(const char *name, char *text, Module *m, char expect[32]) {
  Assembler a = {.m = m, .name = name};
  while (text) {
    char *next = strchr(text, '\n');
    if (next)
      *next++ = 0;
    a.line++;
    asm_line(&a, text);
    text = next;
  }
  if (a.depth)
    asm_fail(&a, "function not closed");
  memcpy(expect, a.expect, sizeof a.expect);
}

#endif
