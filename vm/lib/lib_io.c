/* lib_io.c: the io library on stdio.
 *
 * A file is a userdata whose payload is a Stream: the C stream and the way to
 * close it, NULL once closed. The default files are in the registry. Streams
 * are read and written without stdio's locks: a VM is single-threaded.
 *
 * stdout may hold lines print left unflushed (lib_base.c), so whatever could
 * be seen in another order flushes it first: writing to stderr, reading stdin,
 * starting a process. */
#define _GNU_SOURCE /* unlocked stdio */
#include "vm/lib/arg.h"
#include <ctype.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#define FILE_TYPE "FILE*"
#define DEFAULT_INPUT "_IO_input"
#define DEFAULT_OUTPUT "_IO_output"

enum {
  LINES_ARGS_MAX = 250,
  NUMERAL_TEXT_MAX = 200, /* longest numeral read("n") accepts */
  CHUNK = 4096,
  BUFFER_SIZE = 1024 /* default of setvbuf */
};

typedef struct Stream Stream;
typedef int (*CloseFn)(Thread *L, Stream *s);
struct Stream {
  FILE *file;
  CloseFn close; /* NULL: closed */
};

/* ---- streams ------------------------------------------------------------- */

static Stream *stream_arg(Thread *L) {
  return wf_native_check_userdata(L, 1, FILE_TYPE);
}

static FILE *file_arg(Thread *L) {
  Stream *s = stream_arg(L);
  if (!s->close)
    wf_error_format(L, "attempt to use a closed file");
  return s->file;
}

/* A new stream, closed so far, pushed. */
static Stream *push_stream(Thread *L) {
  return wf_native_push_userdata(L, sizeof(Stream), 0, FILE_TYPE);
}

static int close_stream(Thread *L, Stream *s) {
  CloseFn fn = s->close;
  s->close = NULL; /* also when closing fails */
  return fn(L, s);
}

static int close_file(Thread *L, Stream *s) {
  errno = 0;
  return wf_native_file_result(L, fclose(s->file) == 0, NULL);
}

static int close_process(Thread *L, Stream *s) {
  errno = 0;
  return wf_native_exec_result(L, pclose(s->file));
}

static int close_standard(Thread *L, Stream *s) {
  s->close = close_standard; /* stays open */
  native_push(L, VALUE_NIL);
  wf_native_push_cstr(L, "cannot close standard file");
  return 2;
}

static Value default_file(Thread *L, const char *key) {
  VM *vm = L->vm;
  return wf_table_get_string(vm, vm->registry, wf_string_from_cstr(vm, key));
}

static FILE *default_stream(Thread *L, const char *key) {
  Stream *s = wf_native_test_userdata(L, default_file(L, key), FILE_TYPE);
  if (!s || !s->close)
    wf_error_format(L, "default %s file is closed", key + strlen("_IO_"));
  return s->file;
}

/* Opens a file or raises why not; pushed. */
static void push_opened(Thread *L, const char *name, const char *mode) {
  Stream *s = push_stream(L);
  s->file = fopen(name, mode);
  if (!s->file)
    wf_error_format(L, "cannot open file '%s' (%s)", name, strerror(errno));
  s->close = close_file;
}

/* ---- opening and closing ------------------------------------------------- */

static bool is_mode(const char *mode) {
  if (*mode == '\0' || !strchr("rwa", *mode))
    return false;
  mode++;
  if (*mode == '+')
    mode++;
  return strspn(mode, "b") == strlen(mode);
}

static int io_open(Thread *L) {
  const char *name = arg_string(L, 1)->bytes;
  const char *mode =
      native_is_none_or_nil(L, 2) ? "r" : arg_string(L, 2)->bytes;
  arg_check(L, is_mode(mode), 2, "invalid mode");
  Stream *s = push_stream(L);
  errno = 0;
  s->file = fopen(name, mode);
  if (!s->file)
    return wf_native_file_result(L, false, name);
  s->close = close_file;
  return 1;
}

static int io_popen(Thread *L) {
  const char *command = arg_string(L, 1)->bytes;
  const char *mode =
      native_is_none_or_nil(L, 2) ? "r" : arg_string(L, 2)->bytes;
  arg_check(L, (mode[0] == 'r' || mode[0] == 'w') && !mode[1], 2,
            "invalid mode");
  Stream *s = push_stream(L);
  errno = 0;
  fflush(NULL);
  s->file = popen(command, mode);
  if (!s->file)
    return wf_native_file_result(L, false, command);
  s->close = close_process;
  return 1;
}

static int io_tmpfile(Thread *L) {
  Stream *s = push_stream(L);
  errno = 0;
  s->file = tmpfile();
  if (!s->file)
    return wf_native_file_result(L, false, NULL);
  s->close = close_file;
  return 1;
}

static int file_close(Thread *L) {
  file_arg(L);
  return close_stream(L, stream_arg(L));
}

static int io_close(Thread *L) {
  if (native_is_none(L, 1))
    native_push(L, default_file(L, DEFAULT_OUTPUT));
  return file_close(L);
}

static int file_gc(Thread *L) {
  Stream *s = stream_arg(L);
  if (s->close && s->file)
    close_stream(L, s);
  return 0;
}

static int file_tostring(Thread *L) {
  Stream *s = stream_arg(L);
  if (s->close)
    wf_native_push_format(L, "file (%p)", (void *)s->file);
  else
    wf_native_push_cstr(L, "file (closed)");
  return 1;
}

static int io_type(Thread *L) {
  wf_native_check_any(L, 1);
  Stream *s = wf_native_test_userdata(L, L->base[0], FILE_TYPE);
  if (!s)
    native_push(L, VALUE_NIL);
  else
    wf_native_push_cstr(L, s->close ? "file" : "closed file");
  return 1;
}

/* io.input and io.output: sets the default file when one is given. */
static int default_file_function(Thread *L, const char *key, const char *mode) {
  if (!native_is_none_or_nil(L, 1)) {
    Value v = L->base[0];
    if (value_is_string(v) || value_is_number(v)) {
      push_opened(L, wf_native_check_string(L, 1)->bytes, mode);
    } else {
      file_arg(L);
      native_push(L, v);
    }
    wf_native_set_field(L, L->vm->registry, key, L->top[-1]);
  }
  native_push(L, default_file(L, key));
  return 1;
}

static int io_input(Thread *L) {
  return default_file_function(L, DEFAULT_INPUT, "r");
}

static int io_output(Thread *L) {
  return default_file_function(L, DEFAULT_OUTPUT, "w");
}

/* ---- reading numerals ---------------------------------------------------- */

typedef struct NumeralReader {
  FILE *file;
  int c; /* look-ahead */
  int n;
  char text[NUMERAL_TEXT_MAX + 1];
} NumeralReader;

/* Takes the look-ahead into the text; false when the text is full, which then
 * becomes no numeral at all. */
static bool take(NumeralReader *r) {
  if (r->n >= NUMERAL_TEXT_MAX) {
    r->text[0] = '\0';
    r->n = 0;
    return false;
  }
  r->text[r->n++] = (char)r->c;
  r->c = getc_unlocked(r->file);
  return true;
}

static bool take_if(NumeralReader *r, char a, char b) {
  return (r->c == a || r->c == b) && take(r);
}

static int take_digits(NumeralReader *r, bool hex) {
  int n = 0;
  while ((hex ? isxdigit(r->c) : isdigit(r->c)) && take(r))
    n++;
  return n;
}

/* Follows the grammar of numerals as far as it goes, then converts. */
static bool read_numeral(Thread *L, FILE *f) {
  NumeralReader r = {.file = f};
  int digits = 0;
  bool hex = false;
  const char *point = localeconv()->decimal_point;
  do {
    r.c = getc_unlocked(f);
  } while (isspace(r.c));
  take_if(&r, '-', '+');
  if (take_if(&r, '0', '0')) {
    if (take_if(&r, 'x', 'X'))
      hex = true;
    else
      digits = 1;
  }
  digits += take_digits(&r, hex);
  if (take_if(&r, point[0], '.'))
    digits += take_digits(&r, hex);
  if (digits > 0 && take_if(&r, hex ? 'p' : 'e', hex ? 'P' : 'E')) {
    take_if(&r, '-', '+');
    take_digits(&r, false);
  }
  ungetc(r.c, f);
  Numeral v = wf_numeral_parse(r.text, (size_t)r.n);
  if (v.kind == NUMERAL_INT)
    native_push_int(L, v.as.i);
  else if (v.kind == NUMERAL_FLOAT)
    native_push_float(L, v.as.d);
  else
    native_push(L, VALUE_NIL);
  return v.kind != NUMERAL_NONE;
}

/* ---- reading ------------------------------------------------------------- */

static bool at_end(FILE *f) {
  int c = getc_unlocked(f);
  ungetc(c, f);
  return c == EOF;
}

static bool read_line(Thread *L, FILE *f, bool keep_newline) {
  Buffer *b = wf_native_buffer(L);
  int c;
  while ((c = getc_unlocked(f)) != EOF && c != '\n' && LIKELY(!b->failed))
    put_byte(b, c);
  if (c == '\n' && keep_newline)
    put_byte(b, c);
  bool success = c == '\n' || b->len > 0;
  wf_native_buffer_push(L, b);
  return success;
}

/* Appends up to n bytes; false when the buffer cannot grow. */
static bool read_bytes(Buffer *b, FILE *f, size_t n) {
  while (n > 0) {
    size_t want = n < CHUNK ? n : CHUNK;
    if (b->cap - b->len > want)
      want = n < b->cap - b->len ? n : b->cap - b->len;
    if (!wf_buffer_reserve(b, want))
      return false;
    size_t got = fread_unlocked(b->data + b->len, 1, want, f);
    b->len += got;
    n -= got;
    if (got < want)
      break;
  }
  return true;
}

static bool read_chars(Thread *L, FILE *f, size_t n) {
  Buffer *b = wf_native_buffer(L);
  read_bytes(b, f, n);
  bool success = b->len > 0;
  wf_native_buffer_push(L, b);
  return success;
}

/* Reads one format argument; pushes a value, false when there was nothing. */
static bool read_format(Thread *L, FILE *f, int arg) {
  Value v = L->base[arg - 1];
  if (value_is_number(v)) {
    size_t n = (size_t)arg_int(L, arg);
    if (n > PTRDIFF_MAX) /* negative */
      wf_error_memory(L->vm);
    if (n > 0)
      return read_chars(L, f, n);
    push_string(L, L->vm->empty);
    return !at_end(f);
  }
  const char *p = arg_string(L, arg)->bytes;
  if (*p == '*')
    p++;
  switch (*p) {
  case 'n':
    return read_numeral(L, f);
  case 'l':
    return read_line(L, f, false);
  case 'L':
    return read_line(L, f, true);
  case 'a':
    read_chars(L, f, SIZE_MAX);
    return true;
  default:
    wf_native_arg_error(L, arg, "invalid format");
  }
}

/* Reads by the arguments [first, last]; returns the number of results, the
 * last of them nil when its format failed. */
static int read_all_formats(Thread *L, FILE *f, int first, int last) {
  int n = 0;
  bool success = true;
  if (f == stdin)
    fflush(stdout);
  clearerr(f);
  errno = 0;
  if (first > last) {
    success = read_line(L, f, false);
    n = 1;
  } else {
    wf_native_reserve(L, last - first + 1 + NATIVE_STACK);
    for (int i = first; i <= last && success; i++, n++)
      success = read_format(L, f, i);
  }
  if (ferror(f))
    return wf_native_file_result(L, false, NULL);
  if (!success)
    L->top[-1] = VALUE_NIL;
  return n;
}

static int io_read(Thread *L) {
  return read_all_formats(L, default_stream(L, DEFAULT_INPUT), 1,
                          native_count(L));
}

static int file_read(Thread *L) {
  return read_all_formats(L, file_arg(L), 2, native_count(L));
}

/* ---- lines --------------------------------------------------------------- */

/* Upvalues of the iterator. */
enum { LINES_FILE, LINES_COUNT, LINES_CLOSES, LINES_FORMATS };

static int next_line(Thread *L) {
  Function *f = value_as_function(L->base[-2]);
  Stream *s = userdata_payload(value_as_userdata(f->upvals[LINES_FILE].value));
  if (!s->close)
    wf_error_format(L, "file is already closed");
  wf_native_set_count(L, 1);
  int formats = f->extra - LINES_FORMATS;
  wf_native_reserve(L, formats + NATIVE_STACK);
  for (int i = 0; i < formats; i++)
    native_push(L, f->upvals[LINES_FORMATS + i].value);
  int n = read_all_formats(L, s->file, 2, 1 + formats);
  if (!value_is_falsy(L->top[-n]))
    return n;
  if (n > 1 && value_is_string(L->top[-n + 1]))
    wf_error_format(L, "%s", value_as_string(L->top[-n + 1])->bytes);
  f = value_as_function(L->base[-2]);
  if (f->upvals[LINES_CLOSES].value == VALUE_TRUE)
    close_stream(L, s);
  return 0;
}

/* Pushes the iterator over argument 1 with the formats in the others. */
static void push_lines(Thread *L, bool closes) {
  int formats = native_count(L) - 1;
  arg_check(L, formats <= LINES_ARGS_MAX, LINES_ARGS_MAX + 2,
            "too many arguments");
  VM *vm = L->vm;
  Function *f =
      push_native(L, next_line, (uint32_t)(LINES_FORMATS + formats), NULL);
  set_upvalue(vm, f, LINES_FILE, L->base[0]);
  set_upvalue(vm, f, LINES_COUNT, value_from_inline_int(formats));
  set_upvalue(vm, f, LINES_CLOSES, value_from_bool(closes));
  for (int i = 0; i < formats; i++)
    set_upvalue(vm, f, LINES_FORMATS + i, L->base[1 + i]);
}

static int file_lines(Thread *L) {
  file_arg(L);
  push_lines(L, false);
  return 1;
}

static int io_lines(Thread *L) {
  if (native_is_none(L, 1))
    native_push(L, VALUE_NIL);
  if (value_is_nil(L->base[0])) {
    L->base[0] = default_file(L, DEFAULT_INPUT); /* NOBARRIER: N3 */
    file_arg(L);
    push_lines(L, false);
    return 1;
  }
  push_opened(L, arg_string(L, 1)->bytes, "r");
  L->base[0] = native_pop(L); /* NOBARRIER: N3 */
  push_lines(L, true);
  native_push(L, VALUE_NIL);
  native_push(L, VALUE_NIL);
  native_push(L, L->base[0]); /* to be closed by the loop */
  return 4;
}

/* ---- writing ------------------------------------------------------------- */

/* Writes the arguments from `first` on; pushes and returns the file. */
static int write_arguments(Thread *L, FILE *f, Value file, int first) {
  int count = native_count(L);
  bool success = true;
  if (f == stderr)
    fflush(stdout);
  errno = 0;
  for (int i = first; i <= count; i++) {
    Value v = L->base[i - 1];
    if (LIKELY(value_is_string(v))) {
      String *s = value_as_string(v);
      success = success && fwrite_unlocked(s->bytes, 1, s->len, f) == s->len;
    } else if (value_is_number(v)) {
      char text[NUMERAL_MAX];
      size_t n = value_is_int(v) ? wf_numeral_from_int(value_as_int(v), text)
                                 : float_text(value_as_float(v), text);
      /* lua5.4 writes numbers even after a failure */
      bool written = fwrite_unlocked(text, 1, n, f) == n;
      success = success && written;
    } else {
      wf_native_type_error(L, i, "string");
    }
  }
  if (UNLIKELY(!success))
    return wf_native_file_result(L, false, NULL);
  native_push(L, file);
  return 1;
}

static int io_write(Thread *L) {
  FILE *f = default_stream(L, DEFAULT_OUTPUT);
  return write_arguments(L, f, default_file(L, DEFAULT_OUTPUT), 1);
}

static int file_write(Thread *L) {
  FILE *f = file_arg(L);
  return write_arguments(L, f, L->base[0], 2);
}

static int file_seek(Thread *L) {
  static const int origins[] = {SEEK_SET, SEEK_CUR, SEEK_END};
  static const char *const names[] = {"set", "cur", "end", NULL};
  FILE *f = file_arg(L);
  int origin = wf_native_check_option(L, 2, "cur", names);
  off_t offset = (off_t)arg_opt_int(L, 3, 0);
  errno = 0;
  if (fseeko(f, offset, origins[origin]) != 0)
    return wf_native_file_result(L, false, NULL);
  native_push_int(L, (int64_t)ftello(f));
  return 1;
}

static int file_setvbuf(Thread *L) {
  static const int modes[] = {_IONBF, _IOFBF, _IOLBF};
  static const char *const names[] = {"no", "full", "line", NULL};
  FILE *f = file_arg(L);
  int mode = wf_native_check_option(L, 2, NULL, names);
  int64_t size = arg_opt_int(L, 3, BUFFER_SIZE);
  errno = 0;
  return wf_native_file_result(
      L, setvbuf(f, NULL, modes[mode], (size_t)size) == 0, NULL);
}

static int io_flush(Thread *L) {
  FILE *f = default_stream(L, DEFAULT_OUTPUT);
  errno = 0;
  return wf_native_file_result(L, fflush(f) == 0, NULL);
}

static int file_flush(Thread *L) {
  FILE *f = file_arg(L);
  errno = 0;
  return wf_native_file_result(L, fflush(f) == 0, NULL);
}

/* ---- opening the library ------------------------------------------------- */

static void open_metatable(Thread *L) {
  static const NativeReg metamethods[] = {{"__gc", file_gc},
                                          {"__close", file_gc},
                                          {"__tostring", file_tostring},
                                          {NULL, NULL}};
  static const NativeReg methods[] = {
      {"close", file_close}, {"flush", file_flush}, {"lines", file_lines},
      {"read", file_read},   {"seek", file_seek},   {"setvbuf", file_setvbuf},
      {"write", file_write}, {NULL, NULL}};
  wf_native_new_metatable(L, FILE_TYPE);
  Table *meta = value_as_table(L->top[-1]);
  wf_native_register(L, meta, metamethods);
  Table *index = push_table(L, 0, 7);
  wf_native_register(L, index, methods);
  wf_native_set_field(L, meta, "__index", value_from_table(index));
  L->top -= 2;
}

static void add_standard_file(Thread *L, Table *lib, FILE *f, const char *name,
                              const char *default_key) {
  Stream *s = push_stream(L);
  s->file = f;
  s->close = close_standard;
  if (default_key)
    wf_native_set_field(L, L->vm->registry, default_key, L->top[-1]);
  wf_native_set_field(L, lib, name, L->top[-1]);
  native_pop(L);
}

void wf_lib_io_open(Thread *L) {
  static const NativeReg functions[] = {
      {"close", io_close}, {"flush", io_flush}, {"input", io_input},
      {"lines", io_lines}, {"open", io_open},   {"output", io_output},
      {"popen", io_popen}, {"read", io_read},   {"tmpfile", io_tmpfile},
      {"type", io_type},   {"write", io_write}, {NULL, NULL}};
  Table *lib = wf_lib_open_new(L, "io", 14, functions);
  open_metatable(L);
  add_standard_file(L, lib, stdin, "stdin", DEFAULT_INPUT);
  add_standard_file(L, lib, stdout, "stdout", DEFAULT_OUTPUT);
  add_standard_file(L, lib, stderr, "stderr", NULL);
  native_pop(L);
}
