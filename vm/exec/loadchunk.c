/* loadchunk.c: load() and loadfile() below the library: from bytes to a
 * function on the stack.
 *
 *   file --read--> bytes --compile | read binary--> module --verify, build-->
 *
 * Everything that may throw runs in protected mode, since the module lives
 * outside the GC heap and must be freed on every path; so errors, memory
 * included, become a message on the stack, as lua_load gives them. */
#include "vm/exec/loadchunk.h"
#include "vm/exec/native.h"
#include "vm/load/load.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum {
  FIRST_SLICE = 1 << 20, /* longer texts are compiled in pieces */
  READ_SIZE = 1 << 16,
  SOURCE_MAX = 1 << 30 /* /dev/zero must not eat all memory */
};

typedef struct LoadJob {
  Thread *L;
  ChunkReader *reader; /* NULL: all bytes are there */
  bool pending;        /* its piece has been read, but not used */
  const char *bytes, *name, *mode;
  size_t len, name_len;
  size_t sliced; /* bytes the compiler has been given: next_slice */
  bool stopped;  /* by Ctrl-C */
  Value env;
  Module module;
  Buffer text;      /* message of the compiler */
  Buffer collected; /* the pieces of a binary chunk */
  uint32_t handler; /* in force around the load */
  Function *result; /* NULL: see message */
  String *message;
} LoadJob;

/* ---- chunks in memory ---------------------------------------------------- */

static bool is_binary(const char *bytes, size_t len) {
  return len > 0 && bytes[0] == MODULE_SIGNATURE[0];
}

/* Bytes the parser may use of the C stack. */
static size_t stack_budget(const VM *vm) {
  const char *here = __builtin_frame_address(0);
  return here > vm->c_stack_bottom ? (size_t)(here - vm->c_stack_bottom) : 1;
}

static String *format_message(VM *vm, Buffer *b, const char *fmt, ...)
    PRINTF_LIKE(3, 4);
static String *format_message(VM *vm, Buffer *b, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  wf_buffer_vformat(b, fmt, ap);
  va_end(ap);
  if (b->failed)
    wf_error_memory(vm);
  return wf_string_new(vm, b->data, b->len);
}

/* The chunk's name in messages about its binary form: never shortened. */
static const char *binary_name(const char *name) {
  if (*name == '@' || *name == '=')
    return name + 1;
  return *name == MODULE_SIGNATURE[0] ? "binary string" : name;
}

/* Errors: memory, if that is why. */
static void reject_binary(VM *vm, LoadJob *job, const char *why) {
  if (strcmp(why, "not enough memory") == 0)
    wf_error_memory(vm);
  job->message = format_message(vm, &job->text, "%s: bad binary format (%s)",
                                binary_name(job->name), why);
}

static bool check_mode(VM *vm, LoadJob *job, bool binary) {
  if (!job->mode || strchr(job->mode, binary ? 'b' : 't'))
    return true;
  job->message = format_message(vm, &job->text,
                                "attempt to load a %s chunk (mode is '%s')",
                                binary ? "binary" : "text", job->mode);
  return false;
}

/* What is too short to hold a signature counts as cut off, not as foreign. */
static bool read_binary(VM *vm, LoadJob *job) {
  const char *why = "truncated chunk";
  if (job->len >= strlen(MODULE_SIGNATURE))
    why = wf_module_read(&job->module, (const uint8_t *)job->bytes, job->len);
  if (!why)
    return true;
  reject_binary(vm, job, why);
  return false;
}

/* Calls the reader. An error is thrown again in the job's own protected call,
 * past what must be freed; false then, with the error on top. */
static void call_reader(Thread *L, void *ud) {
  ChunkReader *reader = ud;
  reader->read(L, reader);
}

static bool call_with_handler(LoadJob *job, void (*fn)(Thread *L, void *ud)) {
  Thread *L = job->L;
  Value handler = job->handler ? L->stack[job->handler] : VALUE_NIL;
  return wf_call_protected_c(L, fn, job->reader, handler) == CALL_OK;
}

static bool read_piece(LoadJob *job) {
  return call_with_handler(job, call_reader);
}

static bool next_piece(void *ud, const char **bytes, size_t *len) {
  LoadJob *job = ud;
  if (!job->pending && !read_piece(job))
    return false;
  job->pending = false;
  *bytes = job->reader->bytes;
  *len = job->reader->len;
  return true;
}

/* Pieces of a long text that is all there, so that Ctrl-C is looked at in
 * between. They grow: a token that is cut off is scanned again. */
static bool next_slice(void *ud, const char **bytes, size_t *len) {
  LoadJob *job = ud;
  job->stopped = job->L->vm->interrupt & VM_INTERRUPT_STOP;
  if (job->stopped)
    return false;
  size_t n = job->sliced / 4, left = job->len - job->sliced;
  *bytes = job->bytes + job->sliced;
  *len = n < left ? n : left;
  job->sliced += *len;
  return true;
}

static const char too_deep[] = "C stack overflow";
static void throw_too_deep(Thread *L, void *ud) {
  (void)ud;
  wf_error_runtime(L, "%s", too_deep);
}

/* The compiler's message, without a position where the text nests too deep:
 * in Lua that is an error while running, which message handlers see. */
static void take_message(VM *vm, LoadJob *job) {
  if (job->text.failed)
    wf_error_memory(vm);
  const char *text = wf_buffer_cstr(&job->text);
  if (strcmp(text, too_deep) == 0 && !call_with_handler(job, throw_too_deep))
    wf_error_throw(job->L, job->L->top[-1]);
  job->message = wf_string_new(vm, text, job->text.len);
}

static bool compile_text(VM *vm, LoadJob *job) {
  if (!vm->compile) {
    job->message = format_message(vm, &job->text,
                                  "attempt to load a text chunk (no compiler)");
    return false;
  }
  SourcePieces more = {job->reader ? next_piece : next_slice, job};
  bool is_long = job->len > FIRST_SLICE;
  job->sliced = is_long ? FIRST_SLICE : job->len;
  switch (vm->compile(job->bytes, job->sliced, job->name, job->name_len,
                      stack_budget(vm), job->reader || is_long ? &more : NULL,
                      &job->module, &job->text)) {
  case 0:
    return true;
  case 1:
    take_message(vm, job);
    return false;
  case 3:
    if (job->stopped)
      return false;
    wf_error_throw(job->L, job->L->top[-1]);
  default:
    wf_error_memory(vm);
  }
}

/* The first piece tells text from binary, of which all is collected. */
static bool start_reading(LoadJob *job) {
  Thread *L = job->L;
  if (!read_piece(job))
    wf_error_throw(L, L->top[-1]);
  job->pending = true;
  return is_binary(job->reader->bytes, job->reader->len);
}

static void collect_pieces(LoadJob *job) {
  const char *bytes;
  size_t len;
  do {
    if (!next_piece(job, &bytes, &len))
      wf_error_throw(job->L, job->L->top[-1]);
    wf_buffer_bytes(&job->collected, bytes, len);
    if (job->collected.failed)
      wf_error_memory(job->L->vm);
  } while (len);
  job->bytes = job->collected.data;
  job->len = job->collected.len;
}

static void run_job(Thread *L, void *ud) {
  VM *vm = L->vm;
  LoadJob *job = ud;
  bool binary =
      job->reader ? start_reading(job) : is_binary(job->bytes, job->len);
  if (!check_mode(vm, job, binary))
    return;
  if (job->reader && binary)
    collect_pieces(job);
  if (!(binary ? read_binary(vm, job) : compile_text(vm, job)))
    return;
  const char *why;
  job->result = wf_load_module(L, &job->module, job->env, &why);
  if (!job->result)
    reject_binary(vm, job, why);
}

/* Pushes the function or the message. */
static bool do_job(Thread *L, LoadJob *job) {
  job->L = L;
  job->handler = L->handler;
  wf_module_init(&job->module);
  wf_buffer_init(&job->text);
  wf_buffer_init(&job->collected);
  CallStatus status = wf_call_protected_c(L, run_job, job, VALUE_NIL);
  wf_module_free(&job->module);
  wf_buffer_free(&job->text);
  wf_buffer_free(&job->collected);
  if (job->stopped)
    wf_native_interrupted(L);
  if (status != CALL_OK)
    return false; /* the error value is on top */
  native_push(L, job->result ? value_from_function(job->result)
                             : value_from_string(job->message));
  return job->result != NULL;
}

bool wf_native_load_pieces(Thread *L, ChunkReader *reader,
                           const char *chunk_name, size_t chunk_name_len,
                           const char *mode, Value env) {
  LoadJob job = {.reader = reader,
                 .bytes = "",
                 .name = chunk_name,
                 .name_len = chunk_name_len,
                 .mode = mode,
                 .env = env};
  return do_job(L, &job);
}

bool wf_native_load(Thread *L, const char *bytes, size_t len,
                    const char *chunk_name, size_t chunk_name_len,
                    const char *mode, Value env) {
  LoadJob job = {.bytes = bytes,
                 .len = len,
                 .name = chunk_name,
                 .name_len = chunk_name_len,
                 .mode = mode,
                 .env = env};
  return do_job(L, &job);
}

/* ---- files --------------------------------------------------------------- */

/* Offset at which the chunk starts in the bytes of a file. */
static size_t skip_prelude(const char *bytes, size_t len) {
  static const char mark[] = "\xEF\xBB\xBF";
  size_t at = 0;
  if (len >= strlen(mark) && memcmp(bytes, mark, strlen(mark)) == 0)
    at = strlen(mark);
  if (at == len || bytes[at] != '#')
    return at;
  const char *newline = memchr(bytes + at, '\n', len - at);
  if (!newline)
    return len;
  at = (size_t)(newline - bytes);
  return is_binary(newline + 1, len - at - 1) ? at + 1 : at;
}

/* Appends the next n bytes of the file; false when memory is exhausted. */
static bool read_some(Buffer *text, FILE *file, size_t n) {
  if (text->len > SOURCE_MAX || !wf_buffer_reserve(text, n))
    return false;
  text->len += fread(text->data + text->len, 1, n, file);
  return true;
}

static const char *read_all(Buffer *text, FILE *file) {
  while (!feof(file) && !ferror(file))
    if (!read_some(text, file, text->len > READ_SIZE ? text->len : READ_SIZE))
      return "";
  return ferror(file) ? "read" : NULL;
}

/* Keeps errno. */
static void close_file(FILE *file, const char *filename) {
  int code = errno;
  if (filename)
    fclose(file);
  errno = code;
}

const char *wf_loadchunk_read(Buffer *text, const char *filename,
                              size_t *start) {
  size_t old_len = text->len;
  FILE *file = filename ? fopen(filename, "rb") : stdin;
  if (!file)
    return "open";
  const char *failed = read_all(text, file);
  close_file(file, filename);
  if (!failed)
    *start = old_len + skip_prelude(text->data + old_len, text->len - old_len);
  return failed;
}

static bool push_file_error(Thread *L, const char *step, const char *filename) {
  int code = errno;
  const char *name = filename ? filename : "stdin";
  if (*step == '\0')
    native_push(L, value_from_string(L->vm->memory_message));
  else if (code)
    wf_native_push_format(L, "cannot %s %s: %s", step, name, strerror(code));
  else
    wf_native_push_format(L, "cannot %s %s", step, name);
  return false;
}

/* The text of a long file: what has been read, then more and more at a time,
 * for a token that is cut off is scanned again. */
typedef struct FileReader {
  ChunkReader reader;
  FILE *file;
  Buffer *text;
  size_t start, size; /* next byte to give; bytes to read after that */
} FileReader;

static void read_piece_of_file(Thread *L, ChunkReader *r) {
  FileReader *f = (FileReader *)(void *)r;
  Buffer *text = f->text;
  if (f->start == text->len) {
    bool stopped = L->vm->interrupt & VM_INTERRUPT_STOP;
    text->len = f->start = 0;
    if (!stopped && !feof(f->file) && !ferror(f->file) &&
        !read_some(text, f->file, f->size))
      wf_error_memory(L->vm);
    f->size += f->size / 4;
  }
  r->bytes = text->data + f->start;
  r->len = text->len - f->start;
  f->start = text->len;
}

static bool is_long_text(FILE *file, const Buffer *text, size_t start) {
  return !feof(file) && !ferror(file) && start < text->len &&
         !is_binary(text->data + start, text->len - start);
}

/* Scratch buffers: given back even if a push throws. */
bool wf_native_load_file(Thread *L, const char *filename, const char *mode,
                         Value env) {
  Buffer *text = wf_native_buffer(L), *name = wf_native_buffer(L);
  wf_buffer_byte(name, filename ? '@' : '=');
  wf_buffer_string(name, filename ? filename : "stdin");
  const char *chunk = wf_buffer_cstr(name);
  if (name->failed)
    wf_error_memory(L->vm);
  errno = 0;
  FILE *file = filename ? fopen(filename, "rb") : stdin;
  if (!file) {
    wf_native_buffer_drop(L, name);
    wf_native_buffer_drop(L, text);
    return push_file_error(L, "open", filename);
  }
  const char *failed = read_some(text, file, READ_SIZE) ? NULL : "";
  size_t start = skip_prelude(text->data, text->len);
  bool is_long = is_long_text(file, text, start), loaded = false;
  if (is_long) {
    FileReader f = {{.read = read_piece_of_file}, file, text, start, READ_SIZE};
    loaded = wf_native_load_pieces(L, &f.reader, chunk, name->len, mode, env);
    if (ferror(file)) {
      native_pop(L);
      failed = "read";
    }
  } else if (!failed) {
    failed = read_all(text, file);
    start = skip_prelude(text->data, text->len);
  }
  close_file(file, filename);
  if (failed)
    loaded = push_file_error(L, failed, filename);
  else if (!is_long)
    loaded = wf_native_load(L, text->data + start, text->len - start, chunk,
                            name->len, mode, env);
  wf_native_buffer_drop(L, name);
  wf_native_buffer_drop(L, text);
  native_check_interrupt(L);
  return loaded;
}
