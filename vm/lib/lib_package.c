/* lib_package.c: require and the package table.
 *
 * The functions that look into the package table have it as upvalue 0, so they
 * keep working when the global is replaced. There is no C API a dynamic
 * library could use: loadlib and the C searchers exist, find files as lua5.4
 * does, and say that dynamic libraries are not enabled. */
#define _GNU_SOURCE /* strchrnul */
#include "vm/lib/arg.h"
#include <stdio.h>
#include <stdlib.h>

#define DIR_SEPARATOR "/"
#define PATH_SEPARATOR ";"
#define NO_LIBRARIES                                                           \
  "dynamic libraries not enabled; check your Lua installation"

static const char default_path[] =
    "/usr/local/share/lua/5.4/?.lua;/usr/local/share/lua/5.4/?/init.lua;"
    "/usr/local/lib/lua/5.4/?.lua;/usr/local/lib/lua/5.4/?/init.lua;"
    "/usr/share/lua/5.4/?.lua;/usr/share/lua/5.4/?/init.lua;"
    "./?.lua;./?/init.lua";
static const char default_cpath[] =
    "/usr/local/lib/lua/5.4/?.so;/usr/lib/x86_64-linux-gnu/lua/5.4/?.so;"
    "/usr/lib/lua/5.4/?.so;/usr/local/lib/lua/5.4/loadall.so;./?.so";

static Table *package_table(Thread *L) {
  return value_as_table(*native_upvalue(L, 0));
}

static Value registry_get(VM *vm, const char *key) {
  return wf_table_get_string(vm, vm->registry, wf_string_from_cstr(vm, key));
}

/* ---- finding files ------------------------------------------------------- */

/* Appends text with every `from` replaced; from must not be empty. */
static void put_replaced(Buffer *b, const char *text, const char *from,
                         const char *to) {
  const char *at;
  while ((at = strstr(text, from))) {
    wf_buffer_bytes(b, text, (size_t)(at - text));
    wf_buffer_string(b, to);
    text = at + strlen(from);
  }
  wf_buffer_string(b, text);
}

static bool is_readable(const char *filename) {
  FILE *f = fopen(filename, "r");
  if (f)
    fclose(f);
  return f != NULL;
}

static String *push_replaced(Thread *L, const char *text, const char *from,
                             const char *to) {
  Buffer *b = wf_native_buffer(L);
  put_replaced(b, text, from, to);
  return wf_native_buffer_push(L, b);
}

/* Pushes the first readable file for the name (true), or the list of what was
 * tried (false). */
static bool search_path(Thread *L, const char *name, const char *path,
                        const char *separator, const char *directory) {
  if (*separator && strchr(name, *separator))
    name = push_replaced(L, name, separator, directory)->bytes;
  const char *files = push_replaced(L, path, "?", name)->bytes;
  for (const char *p = files, *end; *p; p = *end ? end + 1 : end) {
    end = strchrnul(p, *PATH_SEPARATOR);
    String *file = wf_native_push_string(L, p, (size_t)(end - p));
    if (is_readable(file->bytes))
      return true;
    native_pop(L);
  }
  Buffer *b = wf_native_buffer(L);
  wf_buffer_string(b, "no file '");
  put_replaced(b, files, PATH_SEPARATOR, "'\n\tno file '");
  wf_buffer_byte(b, '\'');
  wf_native_buffer_push(L, b);
  return false;
}

static int package_searchpath(Thread *L) {
  const char *directory = /* the arguments are checked from the last on */
      native_is_none_or_nil(L, 4) ? DIR_SEPARATOR : arg_string(L, 4)->bytes;
  const char *separator =
      native_is_none_or_nil(L, 3) ? "." : arg_string(L, 3)->bytes;
  const char *path = arg_string(L, 2)->bytes, *name = arg_string(L, 1)->bytes;
  if (search_path(L, name, path, separator, directory))
    return 1;
  Value message = native_pop(L);
  native_push(L, VALUE_NIL);
  native_push(L, message);
  return 2;
}

/* search_path along package[field]. */
static bool find_file(Thread *L, const char *name, const char *field) {
  Value path =
      wf_operate_get_field(L, value_from_table(package_table(L)), field);
  if (value_is_number(path))
    path = value_from_string(wf_convert_number_to_string(L->vm, path));
  if (!value_is_string(path))
    wf_error_format(L, "'package.%s' must be a string", field);
  native_push(L, path);
  return search_path(L, name, value_as_string(path)->bytes, ".", DIR_SEPARATOR);
}

/* ---- searchers ----------------------------------------------------------- */

static int search_preload(Thread *L) {
  String *name = arg_string(L, 1);
  Value preload = registry_get(L->vm, "_PRELOAD");
  Value loader = wf_operate_get(L, preload, L->base[0]);
  if (value_is_nil(loader)) {
    wf_native_push_format(L, "no field package.preload['%s']", name->bytes);
    return 1;
  }
  native_push(L, loader);
  wf_native_push_cstr(L, ":preload:");
  return 2;
}

static NORETURN void load_error(Thread *L, const char *filename,
                                const char *message) {
  wf_error_format(L, "error loading module '%s' from file '%s':\n\t%s",
                  value_as_string(L->base[0])->bytes, filename, message);
}

static int search_lua(Thread *L) {
  if (!find_file(L, arg_string(L, 1)->bytes, "path"))
    return 1;
  String *file = value_as_string(L->top[-1]);
  if (!wf_native_load_file(L, file->bytes, "bt",
                           value_from_table(L->vm->globals)))
    load_error(L, file->bytes, value_as_string(L->top[-1])->bytes);
  push_string(L, file);
  return 2;
}

static int search_c(Thread *L) {
  if (find_file(L, arg_string(L, 1)->bytes, "cpath"))
    load_error(L, value_as_string(L->top[-1])->bytes, NO_LIBRARIES);
  return 1;
}

/* The C library of the module's root: "a" for "a.b.c". */
static int search_c_root(Thread *L) {
  String *name = arg_string(L, 1);
  const char *dot = strchr(name->bytes, '.');
  if (!dot)
    return 0;
  String *root =
      wf_native_push_string(L, name->bytes, (size_t)(dot - name->bytes));
  if (find_file(L, root->bytes, "cpath"))
    load_error(L, value_as_string(L->top[-1])->bytes, NO_LIBRARIES);
  return 1;
}

static int package_loadlib(Thread *L) {
  arg_string(L, 1);
  arg_string(L, 2);
  native_push(L, VALUE_NIL);
  wf_native_push_cstr(L, NO_LIBRARIES);
  wf_native_push_cstr(L, "absent");
  return 3;
}

/* ---- require ------------------------------------------------------------- */

static bool is_text(Value v) {
  return value_is_string(v) || value_is_number(v);
}

/* Asks the searchers in turn. Pushes the loader and its data. */
static void find_loader(Thread *L) {
  Value searchers =
      wf_operate_get_field(L, value_from_table(package_table(L)), "searchers");
  if (!value_is_table(searchers))
    wf_error_format(L, "'package.searchers' must be a table");
  ptrdiff_t searchers_at = L->top - L->base;
  native_push(L, searchers);
  Buffer *messages = wf_native_buffer(L);
  for (int64_t i = 1;; i++) {
    Table *list = value_as_table(L->base[searchers_at]);
    Value searcher = wf_table_get_int(L->vm, list, i);
    if (value_is_nil(searcher))
      wf_error_format(L, "module '%s' not found:%s",
                      value_as_string(L->base[0])->bytes,
                      wf_buffer_cstr(messages));
    native_push(L, searcher);
    native_push(L, L->base[0]);
    wf_call_function(L, 1, 2);
    Value loader = L->top[-2];
    if (value_is_function(loader)) {
      wf_native_buffer_drop(L, messages);
      return;
    }
    if (is_text(loader)) {
      wf_buffer_string(messages, "\n\t");
      put_string(messages, value_is_string(loader)
                               ? value_as_string(loader)
                               : wf_convert_number_to_string(L->vm, loader));
    }
    L->top -= 2;
  }
}

static int package_require(Thread *L) {
  arg_string(L, 1);
  wf_native_set_count(L, 1);
  native_push(L, registry_get(L->vm, "_LOADED"));
  Value loaded = wf_operate_get(L, L->base[1], L->base[0]);
  if (!value_is_falsy(loaded)) {
    native_push(L, loaded);
    return 1;
  }
  find_loader(L);
  ptrdiff_t data = L->top - 1 - L->base;
  native_push(L, L->base[data - 1]);
  native_push(L, L->base[0]);
  native_push(L, L->base[data]);
  wf_call_function(L, 2, 1);
  Value result = native_pop(L);
  if (!value_is_nil(result))
    wf_operate_set(L, L->base[1], L->base[0], result);
  result = wf_operate_get(L, L->base[1], L->base[0]);
  if (value_is_nil(result)) {
    result = VALUE_TRUE;
    wf_operate_set(L, L->base[1], L->base[0], result);
  }
  native_push(L, result);
  native_push(L, L->base[data]);
  return 2;
}

/* ---- opening the library ------------------------------------------------- */

#define VERSION_SUFFIX "_5_4"

/* package[field] from the environment: NAME_5_4, else NAME, where ";;" stands
 * for the default; the default when neither is set or LUA_NOENV says so. */
static void set_path(Thread *L, Table *lib, const char *field,
                     const char *versioned, const char *variable,
                     const char *standard) {
  const char *path = getenv(versioned);
  if (!path)
    path = getenv(variable);
  if (!path || !value_is_falsy(registry_get(L->vm, "LUA_NOENV")))
    path = standard;
  Buffer *b = wf_native_buffer(L);
  const char *mark = strstr(path, PATH_SEPARATOR PATH_SEPARATOR);
  if (!mark) {
    wf_buffer_string(b, path);
  } else {
    if (mark > path) {
      wf_buffer_bytes(b, path, (size_t)(mark - path));
      wf_buffer_string(b, PATH_SEPARATOR);
    }
    wf_buffer_string(b, standard);
    if (mark[2]) {
      wf_buffer_string(b, PATH_SEPARATOR);
      wf_buffer_string(b, mark + 2);
    }
  }
  wf_native_buffer_push(L, b);
  wf_native_set_field(L, lib, field, L->top[-1]);
  native_pop(L);
}

static void open_searchers(Thread *L, Table *lib) {
  static const NativeFn searchers[] = {search_preload, search_lua, search_c,
                                       search_c_root};
  Table *list = push_table(L, ARRAY_LEN(searchers), 0);
  for (size_t i = 0; i < ARRAY_LEN(searchers); i++) {
    Function *f = wf_function_new_native(L->vm, searchers[i], 1, NULL);
    set_upvalue(L->vm, f, 0, value_from_table(lib));
    wf_table_set_int(L->vm, list, (int64_t)i + 1, value_from_function(f));
  }
  wf_native_set_field(L, lib, "searchers", value_from_table(list));
  native_pop(L);
}

void wf_lib_package_open(Thread *L) {
  static const NativeReg functions[] = {{"loadlib", package_loadlib},
                                        {"searchpath", package_searchpath},
                                        {NULL, NULL}};
  VM *vm = L->vm;
  Table *lib = wf_lib_open_new(L, "package", 8, functions);
  open_searchers(L, lib);
  set_path(L, lib, "path", "LUA_PATH" VERSION_SUFFIX, "LUA_PATH", default_path);
  set_path(L, lib, "cpath", "LUA_CPATH" VERSION_SUFFIX, "LUA_CPATH",
           default_cpath);
  String *config = wf_string_from_cstr(vm, "/\n;\n?\n!\n-\n");
  wf_native_set_field(L, lib, "config", value_from_string(config));
  wf_native_set_field(L, lib, "loaded", registry_get(vm, "_LOADED"));
  Table *preload = push_table(L, 0, 0);
  wf_native_set_field(L, vm->registry, "_PRELOAD", value_from_table(preload));
  wf_native_set_field(L, lib, "preload", value_from_table(preload));
  Function *require = push_native(L, package_require, 1, "require");
  set_upvalue(vm, require, 0, value_from_table(lib));
  wf_native_set_field(L, vm->globals, "require", value_from_function(require));
  L->top -= 3;
}
