/* lib_base.c: the basic functions. pcall, xpcall and what coroutines need are
 * natives of the interpreter (exec/protect.h).
 *
 * print leaves its lines in stdio's buffer when nobody can be waiting for
 * them, that is when stdout is a regular file or a device that is no terminal:
 * a write per line would cost more than everything else in it. Pipes and
 * terminals are flushed at every print as lua5.4 does. */
#define _GNU_SOURCE /* unlocked stdio */
#include "vm/exec/protect.h"
#include "vm/lib/arg.h"
#include <ctype.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- output -------------------------------------------------------------- */

static bool stdout_is_watched(void) {
  static int watched = -1;
  struct stat st;
  if (UNLIKELY(watched < 0))
    watched = fstat(STDOUT_FILENO, &st) != 0 ||
              !(S_ISREG(st.st_mode) ||
                (S_ISCHR(st.st_mode) && !isatty(STDOUT_FILENO)));
  return watched;
}

static void print_value(Thread *L, Value v) {
  char text[NUMERAL_MAX];
  if (LIKELY(value_is_string(v))) {
    String *s = value_as_string(v);
    fwrite_unlocked(s->bytes, 1, s->len, stdout);
  } else if (value_is_int(v)) {
    fwrite_unlocked(text, 1, wf_numeral_from_int(value_as_int(v), text),
                    stdout);
  } else {
    String *s = wf_operate_tostring(L, v);
    fwrite_unlocked(s->bytes, 1, s->len, stdout);
  }
}

static int base_print(Thread *L) {
  int n = native_count(L);
  for (int i = 0; i < n; i++) {
    if (i > 0)
      putc_unlocked('\t', stdout);
    print_value(L, L->base[i]);
  }
  putc_unlocked('\n', stdout);
  if (stdout_is_watched())
    fflush_unlocked(stdout);
  return 0;
}

static int base_warn(Thread *L) {
  VM *vm = L->vm;
  int n = native_count(L);
  arg_string(L, 1);
  for (int i = 2; i <= n; i++)
    arg_string(L, i);
  for (int i = 1; i <= n && vm->warn; i++)
    vm->warn(vm, value_as_string(L->base[i - 1])->bytes, i < n);
  return 0;
}

/* ---- errors -------------------------------------------------------------- */

/* Throws v, with the position of `level` before it when it is a string. */
static NORETURN void throw_at(Thread *L, Value v, int level) {
  if (!value_is_string(v) || level <= 0)
    wf_error_throw(L, v);
  String *s = value_as_string(v), *where = wf_error_where(L, level);
  Buffer *b = wf_native_buffer(L);
  put_string(b, where);
  put_string(b, s);
  wf_error_throw(L, value_from_string(wf_native_buffer_push(L, b)));
}

static int base_error(Thread *L) {
  int level = (int)arg_opt_int(L, 2, 1);
  throw_at(L, native_arg(L, 1), level);
}

static int base_assert(Thread *L) {
  if (LIKELY(arg_truth(L, 1)))
    return native_count(L);
  wf_native_check_any(L, 1);
  Value message =
      native_count(L) > 1
          ? L->base[1]
          : value_from_string(wf_string_from_cstr(L->vm, "assertion failed!"));
  throw_at(L, message, 1);
}

/* ---- types and conversions ----------------------------------------------- */

/* The names are upvalues, by BasicType. */
static int base_type(Thread *L) {
  wf_native_check_any(L, 1);
  native_push(L, *native_upvalue(L, wf_state_type_of(L->base[0])));
  return 1;
}

static void open_type(Thread *L) {
  Function *f = push_native(L, base_type, TYPE_COUNT, "type");
  f->flags = TYPE_COUNT; /* hidden, as lua5.4 has none */
  for (int i = 0; i < TYPE_COUNT; i++)
    set_upvalue(
        L->vm, f, i,
        value_from_string(wf_string_from_cstr(L->vm, wf_state_type_names[i])));
  wf_native_set_field(L, L->vm->globals, "type", value_from_function(f));
  native_pop(L);
}

static int base_tostring(Thread *L) {
  wf_native_check_any(L, 1);
  Value v = L->base[0];
  if (value_is_string(v))
    native_push(L, v);
  else if (value_is_number(v) && !L->vm->metatables[TYPE_NUMBER])
    wf_native_push_number_text(L, v);
  else
    push_string(L, wf_operate_tostring(L, v));
  return 1;
}

/* Value of a digit or letter in bases up to 36; 36 for anything else. */
static int digit_value(char c) {
  if (isdigit((unsigned char)c))
    return c - '0';
  return isalpha((unsigned char)c) ? toupper((unsigned char)c) - 'A' + 10 : 36;
}

static const char *skip_space(const char *p) {
  return p + strspn(p, " \f\n\r\t\v");
}

/* The whole of s as an integer in this base; false when it is none. */
static bool parse_in_base(const String *s, int base, int64_t *out) {
  const char *p = skip_space(s->bytes);
  bool negative = *p == '-';
  if (*p == '-' || *p == '+')
    p++;
  if (!isalnum((unsigned char)*p))
    return false;
  uint64_t n = 0;
  do {
    int digit = digit_value(*p);
    if (digit >= base)
      return false;
    n = n * (uint64_t)base + (uint64_t)digit;
  } while (isalnum((unsigned char)*++p));
  if (skip_space(p) != s->bytes + s->len)
    return false;
  *out = (int64_t)(negative ? 0 - n : n);
  return true;
}

static int base_tonumber(Thread *L) {
  Value v = native_arg(L, 1), result = VALUE_NIL;
  if (native_is_none_or_nil(L, 2)) {
    if (value_is_number(v))
      result = v;
    else if (value_is_string(v))
      result = wf_convert_string_to_number(L->vm, value_as_string(v));
    else
      wf_native_check_any(L, 1);
  } else {
    int64_t base = arg_int(L, 2), i;
    wf_native_check_type(L, 1, TYPE_STRING);
    arg_check(L, base >= 2 && base <= 36, 2, "base out of range");
    if (parse_in_base(value_as_string(v), (int)base, &i))
      result = value_from_int(L->vm, i);
  }
  native_push(L, result);
  return 1;
}

static int base_select(Thread *L) {
  int n = native_count(L);
  Value v = native_arg(L, 1);
  if (value_is_string(v) && value_as_string(v)->bytes[0] == '#') {
    native_push_int(L, n - 1);
    return 1;
  }
  int64_t i = arg_int(L, 1);
  if (i < 0)
    i += n;
  else if (i > n)
    i = n;
  arg_check(L, i >= 1, 1, "index out of range");
  return n - (int)i;
}

/* ---- tables -------------------------------------------------------------- */

static int base_getmetatable(Thread *L) {
  wf_native_check_any(L, 1);
  VM *vm = L->vm;
  Table *meta = wf_state_metatable(vm, L->base[0]);
  Value result = VALUE_NIL;
  if (meta) {
    result = wf_table_get_string(vm, meta, vm->event_names[EVENT_METATABLE]);
    if (value_is_nil(result))
      result = value_from_table(meta);
  }
  native_push(L, result);
  return 1;
}

static int base_setmetatable(Thread *L) {
  VM *vm = L->vm;
  Table *t = wf_native_check_table(L, 1);
  Value meta = native_arg(L, 2);
  if (!value_is_table(meta) && (native_is_none(L, 2) || !value_is_nil(meta)))
    wf_native_type_error(L, 2, "nil or table");
  if (t->meta && !value_is_nil(wf_table_get_string(
                     vm, t->meta, vm->event_names[EVENT_METATABLE])))
    wf_error_format(L, "cannot change a protected metatable");
  wf_table_set_meta(vm, t, value_is_table(meta) ? value_as_table(meta) : NULL);
  native_push(L, L->base[0]);
  return 1;
}

static int base_rawget(Thread *L) {
  Table *t = wf_native_check_table(L, 1);
  wf_native_check_any(L, 2);
  native_push(L, wf_table_get(L->vm, t, L->base[1]));
  return 1;
}

static int base_rawset(Thread *L) {
  Table *t = wf_native_check_table(L, 1);
  wf_native_check_any(L, 2);
  wf_native_check_any(L, 3);
  Value key = L->base[1];
  if (value_is_nil(key))
    wf_error_runtime(L, "table index is nil");
  if (value_is_nan(key))
    wf_error_runtime(L, "table index is NaN");
  protect_repeatable(L->vm);
  wf_table_set(L->vm, t, key, L->base[2]);
  protect_done(L->vm);
  native_push(L, L->base[0]);
  return 1;
}

static int base_rawequal(Thread *L) {
  wf_native_check_any(L, 1);
  wf_native_check_any(L, 2);
  native_push_bool(L, wf_convert_raw_equal(L->base[0], L->base[1]));
  return 1;
}

static int base_rawlen(Thread *L) {
  Value v = native_arg(L, 1);
  if (value_is_table(v))
    native_push_int(L, wf_table_length(L->vm, value_as_table(v)));
  else if (value_is_string(v))
    native_push_int(L, value_as_string(v)->len);
  else
    wf_native_type_error(L, 1, "table or string");
  return 1;
}

/* ---- iteration ----------------------------------------------------------- */

static int base_next(Thread *L) {
  Table *t = wf_native_check_table(L, 1);
  Value entry[2];
  int found = wf_table_next(L->vm, t, native_arg(L, 2), entry);
  if (LIKELY(found > 0)) {
    native_push(L, entry[0]);
    native_push(L, entry[1]);
    return 2;
  }
  if (found < 0)
    wf_error_runtime(L, "invalid key to 'next'");
  native_push(L, VALUE_NIL);
  return 1;
}

static int base_pairs(Thread *L) {
  wf_native_check_any(L, 1);
  VM *vm = L->vm;
  Value method = VALUE_NIL;
  if (wf_state_metatable(vm, L->base[0]))
    method = wf_operate_metamethod(vm, L->base[0], EVENT_PAIRS);
  if (LIKELY(value_is_nil(method))) {
    native_push(L, value_from_function(vm->next_function));
    native_push(L, L->base[0]);
    native_push(L, VALUE_NIL);
    return 3;
  }
  native_push(L, method);
  native_push(L, L->base[0]);
  return wf_native_tail_call(L, 1, 3);
}

static int ipairs_next(Thread *L) {
  int64_t i = (int64_t)((uint64_t)arg_int(L, 2) + 1);
  Value object = native_arg(L, 1), v;
  if (value_is_table(object) && !value_as_table(object)->meta)
    v = wf_table_get_int(L->vm, value_as_table(object), i);
  else
    v = wf_operate_get(L, object, value_from_int(L->vm, i));
  if (!value_is_nil(v))
    native_push_int(L, i);
  native_push(L, v);
  return value_is_nil(v) ? 1 : 2;
}

static int base_ipairs(Thread *L) {
  wf_native_check_any(L, 1);
  native_push(L, value_from_function(L->vm->ipairs_iterator));
  native_push(L, L->base[0]);
  native_push(L, value_from_inline_int(0));
  return 3;
}

/* ---- loading ------------------------------------------------------------- */

/* The results of a load: the function on top, or nil and the message. */
static int load_result(Thread *L, bool loaded) {
  if (loaded)
    return 1;
  Value message = native_pop(L);
  native_push(L, VALUE_NIL);
  native_push(L, message);
  return 2;
}

/* The next result of the reader, argument 1; kept in argument slot 5. */
static void read_piece(Thread *L, ChunkReader *r) {
  native_push(L, L->base[0]);
  wf_call_function(L, 0, 1);
  Value v = native_pop(L);
  r->len = 0;
  if (value_is_nil(v))
    return;
  if (value_is_number(v))
    v = value_from_string(wf_convert_number_to_string(L->vm, v));
  if (!value_is_string(v))
    wf_error_format(L, "reader function must return a string");
  L->base[4] = v;
  r->bytes = value_as_string(v)->bytes;
  r->len = value_as_string(v)->len;
}

static int load_from_reader(Thread *L, const char *mode, Value env) {
  String *name = wf_native_opt_string(L, 2, NULL);
  const char *name_bytes = name ? name->bytes : "=(load)";
  size_t name_len = name ? name->len : strlen("=(load)");
  wf_native_check_type(L, 1, TYPE_FUNCTION);
  wf_native_set_count(L, 5);
  ChunkReader reader = {.read = read_piece, .bytes = ""};
  return load_result(L, wf_native_load_pieces(L, &reader, name_bytes, name_len,
                                              mode, env));
}

static int base_load(Thread *L) {
  Value chunk = native_arg(L, 1);
  const char *mode =
      native_is_none_or_nil(L, 3) ? "bt" : arg_string(L, 3)->bytes;
  Value env =
      native_is_none(L, 4) ? value_from_table(L->vm->globals) : L->base[3];
  if (!value_is_string(chunk) && !value_is_number(chunk))
    return load_from_reader(L, mode, env);
  String *s = arg_string(L, 1);
  String *name = wf_native_opt_string(L, 2, s);
  return load_result(L, wf_native_load(L, s->bytes, s->len, name->bytes,
                                       name->len, mode, env));
}

static const char *opt_filename(Thread *L) {
  return native_is_none_or_nil(L, 1) ? NULL : arg_string(L, 1)->bytes;
}

static int base_loadfile(Thread *L) {
  const char *filename = opt_filename(L);
  const char *mode =
      native_is_none_or_nil(L, 2) ? "bt" : arg_string(L, 2)->bytes;
  Value env =
      native_is_none(L, 3) ? value_from_table(L->vm->globals) : L->base[2];
  return load_result(L, wf_native_load_file(L, filename, mode, env));
}

static int base_dofile(Thread *L) {
  const char *filename = opt_filename(L);
  wf_native_set_count(L, 1);
  if (!wf_native_load_file(L, filename, "bt", value_from_table(L->vm->globals)))
    wf_error_throw(L, native_pop(L));
  return wf_native_tail_call(L, 0, CALL_ALL);
}

/* ---- the collector ------------------------------------------------------- */

enum { GC_PARAMETER_UNIT = 4 }; /* lua5.4 keeps percentages in a byte, / 4 */

static int parameter(int64_t percent) {
  return (uint8_t)(percent / GC_PARAMETER_UNIT) * GC_PARAMETER_UNIT;
}

static int push_mode(Thread *L, bool was_generational) {
  wf_native_push_cstr(L, was_generational ? "generational" : "incremental");
  return 1;
}

static int set_incremental(Thread *L) {
  int64_t pause = arg_opt_int(L, 2, 0), multiplier = arg_opt_int(L, 3, 0);
  arg_opt_int(L, 4, 0); /* step size: steps here are bounded by time */
  if (pause != 0)
    wf_gc_set_pause(L->vm, parameter(pause));
  if (multiplier != 0)
    wf_gc_set_step_multiplier(L->vm, parameter(multiplier));
  return push_mode(L, wf_gc_set_generational(L->vm, false));
}

static int set_generational(Thread *L) {
  arg_opt_int(L, 2, 0); /* for minor collections, which weft has not */
  int64_t major = arg_opt_int(L, 3, 0);
  if (major != 0)
    wf_gc_set_major_multiplier(L->vm, parameter(major));
  return push_mode(L, wf_gc_set_generational(L->vm, true));
}

static int base_collectgarbage(Thread *L) {
  enum {
    STOP,
    RESTART,
    COLLECT,
    COUNT,
    STEP,
    SET_PAUSE,
    SET_MULTIPLIER,
    IS_RUNNING,
    GENERATIONAL,
    INCREMENTAL
  };
  static const char *const options[] = {
      "stop",         "restart",     "collect",    "count",
      "step",         "setpause",    "setstepmul", "isrunning",
      "generational", "incremental", NULL};
  VM *vm = L->vm;
  int option = wf_native_check_option(L, 1, "collect", options);
  int64_t n = 0;
  if (option == STEP || option == SET_PAUSE || option == SET_MULTIPLIER)
    n = arg_opt_int(L, 2, 0);
  if (wf_gc_in_finalizer(vm)) {
    native_push(L, VALUE_NIL);
    return 1;
  }
  switch (option) {
  case STOP:
    wf_gc_stop(vm);
    break;
  case RESTART:
    wf_gc_restart(vm);
    break;
  case COLLECT:
    wf_gc_full(L, true);
    native_check_interrupt(L);
    break;
  case COUNT:
    native_push_float(L, (double)wf_gc_count_bytes(vm) / 1024.0);
    return 1;
  case STEP: {
    /* weft's own third argument: microseconds the step may take */
    int64_t us = native_is_none(L, 3) ? 0 : arg_opt_int(L, 3, 0);
    bool finished =
        us > 0 ? wf_gc_step_time(L, (uint64_t)us) : wf_gc_step_kbytes(L, n);
    native_push_bool(L, finished);
    return 1;
  }
  case SET_PAUSE:
    native_push_int(L, wf_gc_set_pause(vm, parameter(n)));
    return 1;
  case SET_MULTIPLIER:
    native_push_int(L, wf_gc_set_step_multiplier(vm, parameter(n)));
    return 1;
  case IS_RUNNING:
    native_push_bool(L, wf_gc_is_running(vm));
    return 1;
  case GENERATIONAL:
    return set_generational(L);
  default:
    return set_incremental(L);
  }
  native_push_int(L, 0);
  return 1;
}

/* ---- opening the library ------------------------------------------------- */

/* next and the iterator of ipairs are known to the interpreter, which runs
 * generic for loops over them without calls. */
static void open_iterators(Thread *L) {
  VM *vm = L->vm;
  vm->next_function = wf_function_new_native(vm, base_next, 0, "next");
  vm->ipairs_iterator = wf_function_new_native(vm, ipairs_next, 0, NULL);
  wf_native_set_field(L, vm->globals, "next",
                      value_from_function(vm->next_function));
}

void wf_lib_base_open(Thread *L) {
  static const NativeReg functions[] = {{"assert", base_assert},
                                        {"collectgarbage", base_collectgarbage},
                                        {"dofile", base_dofile},
                                        {"error", base_error},
                                        {"getmetatable", base_getmetatable},
                                        {"ipairs", base_ipairs},
                                        {"load", base_load},
                                        {"loadfile", base_loadfile},
                                        {"pairs", base_pairs},
                                        {"pcall", wf_protect_pcall},
                                        {"print", base_print},
                                        {"rawequal", base_rawequal},
                                        {"rawget", base_rawget},
                                        {"rawlen", base_rawlen},
                                        {"rawset", base_rawset},
                                        {"select", base_select},
                                        {"setmetatable", base_setmetatable},
                                        {"tonumber", base_tonumber},
                                        {"tostring", base_tostring},
                                        {"warn", base_warn},
                                        {"xpcall", wf_protect_xpcall},
                                        {NULL, NULL}};
  VM *vm = L->vm;
  Value globals = value_from_table(vm->globals);
  wf_native_register(L, vm->globals, functions);
  open_type(L);
  open_iterators(L);
  wf_native_set_field(L, vm->globals, "_G", globals);
  String *version = wf_string_from_cstr(vm, "Lua 5.4");
  wf_native_set_field(L, vm->globals, "_VERSION", value_from_string(version));
  Value loaded =
      wf_table_get_string(vm, vm->registry, wf_string_from_cstr(vm, "_LOADED"));
  if (value_is_table(loaded))
    wf_native_set_field(L, value_as_table(loaded), "_G", globals);
}
