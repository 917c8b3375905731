/* linkdump.c: linked code as text.
 *
 *    3 |   for i = 1, #list do
 *      0002 GET_LOCAL_0               ; list
 *      0003 LEN                      64  LEN_RR      a=4 b=0 c=0
 *
 * Bytecode with nothing beside it was folded into the next instruction that has
 * something, or fused with the one before. Handlers and caches are shown as
 * they are: of a program that ran, with what they have seen. */
#include "vm/load/linkdump.h"
#include "vm/base/numeral.h"
#include "vm/bytecode/disasm.h"
#include "vm/gc/gc_hooks.h"
#include "vm/load/link.h"
#include "vm/load/linker.h"
#include "vm/value/shape.h"
#include <inttypes.h>
#include <stdio.h>

enum { BYTECODE_WIDTH = 50, SHAPE_KEYS_SHOWN = 6 };

typedef struct Dump {
  VM *vm;
  const Proto *p;
  Buffer *out;
  bool ran;
} Dump;

static void put_value(Buffer *out, Value v) {
  char text[NUMERAL_MAX];
  if (value_is_string(v)) {
    const String *s = value_as_string(v);
    wf_disasm_quote(out, (ModString){s->bytes, (uint32_t)s->len});
  } else if (value_is_int(v)) {
    wf_numeral_from_int(value_as_int(v), text);
    wf_buffer_string(out, text);
  } else if (value_is_float(v)) {
    wf_numeral_from_float(value_as_float(v), text);
    wf_buffer_string(out, text);
  } else {
    wf_buffer_string(out, value_is_nil(v)    ? "nil"
                          : v == VALUE_FALSE ? "false"
                                             : "true");
  }
}

/* ---- inline caches ------------------------------------------------------- */

/* The state that a handler's name tells (handlers.inc):
 *   I E inline or other slot of a shape, N hash node, G the global cache,
 *   P inherited, S method of strings, T adds the key; 0: it has no cache. */
static char cache_state(LinkedOp op) {
  if (op >= LINK_GET_FIELD_I_RR && op <= LINK_GET_FIELD_P_AA)
    return "IENGP"[(op - LINK_GET_FIELD_I_RR) % 10 / 2];
  if (op >= LINK_GET_GLOBAL_I_R && op <= LINK_GET_GLOBAL_N_A)
    return "IN"[(op - LINK_GET_GLOBAL_I_R) / 2];
  if (op >= LINK_SET_FIELD_I_RR && op <= LINK_SET_FIELD_T_AK)
    return "IENT"[(op - LINK_SET_FIELD_I_RR) % 4];
  if (op == LINK_SET_GLOBAL_R || op == LINK_SET_GLOBAL_A)
    return 'N';
  if (op >= LINK_METHOD_I_R && op <= LINK_METHOD_G_A)
    return "INPSG"[(op - LINK_METHOD_I_R) / 2];
  return 0;
}

/* "shape 12 {x, y}" */
static void put_shape(const Dump *d, uint32_t id) {
  wf_buffer_format(d->out, "shape %" PRIu32 " {", shape_number(id));
  const Shape *s = shape_get(d->vm, id);
  for (uint32_t i = 0; i < s->n && i < SHAPE_KEYS_SHOWN; i++)
    wf_buffer_format(d->out, i ? ", %.20s" : "%.20s", s->keys[i]->bytes);
  wf_buffer_string(d->out, s->n > SHAPE_KEYS_SHOWN ? ", ...}" : "}");
}

static void put_epoch(const Dump *d, const FieldCache *c) {
  wf_buffer_string(d->out, c->offset == d->vm->epoch ? "" : ", out of date");
}

static void put_cache(const Dump *d, LinkedOp op, const FieldCache *c) {
  Buffer *out = d->out;
  char state = cache_state(op);
  put_value(out, c->key);
  if (!WEFT_IC || !d->ran)
    return;
  wf_buffer_string(out, ", cache: ");
  bool is_shape = c->shape != NO_SHAPE && c->shape != 0;
  switch (state) {
  case 'I':
  case 'E':
    if (!is_shape) {
      wf_buffer_string(out, "empty");
      break;
    }
    put_shape(d, c->shape);
    if (state == 'I')
      wf_buffer_format(out, ", slot %zu",
                       (c->offset - offsetof(Table, inl)) / sizeof(Value));
    else
      wf_buffer_format(out, ", outer slot %zu", c->offset / sizeof(Value));
    break;
  case 'N':
    wf_buffer_format(out, "hash node %zu", c->offset / sizeof(Node));
    break;
  case 'G':
    wf_buffer_string(out, "many shapes, global");
    break;
  case 'P':
    wf_buffer_string(out, "inherited by ");
    put_shape(d, c->shape);
    put_epoch(d, c);
    break;
  case 'S':
    wf_buffer_string(out, "method of strings");
    put_epoch(d, c);
    break;
  case 'T':
    put_shape(d, c->shape);
    wf_buffer_string(out, " becomes ");
    put_shape(d, c->u.new_shape);
    break;
  }
}

/* ---- instructions -------------------------------------------------------- */

static bool has_words(LinkedOp op) {
  return wf_linked_length[op] > sizeof(LinkedHead);
}
static bool is_branch(LinkedOp op) {
  return (op >= LINK_JLT_RR && op <= LINK_LOOP) || op == LINK_FOR_PREP ||
         op == LINK_FOR_LOOP || op == LINK_FOR_LOOP_1 ||
         op == LINK_FOR_IN_PREP || op == LINK_FOR_IN ||
         op == LINK_FOR_IN_CALLED;
}

/* What the fields and words mean. */
static void put_comment(const Dump *d, LinkedOp op, uint32_t offset) {
  char *at = d->p->code + offset;
  const uint64_t *words = linked_words(at);
  if (cache_state(op))
    put_cache(d, op, linked_cache(at));
  else if (op == LINK_APPEND || op == LINK_APPEND_SPREAD)
    wf_buffer_format(d->out, "behind item %" PRIu64, words[0]);
  else if (has_words(op))
    put_value(d->out, words[0]);
  if (op == LINK_SET_INDEX_RIK) {
    wf_buffer_string(d->out, ", ");
    put_value(d->out, words[2]);
  }
  if (is_branch(op))
    wf_buffer_format(d->out, "%sto %" PRId64, has_words(op) ? ", " : "",
                     (int64_t)offset + linked_head(at)->c);
}

static void put_linked(const Dump *d, uint32_t offset) {
  const LinkedHead *h = linked_head(d->p->code + offset);
  LinkedOp op = wf_linked_decode(h->handler);
  char operands[48];
  snprintf(operands, sizeof operands, "a=%u b=%u c=%" PRId32, h->a, h->b, h->c);
  wf_buffer_format(d->out, "%6" PRIu32 "  %-18s ", offset, wf_linked_name[op]);
  if (has_words(op) || is_branch(op)) {
    wf_buffer_format(d->out, "%-18s ; ", operands);
    put_comment(d, op, offset);
  } else {
    wf_buffer_string(d->out, operands);
  }
  wf_buffer_byte(d->out, '\n');
}

/* ---- functions ----------------------------------------------------------- */

static void put_source(Buffer *out, const SourceLines *source, uint32_t line) {
  wf_buffer_format(out, "%5" PRIu32 " |", line);
  if (line > 0 && line <= source->count) {
    const char *text = source->text + source->starts[line - 1];
    size_t left = source->len - source->starts[line - 1];
    const char *end = memchr(text, '\n', left);
    wf_buffer_byte(out, ' ');
    wf_buffer_bytes(out, text, end ? (size_t)(end - text) : left);
  }
  wf_buffer_byte(out, '\n');
}

static void put_heading(const Dump *d, const ModFunction *f) {
  if (f->line_defined > 0)
    wf_buffer_format(d->out, "function <%" PRIu32 ",%" PRIu32 ">",
                     f->line_defined, f->last_line);
  else
    wf_buffer_string(d->out, "main chunk");
  wf_buffer_format(d->out,
                   ": %" PRIu32 " bytes of bytecode, %" PRIu32
                   " instructions in %" PRIu32 " bytes of linked code%s\n",
                   f->code_size, d->p->map_count, d->p->code_size,
                   d->ran ? "" : ", not called yet");
}

static void put_code(const Dump *d, const ModFunction *f, const Plan *plan,
                     const SourceLines *source) {
  const Proto *p = d->p;
  Buffer *out = d->out;
  DisasmCursor cursor;
  wf_disasm_start(&cursor, f);
  Instruction in;
  uint32_t shown = 0; /* line */
  uint32_t next = 0;  /* in the map */
  for (uint32_t pc = 0; pc < f->code_size; pc += in.length) {
    wf_opcode_decode(f->code, f->code_size, pc, &in);
    uint32_t line =
        wf_module_line(f->lines, f->lines_size, f->line_defined, pc);
    if (line != shown)
      put_source(out, source, line);
    shown = line;
    size_t start = out->len;
    wf_buffer_format(out, "    %04" PRIu32 " ", pc);
    wf_disasm_instruction(&cursor, &in, out);
    if (plan->depth[pc] == PLAN_UNREACHED) {
      wf_buffer_string(out, "   (never reached)\n");
      continue;
    }
    if (next >= p->map_count || p->linked_map[2 * next + 1] >= pc + in.length) {
      wf_buffer_byte(out, '\n');
      continue;
    }
    do {
      while (out->len - start < BYTECODE_WIDTH && !out->failed)
        wf_buffer_byte(out, ' ');
      put_linked(d, p->linked_map[2 * next++]);
      start = out->len;
    } while (next < p->map_count &&
             p->linked_map[2 * next + 1] < pc + in.length);
  }
}

void wf_linkdump_function(Thread *L, Proto *p, const ModFunction *f,
                          const SourceLines *source, Buffer *out) {
  Dump d = {L->vm, p, out, p->code != NULL};
  wf_link_proto(L, p);
  Plan plan;
  if (!wf_plan_make(&plan, p))
    wf_error_memory(L->vm);
  put_heading(&d, f);
  put_code(&d, f, &plan, source);
  wf_plan_free(&plan);
}
