/* lib_os.c: the os library. */
#include "vm/exec/open.h"
#include "vm/lib/arg.h"
#include "vm/lib/str_pattern.h"
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* ---- processes and files ------------------------------------------------- */

static int os_execute(Thread *L) {
  const char *command =
      native_is_none_or_nil(L, 1) ? NULL : arg_string(L, 1)->bytes;
  fflush(stdout); /* print may have left its lines in the buffer */
  errno = 0;
  int status = system(command);
  if (command)
    return wf_native_exec_result(L, status);
  native_push_bool(L, status != 0);
  return 1;
}

static int os_exit(Thread *L) {
  Value v = native_arg(L, 1);
  int status = value_is_bool(v)
                   ? (v == VALUE_TRUE ? EXIT_SUCCESS : EXIT_FAILURE)
                   : (int)arg_opt_int(L, 1, EXIT_SUCCESS);
  if (arg_truth(L, 2))
    wf_open_close(L->vm);
  exit(status);
}

static int os_getenv(Thread *L) {
  const char *value = getenv(arg_string(L, 1)->bytes);
  if (value)
    wf_native_push_cstr(L, value);
  else
    native_push(L, VALUE_NIL);
  return 1;
}

static int os_remove(Thread *L) {
  const char *name = arg_string(L, 1)->bytes;
  errno = 0;
  return wf_native_file_result(L, remove(name) == 0, name);
}

static int os_rename(Thread *L) {
  const char *from = arg_string(L, 1)->bytes, *to = arg_string(L, 2)->bytes;
  errno = 0;
  return wf_native_file_result(L, rename(from, to) == 0, NULL);
}

static int os_tmpname(Thread *L) {
  char name[] = "/tmp/lua_XXXXXX";
  int fd = mkstemp(name);
  if (fd == -1)
    wf_error_format(L, "unable to generate a unique filename");
  close(fd);
  wf_native_push_cstr(L, name);
  return 1;
}

static int os_setlocale(Thread *L) {
  static const int categories[] = {LC_ALL,      LC_COLLATE, LC_CTYPE,
                                   LC_MONETARY, LC_NUMERIC, LC_TIME};
  static const char *const names[] = {"all",     "collate", "ctype", "monetary",
                                      "numeric", "time",    NULL};
  const char *locale =
      native_is_none_or_nil(L, 1) ? NULL : arg_string(L, 1)->bytes;
  int category = wf_native_check_option(L, 2, "all", names);
  const char *result = setlocale(categories[category], locale);
  wf_str_pattern_locale_changed();
  if (result)
    wf_native_push_cstr(L, result);
  else
    native_push(L, VALUE_NIL);
  return 1;
}

/* ---- time ---------------------------------------------------------------- */

static int os_clock(Thread *L) {
  native_push_float(L, (double)clock() / (double)CLOCKS_PER_SEC);
  return 1;
}

static void set_int(Thread *L, Table *t, const char *key, int value,
                    int delta) {
  wf_native_set_field(L, t, key, value_from_inline_int((int64_t)value + delta));
}

static void set_all_fields(Thread *L, Table *t, const struct tm *tm) {
  set_int(L, t, "year", tm->tm_year, 1900);
  set_int(L, t, "month", tm->tm_mon, 1);
  set_int(L, t, "day", tm->tm_mday, 0);
  set_int(L, t, "hour", tm->tm_hour, 0);
  set_int(L, t, "min", tm->tm_min, 0);
  set_int(L, t, "sec", tm->tm_sec, 0);
  set_int(L, t, "yday", tm->tm_yday, 1);
  set_int(L, t, "wday", tm->tm_wday, 1);
  if (tm->tm_isdst >= 0) /* otherwise unknown */
    wf_native_set_field(L, t, "isdst", value_from_bool(tm->tm_isdst > 0));
}

/* Length of the strftime conversion at p (behind the '%'); 0 when invalid. */
static size_t conversion_length(const char *p) {
  if (*p == '\0')
    return 0;
  if (strchr("aAbBcCdDeFgGhHIjmMnprRStTuUVwWxXyYzZ%", *p))
    return 1;
  const char *modified = *p == 'E'   ? "cCxXyY"
                         : *p == 'O' ? "deHImMSuUVwWy"
                                     : "";
  return p[1] && strchr(modified, p[1]) ? 2 : 0;
}

static void put_date(Thread *L, Buffer *b, const String *format,
                     const struct tm *tm, const char *p) {
  enum { ITEM_MAX = 250 };
  const char *end = format->bytes + format->len;
  while (p < end) {
    if (*p != '%') {
      put_byte(b, *p++);
      continue;
    }
    size_t n = conversion_length(++p);
    if (n == 0) {
      String *text =
          wf_native_push_format(L, "invalid conversion specifier '%%%s'", p);
      wf_native_arg_error(L, 1, text->bytes);
    }
    char conversion[4] = {'%', p[0], n == 2 ? p[1] : '\0', '\0'};
    p += n;
    if (!wf_buffer_reserve(b, ITEM_MAX))
      wf_error_memory(L->vm);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    b->len += strftime(b->data + b->len, ITEM_MAX, conversion, tm);
#pragma GCC diagnostic pop
  }
}

static int os_date(Thread *L) {
  VM *vm = L->vm;
  String *format = native_is_none_or_nil(L, 1) ? wf_string_new(vm, "%c", 2)
                                               : arg_string(L, 1);
  time_t t = native_is_none_or_nil(L, 2) ? time(NULL) : (time_t)arg_int(L, 2);
  const char *p = format->bytes;
  struct tm buffer, *tm;
  if (*p == '!') {
    tm = gmtime_r(&t, &buffer);
    p++;
  } else {
    tm = localtime_r(&t, &buffer);
  }
  if (!tm)
    wf_error_format(L,
                    "date result cannot be represented in this installation");
  if (strcmp(p, "*t") == 0) {
    set_all_fields(L, push_table(L, 0, 9), tm);
    return 1;
  }
  Buffer *b = wf_native_buffer(L);
  put_date(L, b, format, tm, p);
  wf_native_buffer_push(L, b);
  return 1;
}

/* Integer field of the date table, less delta; absent: its default, negative
 * when the field is required. GC: may run Lua. */
static int get_field(Thread *L, const char *key, int absent, int delta) {
  Value v = wf_operate_get_field(L, L->base[0], key);
  int64_t i;
  if (!wf_convert_to_int(L->vm, v, true, &i)) {
    if (!value_is_nil(v))
      wf_error_format(L, "field '%s' is not an integer", key);
    if (absent < 0)
      wf_error_format(L, "field '%s' missing in date table", key);
    return absent;
  }
  bool fits = i >= 0 ? i - delta <= INT_MAX : INT_MIN + delta <= i;
  if (!fits)
    wf_error_format(L, "field '%s' is out-of-bound", key);
  return (int)(i - delta);
}

/* Writes the normalised date back into the table given. GC: may run Lua. */
static void update_fields(Thread *L, const struct tm *tm) {
  Table *fields = push_table(L, 0, 9);
  set_all_fields(L, fields, tm);
  uint32_t cursor = 0;
  Value entry[2];
  while (wf_table_next_at(L->vm, fields, &cursor, entry))
    wf_operate_set(L, L->base[0], entry[0], entry[1]);
  native_pop(L);
}

static int os_time(Thread *L) {
  time_t t;
  if (native_is_none_or_nil(L, 1)) {
    t = time(NULL);
  } else {
    wf_native_check_table(L, 1);
    wf_native_set_count(L, 1);
    struct tm tm = {0};
    tm.tm_year = get_field(L, "year", -1, 1900);
    tm.tm_mon = get_field(L, "month", -1, 1);
    tm.tm_mday = get_field(L, "day", -1, 0);
    tm.tm_hour = get_field(L, "hour", 12, 0);
    tm.tm_min = get_field(L, "min", 0, 0);
    tm.tm_sec = get_field(L, "sec", 0, 0);
    Value dst = wf_operate_get_field(L, L->base[0], "isdst");
    tm.tm_isdst = value_is_nil(dst) ? -1 : !value_is_falsy(dst);
    t = mktime(&tm);
    update_fields(L, &tm);
  }
  if (t == (time_t)-1)
    wf_error_format(L,
                    "time result cannot be represented in this installation");
  native_push_int(L, t);
  return 1;
}

static int os_difftime(Thread *L) {
  time_t a = (time_t)arg_int(L, 1);
  native_push_float(L, difftime(a, (time_t)arg_int(L, 2)));
  return 1;
}

void wf_lib_os_open(Thread *L) {
  static const NativeReg functions[] = {
      {"clock", os_clock},         {"date", os_date},
      {"difftime", os_difftime},   {"execute", os_execute},
      {"exit", os_exit},           {"getenv", os_getenv},
      {"remove", os_remove},       {"rename", os_rename},
      {"setlocale", os_setlocale}, {"time", os_time},
      {"tmpname", os_tmpname},     {NULL, NULL}};
  wf_lib_open_new(L, "os", 11, functions);
  native_pop(L);
}
