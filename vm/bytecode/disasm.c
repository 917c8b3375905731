/* disasm.c: the listing of a module that people and golden tests read.
 *
 *   main <0,0> "@x.lua": 0+ params, 2 slots, 1 upvalue, 1 constant, 1 child,
 *   9 bytes
 *     constant 0 = "print"
 *     upvalue 0 _ENV = local 0
 *     0000 [1] GET_GLOBAL        0           ; print
 *     0002 [1] JUMP              +4          ; to 0006
 *
 * A child's heading is its path of child numbers ("function 0.2") and follows
 * its parent's code. The listing never fails: code that does not decode ends
 * its function's listing with a line of its own. Lines and variables are
 * followed with cursors, so a listing takes linear time. */
#include "vm/bytecode/disasm.h"
#include "vm/base/numeral.h"
#include "vm/bytecode/walk.h"
#include <string.h>

enum { TEXT_MAX = 40 }; /* bytes of a string shown */

static uint64_t line_varint(DisasmCursor *c) {
  uint64_t v = 0;
  for (unsigned shift = 0; c->lines < c->lines_end && shift < 64; shift += 7) {
    uint8_t byte = *c->lines++;
    v |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80)
      break;
  }
  return v;
}

void wf_disasm_start(DisasmCursor *c, const ModFunction *f) {
  memset(c, 0, sizeof *c);
  c->f = f;
  c->lines = f->lines;
  c->lines_end = f->lines ? f->lines + f->lines_size : NULL;
  c->line = f->line_defined;
}

/* Brings line and live variables to `pc`, which never goes back. */
static void cursor_move(DisasmCursor *c, uint32_t pc) {
  for (;;) {
    if (!c->pending) {
      if (c->lines == c->lines_end)
        break;
      c->next_pc += line_varint(c);
      c->pending = true;
    }
    if (c->next_pc > pc)
      break;
    uint64_t delta = line_varint(c);
    c->line += (uint32_t)(delta >> 1 ^ (delta & 1 ? UINT64_MAX : 0));
    c->pending = false;
  }
  for (; c->var < c->f->nvars && c->f->vars[c->var].start <= pc; c->var++) {
    const ModVar *v = &c->f->vars[c->var];
    if (v->slot < MAX_SLOTS)
      c->live[v->slot] = v;
  }
}

static const ModString *local_name(const DisasmCursor *c, int64_t slot,
                                   uint32_t pc) {
  if (slot < 0 || slot >= MAX_SLOTS || !c->live[slot])
    return NULL;
  const ModVar *v = c->live[slot];
  return v->end > pc && v->name.bytes ? &v->name : NULL;
}

void wf_disasm_quote(Buffer *out, ModString s) {
  uint32_t shown = s.len < TEXT_MAX ? s.len : TEXT_MAX;
  wf_buffer_byte(out, '"');
  for (uint32_t i = 0; i < shown; i++) {
    unsigned char ch = (unsigned char)s.bytes[i];
    if (ch == '"' || ch == '\\')
      wf_buffer_format(out, "\\%c", ch);
    else if (ch == '\n')
      wf_buffer_string(out, "\\n");
    else if (ch < ' ' || ch > '~')
      wf_buffer_format(out, "\\%03d", ch);
    else
      wf_buffer_byte(out, ch);
  }
  wf_buffer_string(out, s.len > shown ? "\"..." : "\"");
}

static void put_name(Buffer *out, ModString s) {
  wf_buffer_bytes(out, s.bytes, s.len < TEXT_MAX ? s.len : TEXT_MAX);
  if (s.len > TEXT_MAX)
    wf_buffer_string(out, "...");
}

static void put_const(Buffer *out, const ModConst *k) {
  char text[NUMERAL_MAX];
  switch (k->kind) {
  case MOD_INT:
    wf_numeral_from_int(k->as.i, text);
    wf_buffer_string(out, text);
    break;
  case MOD_FLOAT:
    wf_numeral_from_float(k->as.d, text);
    wf_buffer_string(out, text);
    break;
  case MOD_STRING:
    wf_disasm_quote(out, k->as.s);
    break;
  }
}

static void put_count(Buffer *out, uint32_t n, const char *one,
                      const char *many) {
  wf_buffer_format(out, ", %u %s", n, n == 1 ? one : many);
}

/* The path of child numbers from main to the current function. */
static void put_path(Buffer *out, const FunctionWalk *w) {
  for (int i = 0; i < w->depth; i++)
    wf_buffer_format(out, i ? ".%u" : "%u", w->index[i]);
}

static void put_heading(Buffer *out, const Module *m, const FunctionWalk *w) {
  const ModFunction *f = w->path[w->depth];
  wf_buffer_string(out, w->depth ? "function " : "main");
  put_path(out, w);
  wf_buffer_format(out, " <%u,%u>", f->line_defined, f->last_line);
  if (w->depth == 0 && m->source.bytes) {
    wf_buffer_byte(out, ' ');
    wf_disasm_quote(out, m->source);
  }
  wf_buffer_format(out, ": %u%s param%s", f->nparams,
                   f->flags & MOD_VARARG ? "+" : "",
                   f->nparams == 1 && !(f->flags & MOD_VARARG) ? "" : "s");
  put_count(out, f->max_stack, "slot", "slots");
  put_count(out, f->nupvals, "upvalue", "upvalues");
  put_count(out, f->nconsts, "constant", "constants");
  put_count(out, f->nchildren, "child", "children");
  put_count(out, f->code_size, "byte", "bytes");
  wf_buffer_string(out, f->flags & MOD_NEEDS_CLOSE ? ", closes\n" : "\n");
}

static void put_tables(Buffer *out, const ModFunction *f) {
  for (uint32_t i = 0; i < f->nconsts; i++) {
    wf_buffer_format(out, "  constant %u = ", i);
    put_const(out, &f->consts[i]);
    wf_buffer_byte(out, '\n');
  }
  for (uint32_t i = 0; i < f->nupvals; i++) {
    const ModUpval *u = &f->upvals[i];
    wf_buffer_format(out, "  upvalue %u", i);
    if (u->name.bytes) {
      wf_buffer_byte(out, ' ');
      put_name(out, u->name);
    }
    wf_buffer_format(out, " = %s %u%s\n", u->from_local ? "local" : "upvalue",
                     u->index, i == f->env_upval ? " (env)" : "");
  }
}

/* The slot a local access reaches, or -1. */
static int64_t accessed_slot(const Instruction *in) {
  if (in->op >= OP_GET_LOCAL_0 && in->op <= OP_GET_LOCAL_7)
    return in->op - OP_GET_LOCAL_0;
  if (in->op >= OP_SET_LOCAL_0 && in->op <= OP_SET_LOCAL_7)
    return in->op - OP_SET_LOCAL_0;
  return wf_opcode_info[in->op].operands == OPERANDS_LOCAL ? in->a : -1;
}

static const char *jump_sign(int64_t d) { return d < 0 ? "" : "+"; }

/* Operands as text; the longest, two numbers, stays far below `size`. */
static void operands_text(const Instruction *in, Buffer *out) {
  int64_t jump = in->target - (int64_t)in->offset;
  switch (wf_opcode_info[in->op].operands) {
  case OPERANDS_NONE:
    break;
  case OPERANDS_JUMP:
    wf_buffer_format(out, "%s%lld", jump_sign(jump), (long long)jump);
    break;
  case OPERANDS_COUNT_COUNT:
    wf_buffer_format(out, "%lld %lld", (long long)in->a, (long long)in->b);
    break;
  case OPERANDS_COUNT_JUMP:
    wf_buffer_format(out, "%lld %s%lld", (long long)in->a, jump_sign(jump),
                     (long long)jump);
    break;
  default:
    wf_buffer_format(out, "%lld", (long long)in->a);
  }
}

/* What the operands stand for; nothing when they speak for themselves. */
static void comment_text(const DisasmCursor *c, const Instruction *in,
                         Buffer *out) {
  const ModFunction *f = c->f;
  const OpcodeInfo *info = &wf_opcode_info[in->op];
  const ModString *name = local_name(c, accessed_slot(in), in->offset);
  if (name) {
    put_name(out, *name);
  } else if (info->flags & F_JUMP) {
    wf_buffer_format(out, "to %04lld", (long long)in->target);
  } else if (info->operands == OPERANDS_CONST && in->a < f->nconsts) {
    put_const(out, &f->consts[in->a]);
  } else if (info->operands == OPERANDS_UPVAL && in->a < f->nupvals &&
             f->upvals[in->a].name.bytes) {
    put_name(out, f->upvals[in->a].name);
  } else if (info->operands == OPERANDS_PROTO && in->a < f->nchildren) {
    const ModFunction *child = f->children[in->a];
    wf_buffer_format(out, "<%u,%u>", child->line_defined, child->last_line);
  }
}

void wf_disasm_instruction(DisasmCursor *c, const Instruction *in,
                           Buffer *out) {
  Buffer operands, comment;
  wf_buffer_init(&operands);
  wf_buffer_init(&comment);
  cursor_move(c, in->offset);
  operands_text(in, &operands);
  comment_text(c, in, &comment);
  const char *name = wf_opcode_info[in->op].name;
  if (comment.len)
    wf_buffer_format(out, "%-16s %-8s ; %s", name, wf_buffer_cstr(&operands),
                     wf_buffer_cstr(&comment));
  else if (operands.len)
    wf_buffer_format(out, "%-16s %s", name, wf_buffer_cstr(&operands));
  else
    wf_buffer_string(out, name);
  wf_buffer_free(&operands);
  wf_buffer_free(&comment);
}

static void put_code(Buffer *out, const ModFunction *f) {
  DisasmCursor cursor;
  wf_disasm_start(&cursor, f);
  Instruction in;
  for (uint32_t pc = 0; pc < f->code_size; pc += in.length) {
    if (!wf_opcode_decode(f->code, f->code_size, pc, &in)) {
      wf_buffer_format(out, "  %04u not an instruction: byte %u\n", pc,
                       f->code[pc]);
      return;
    }
    cursor_move(&cursor, pc);
    wf_buffer_format(out, "  %04u ", pc);
    if (f->lines)
      wf_buffer_format(out, "[%u] ", cursor.line);
    wf_disasm_instruction(&cursor, &in, out);
    wf_buffer_byte(out, '\n');
  }
}

void wf_disasm_module(const Module *m, Buffer *out) {
  FunctionWalk w;
  walk_start(&w, m->main);
  for (const ModFunction *f; (f = walk_next(&w));) {
    if (w.depth)
      wf_buffer_byte(out, '\n');
    put_heading(out, m, &w);
    put_tables(out, f);
    put_code(out, f);
  }
}
