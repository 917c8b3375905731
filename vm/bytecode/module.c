/* module.c: line tables, the binary form of modules (string.dump), hashing.
 *
 * A binary chunk, all numbers little endian:
 *
 *   0   "\x1bWeft"                5
 *   5   format version            1
 *   6   the integer 0x5678        8   \ a reader that stores numbers another
 *   14  the float 370.5           8   / way notices here
 *   22  payload length            8
 *   30  checksum of the payload   8   XXH3 with a fixed secret
 *   38  payload: content byte, source name, functions in pre-order
 *
 * A function, v = unsigned LEB128 number, s = string as v(length + 1) and
 * bytes, v(0) when absent; parts in [] only when the content byte says that
 * there is debug information:
 *
 *   flags v(nparams) v(max_stack) v(env upvalue + 1, 0 for none)
 *   v(line_defined) v(last_line)
 *   v(code_size) code
 *   v(nconsts)  { kind, zigzag v | 8 bytes | s }
 *   v(nupvals)  { v(index * 2 + from_local) [s name] }
 *   [ v(lines_size + 1) line table ]
 *   [ v(nvars)  { s name v(slot) v(start) v(end - start) } ]
 *   v(nchildren), the children follow
 *
 * The checksum finds accidents, not attackers: the reader trusts no number it
 * reads. An array of n items is allocated only when the bytes left can hold n
 * smallest items, so memory stays within a small multiple of the input. */
#include "vm/bytecode/module.h"
#include "vm/base/hash.h"
#include "vm/bytecode/walk.h"
#include <string.h>

enum {
  FORMAT_VERSION = 1,
  SIGNATURE_SIZE = sizeof MODULE_SIGNATURE - 1,
  CHECK_OFFSET = SIGNATURE_SIZE + 1,
  LENGTH_OFFSET = CHECK_OFFSET + 16,
  CHECKSUM_OFFSET = LENGTH_OFFSET + 8,
  HEADER_SIZE = CHECKSUM_OFFSET + 8,
  CHECK_INT = 0x5678,
  HASH_SEED = 0x77656674
};
#define CHECK_FLOAT 370.5
enum { CONTENT_DEBUG = 1 };

/* Fewest bytes one item of each array takes. */
enum { CONST_BYTES = 2, UPVAL_BYTES = 1, VAR_BYTES = 4, FUNCTION_BYTES = 10 };

static uint64_t zigzag(int64_t v) {
  return (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0);
}

static int64_t unzigzag(uint64_t v) {
  return (int64_t)(v >> 1 ^ (v & 1 ? UINT64_MAX : 0));
}

static uint64_t float_bits(double d) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  return bits;
}

static void store_u64(uint8_t *p, uint64_t v) {
  for (int i = 0; i < 8; i++)
    p[i] = (uint8_t)(v >> (8 * i));
}

static uint64_t load_u64(const uint8_t *p) {
  uint64_t v = 0;
  for (int i = 0; i < 8; i++)
    v |= (uint64_t)p[i] << (8 * i);
  return v;
}

static uint64_t fixed_hash(const void *p, size_t size) {
  HashSecret secret;
  wf_hash_secret_init(&secret, HASH_SEED, false);
  return wf_hash_bytes(&secret, p, size);
}

/* Life of a module. */

void wf_module_init(Module *m) {
  wf_arena_init(&m->arena);
  m->source = (ModString){NULL, 0};
  m->main = NULL;
}

void wf_module_free(Module *m) {
  wf_arena_free(&m->arena);
  wf_module_init(m);
}

/* Line tables. */

void wf_module_line_add(Buffer *lines, uint32_t *last_pc, uint32_t *last_line,
                        uint32_t pc, uint32_t line) {
  CHECK(pc >= *last_pc);
  if (line == *last_line && lines->len > 0)
    return;
  wf_buffer_varint(lines, pc - *last_pc);
  wf_buffer_varint(lines, zigzag((int64_t)line - *last_line));
  *last_pc = pc;
  *last_line = line;
}

/* Steps over one varint of a line table; false at its end. */
static bool line_number(const uint8_t **p, const uint8_t *end, uint64_t *out) {
  uint64_t v = 0;
  for (unsigned shift = 0; *p < end && shift < 64; shift += 7) {
    uint8_t byte = *(*p)++;
    v |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) {
      *out = v;
      return true;
    }
  }
  return false;
}

uint32_t wf_module_line(const uint8_t *lines, uint32_t size,
                        uint32_t line_defined, uint32_t pc) {
  if (!lines)
    return 0;
  const uint8_t *p = lines, *end = lines + size;
  uint32_t line = line_defined;
  uint64_t at = 0, delta;
  while (line_number(&p, end, &delta)) {
    at += delta;
    if (at > pc || !line_number(&p, end, &delta))
      break;
    line += (uint32_t)unzigzag(delta);
  }
  return line;
}

/* Writing. */

typedef struct Writer {
  Buffer *out;
  bool debug; /* names, lines and variables too */
  bool lines_defined;
} Writer;

static void write_u64(Buffer *out, uint64_t v) {
  uint8_t bytes[8];
  store_u64(bytes, v);
  wf_buffer_bytes(out, bytes, sizeof bytes);
}

static void write_string(Buffer *out, ModString s) {
  wf_buffer_varint(out, s.bytes ? (uint64_t)s.len + 1 : 0);
  if (s.bytes)
    wf_buffer_bytes(out, s.bytes, s.len);
}

static void write_const(Buffer *out, const ModConst *k) {
  wf_buffer_byte(out, (int)k->kind);
  switch (k->kind) {
  case MOD_INT:
    wf_buffer_varint(out, zigzag(k->as.i));
    break;
  case MOD_FLOAT:
    write_u64(out, float_bits(k->as.d));
    break;
  case MOD_STRING:
    write_string(out, k->as.s);
    break;
  }
}

static void write_debug(Buffer *out, const ModFunction *f) {
  wf_buffer_varint(out, f->lines ? (uint64_t)f->lines_size + 1 : 0);
  if (f->lines)
    wf_buffer_bytes(out, f->lines, f->lines_size);
  wf_buffer_varint(out, f->nvars);
  for (uint32_t i = 0; i < f->nvars; i++) {
    const ModVar *v = &f->vars[i];
    write_string(out, v->name);
    wf_buffer_varint(out, v->slot);
    wf_buffer_varint(out, v->start);
    wf_buffer_varint(out, v->end - v->start);
  }
}

static void write_function(const Writer *w, const ModFunction *f) {
  Buffer *out = w->out;
  wf_buffer_byte(out, f->flags);
  wf_buffer_varint(out, f->nparams);
  wf_buffer_varint(out, f->max_stack);
  wf_buffer_varint(out, f->env_upval == MOD_NO_ENV ? 0 : f->env_upval + 1u);
  wf_buffer_varint(out, w->lines_defined ? f->line_defined : 0);
  wf_buffer_varint(out, w->lines_defined ? f->last_line : 0);
  wf_buffer_varint(out, f->code_size);
  wf_buffer_bytes(out, f->code, f->code_size);
  wf_buffer_varint(out, f->nconsts);
  for (uint32_t i = 0; i < f->nconsts; i++)
    write_const(out, &f->consts[i]);
  wf_buffer_varint(out, f->nupvals);
  for (uint32_t i = 0; i < f->nupvals; i++) {
    wf_buffer_varint(out, f->upvals[i].index * 2u + f->upvals[i].from_local);
    if (w->debug)
      write_string(out, f->upvals[i].name);
  }
  if (w->debug)
    write_debug(out, f);
  wf_buffer_varint(out, f->nchildren);
}

static void write_functions(const Writer *w, const ModFunction *main) {
  FunctionWalk walk;
  walk_start(&walk, main);
  for (const ModFunction *f; (f = walk_next(&walk));)
    write_function(w, f);
  if (walk.too_deep)
    w->out->failed = true;
}

void wf_module_write(const Module *m, bool strip, Buffer *out) {
  Writer w = {out, !strip, true};
  wf_buffer_bytes(out, MODULE_SIGNATURE, SIGNATURE_SIZE);
  wf_buffer_byte(out, FORMAT_VERSION);
  write_u64(out, CHECK_INT);
  write_u64(out, float_bits(CHECK_FLOAT));
  size_t length_at = out->len;
  write_u64(out, 0);
  write_u64(out, 0);
  size_t payload_at = out->len;
  wf_buffer_byte(out, strip ? 0 : CONTENT_DEBUG);
  write_string(out, strip ? (ModString){NULL, 0} : m->source);
  write_functions(&w, m->main);
  if (out->failed)
    return;
  size_t length = out->len - payload_at;
  uint8_t *header = (uint8_t *)out->data + length_at;
  store_u64(header, length);
  store_u64(header + 8, fixed_hash(out->data + payload_at, length));
}

uint64_t wf_module_hash(const Module *m) {
  Buffer bytes;
  wf_buffer_init(&bytes);
  write_functions(&(Writer){&bytes, false, false}, m->main);
  uint64_t h = bytes.failed ? 0 : fixed_hash(bytes.data, bytes.len);
  wf_buffer_free(&bytes);
  return h;
}

/* Reading. The first error sticks and moves `p` to the end, so that whatever
 * is read afterwards is zero or empty. */

typedef struct Reader {
  const uint8_t *p, *end;
  Arena *arena;
  bool debug;
  const char *error;
} Reader;

static const char TRUNCATED[] = "truncated chunk";
static const char CORRUPTED[] = "corrupted chunk";
static const char NO_MEMORY[] = "not enough memory";

static void fail(Reader *r, const char *why) {
  if (!r->error)
    r->error = why;
  r->p = r->end;
}

static size_t remaining(const Reader *r) { return (size_t)(r->end - r->p); }

static uint8_t read_byte(Reader *r) {
  if (r->p < r->end)
    return *r->p++;
  fail(r, TRUNCATED);
  return 0;
}

static uint64_t read_varint(Reader *r) {
  uint64_t v = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    uint8_t byte = read_byte(r);
    if (shift == 63 && byte > 1)
      break;
    v |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80)
      return v;
  }
  fail(r, CORRUPTED);
  return 0;
}

static uint32_t read_number(Reader *r, uint32_t max) {
  uint64_t v = read_varint(r);
  if (v <= max)
    return (uint32_t)v;
  fail(r, CORRUPTED);
  return 0;
}

/* The length of an array whose items take at least `item_bytes` each. */
static uint32_t read_count(Reader *r, size_t item_bytes, uint32_t max) {
  uint64_t n = read_varint(r);
  if (n <= max && n <= remaining(r) / item_bytes)
    return (uint32_t)n;
  fail(r, TRUNCATED);
  return 0;
}

static uint64_t read_u64(Reader *r) {
  if (remaining(r) < 8) {
    fail(r, TRUNCATED);
    return 0;
  }
  r->p += 8;
  return load_u64(r->p - 8);
}

/* Room for n zeroed items; NULL for none. */
static void *new_array(Reader *r, size_t n, size_t size) {
  if (n == 0)
    return NULL;
  void *p = wf_arena_alloc(r->arena, n * size);
  if (p)
    memset(p, 0, n * size);
  else
    fail(r, NO_MEMORY);
  return p;
}

static uint8_t *read_bytes(Reader *r, uint32_t n) {
  if (n > remaining(r)) {
    fail(r, TRUNCATED);
    return NULL;
  }
  char *copy = wf_arena_copy(r->arena, (const char *)r->p, n);
  if (!copy) {
    fail(r, NO_MEMORY);
    return NULL;
  }
  r->p += n;
  return (uint8_t *)copy;
}

/* A length plus one, and the bytes; NULL when absent. */
static uint8_t *read_optional(Reader *r, uint32_t *len) {
  uint64_t n = read_varint(r);
  *len = 0;
  if (n == 0)
    return NULL;
  if (n - 1 > UINT32_MAX || n - 1 > remaining(r)) {
    fail(r, TRUNCATED);
    return NULL;
  }
  *len = (uint32_t)(n - 1);
  uint8_t *bytes = read_bytes(r, *len);
  if (!bytes)
    *len = 0;
  return bytes;
}

static ModString read_string(Reader *r) {
  ModString s;
  s.bytes = (const char *)read_optional(r, &s.len);
  return s;
}

/* The only NaN a value may hold; the others are tags. */
static const uint64_t CANONICAL_NAN = 0x7FF8000000000000;

static void read_const(Reader *r, ModConst *k) {
  switch (read_byte(r)) {
  case MOD_INT:
    k->kind = MOD_INT;
    k->as.i = unzigzag(read_varint(r));
    break;
  case MOD_FLOAT: {
    uint64_t bits = read_u64(r);
    k->kind = MOD_FLOAT;
    memcpy(&k->as.d, &bits, sizeof bits);
    if (k->as.d != k->as.d)
      memcpy(&k->as.d, &CANONICAL_NAN, sizeof k->as.d);
    break;
  }
  case MOD_STRING:
    k->kind = MOD_STRING;
    k->as.s = read_string(r);
    if (!k->as.s.bytes)
      fail(r, CORRUPTED);
    break;
  default:
    fail(r, CORRUPTED);
  }
}

static void read_consts(Reader *r, ModFunction *f) {
  uint32_t n = read_count(r, CONST_BYTES, UINT32_MAX);
  f->consts = new_array(r, n, sizeof *f->consts);
  for (; f->nconsts < n && !r->error; f->nconsts++)
    read_const(r, &f->consts[f->nconsts]);
}

static void read_upvals(Reader *r, ModFunction *f) {
  uint32_t n = read_count(r, UPVAL_BYTES, UINT16_MAX);
  f->upvals = new_array(r, n, sizeof *f->upvals);
  for (; f->nupvals < n && !r->error; f->nupvals++) {
    ModUpval *u = &f->upvals[f->nupvals];
    uint32_t where = read_number(r, UINT16_MAX * 2 + 1);
    u->from_local = where & 1;
    u->index = (uint16_t)(where >> 1);
    if (r->debug)
      u->name = read_string(r);
  }
}

static void read_debug(Reader *r, ModFunction *f) {
  f->lines = read_optional(r, &f->lines_size);
  uint32_t n = read_count(r, VAR_BYTES, UINT32_MAX);
  f->vars = new_array(r, n, sizeof *f->vars);
  for (; f->nvars < n && !r->error; f->nvars++) {
    ModVar *v = &f->vars[f->nvars];
    v->name = read_string(r);
    v->slot = (uint16_t)read_number(r, UINT16_MAX);
    v->start = read_number(r, UINT32_MAX);
    v->end = v->start + read_number(r, UINT32_MAX - v->start);
  }
}

/* One function with room for its children; NULL after an error. */
static ModFunction *read_function(Reader *r) {
  ModFunction *f = new_array(r, 1, sizeof *f);
  if (!f)
    return NULL;
  f->flags = read_byte(r);
  f->nparams = (uint16_t)read_number(r, UINT16_MAX);
  f->max_stack = (uint16_t)read_number(r, UINT16_MAX);
  uint32_t env = read_number(r, UINT16_MAX);
  f->env_upval = env == 0 ? MOD_NO_ENV : (uint16_t)(env - 1);
  f->line_defined = read_number(r, UINT32_MAX);
  f->last_line = read_number(r, UINT32_MAX);
  f->code_size = read_count(r, 1, UINT32_MAX);
  f->code = read_bytes(r, f->code_size);
  read_consts(r, f);
  read_upvals(r, f);
  if (r->debug)
    read_debug(r, f);
  f->nchildren = read_count(r, FUNCTION_BYTES, UINT32_MAX);
  f->children = new_array(r, f->nchildren, sizeof(ModFunction *));
  return r->error ? NULL : f;
}

/* Reads the functions in pre-order; `path` holds those with children to come.
 */
static ModFunction *read_functions(Reader *r) {
  ModFunction *path[MODULE_MAX_DEPTH + 1];
  uint32_t next[MODULE_MAX_DEPTH + 1];
  ModFunction *main = read_function(r);
  int depth = 0;
  path[0] = main;
  next[0] = 0;
  while (!r->error && depth >= 0) {
    ModFunction *f = path[depth];
    if (next[depth] == f->nchildren) {
      depth--;
    } else if (depth == MODULE_MAX_DEPTH) {
      fail(r, "functions nested too deep");
    } else {
      ModFunction *child = read_function(r);
      f->children[next[depth]++] = child;
      path[++depth] = child;
      next[depth] = 0;
    }
  }
  return r->error ? NULL : main;
}

static const char *check_header(const uint8_t *bytes, size_t size) {
  size_t seen = size < SIGNATURE_SIZE ? size : SIGNATURE_SIZE;
  if (seen == 0 || memcmp(bytes, MODULE_SIGNATURE, seen) != 0)
    return "not a binary chunk";
  if (size > SIGNATURE_SIZE && bytes[SIGNATURE_SIZE] != FORMAT_VERSION)
    return "version mismatch";
  if (size < HEADER_SIZE)
    return TRUNCATED;
  if (load_u64(bytes + CHECK_OFFSET) != CHECK_INT)
    return "integer format mismatch";
  if (load_u64(bytes + CHECK_OFFSET + 8) != float_bits(CHECK_FLOAT))
    return "float format mismatch";
  uint64_t length = load_u64(bytes + LENGTH_OFFSET);
  if (length > size - HEADER_SIZE)
    return TRUNCATED;
  if (fixed_hash(bytes + HEADER_SIZE, (size_t)length) !=
      load_u64(bytes + CHECKSUM_OFFSET))
    return CORRUPTED;
  return NULL;
}

const char *wf_module_read(Module *m, const uint8_t *bytes, size_t size) {
  const char *why = check_header(bytes, size);
  if (why)
    return why;
  const uint8_t *payload = bytes + HEADER_SIZE;
  size_t length = (size_t)load_u64(bytes + LENGTH_OFFSET);
  Reader r = {payload, payload + length, &m->arena, false, NULL};
  uint8_t content = read_byte(&r);
  if (content > CONTENT_DEBUG)
    fail(&r, "format mismatch");
  r.debug = content & CONTENT_DEBUG;
  m->source = read_string(&r);
  m->main = read_functions(&r);
  if (!r.error && r.p != r.end)
    fail(&r, CORRUPTED);
  if (r.error)
    m->main = NULL;
  return r.error;
}
