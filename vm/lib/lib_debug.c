/* lib_debug.c: the debug library on exec/debuginfo.h.
 *
 * Many functions take a thread as an optional first argument: Target says
 * which thread is meant and how many arguments that took. Hook functions are
 * in a weak table in the registry, by thread; one C hook looks them up. */
#include "vm/exec/debuginfo.h"
#include "vm/exec/frame.h"
#include "vm/lib/arg.h"
#include <limits.h>
#include <stdio.h>

#define HOOK_TABLE "_HOOKKEY"

typedef struct Target {
  Thread *thread;
  int skip; /* arguments before the function's own */
} Target;

static Target target(Thread *L) {
  Value v = native_arg(L, 1);
  if (value_is_thread(v))
    return (Target){value_as_thread(v), 1};
  return (Target){L, 0};
}

static void push_name(Thread *L, const char *name) {
  if (name)
    wf_native_push_cstr(L, name);
  else
    native_push(L, VALUE_NIL);
}

/* The level in argument i as a frame; false when there is none. */
static bool find_frame(Thread *L, Thread *of, int i, FrameRef *frame) {
  int64_t level = arg_int(L, i);
  return level >= 0 && level <= INT_MAX &&
         wf_debuginfo_frame(of, (int)level, frame);
}

/* ---- getinfo ------------------------------------------------------------- */

static void set_text(Thread *L, Table *t, const char *key, const char *text) {
  wf_native_set_field(L, t, key,
                      text ? value_from_string(wf_string_from_cstr(L->vm, text))
                           : VALUE_NIL);
}

static void set_int(Thread *L, Table *t, const char *key, int i) {
  wf_native_set_field(L, t, key, value_from_inline_int(i));
}

static void set_flag(Thread *L, Table *t, const char *key, bool flag) {
  wf_native_set_field(L, t, key, value_from_bool(flag));
}

static void set_source_fields(Thread *L, Table *t, const DebugInfo *info) {
  String *source = wf_string_new(L->vm, info->source, info->source_len);
  wf_native_set_field(L, t, "source", value_from_string(source));
  set_text(L, t, "short_src", info->short_src);
  set_int(L, t, "linedefined", info->line_defined);
  set_int(L, t, "lastlinedefined", info->last_line);
  set_text(L, t, "what", info->what);
}

static void set_active_lines(Thread *L, Table *t, Value f) {
  if (!value_is_function(f) || function_is_native(value_as_function(f)))
    return;
  Table *lines = wf_table_new(L->vm, 0, 0);
  wf_native_set_field(L, t, "activelines", value_from_table(lines));
  wf_debuginfo_active_lines(L, f, lines);
}

static void set_fields(Thread *L, Table *t, const char *options,
                       const DebugInfo *info, Value f) {
  if (strchr(options, 'S'))
    set_source_fields(L, t, info);
  if (strchr(options, 'l'))
    set_int(L, t, "currentline", info->current_line);
  if (strchr(options, 'u')) {
    set_int(L, t, "nups", info->nups);
    set_int(L, t, "nparams", info->nparams);
    set_flag(L, t, "isvararg", info->is_vararg);
  }
  if (strchr(options, 'n')) {
    set_text(L, t, "name", info->name);
    set_text(L, t, "namewhat", info->namewhat ? info->namewhat : "");
  }
  if (strchr(options, 'r')) {
    set_int(L, t, "ftransfer", info->first_transfer);
    set_int(L, t, "ntransfer", info->transfer_count);
  }
  if (strchr(options, 't'))
    set_flag(L, t, "istailcall", info->is_tail_call);
  if (strchr(options, 'L'))
    set_active_lines(L, t, f);
  if (strchr(options, 'f'))
    wf_native_set_field(L, t, "func", f);
}

static int debug_getinfo(Thread *L) {
  Target of = target(L);
  int at = of.skip + 1;
  const char *options = native_is_none_or_nil(L, at + 1)
                            ? "flnSrtu"
                            : arg_string(L, at + 1)->bytes;
  arg_check(L, options[0] != '>', at + 1, "invalid option '>'");
  Value f = native_arg(L, at);
  FrameRef frame;
  bool has_frame = !value_is_function(f);
  if (has_frame) {
    if (!find_frame(L, of.thread, at, &frame)) {
      native_push(L, VALUE_NIL);
      return 1;
    }
    f = wf_debuginfo_function(of.thread, &frame);
  }
  arg_check(L, strspn(options, "SlnrutLf") == strlen(options), at + 1,
            "invalid option");
  DebugInfo info;
  wf_debuginfo_get(of.thread, has_frame ? &frame : NULL, f, options, &info);
  set_fields(L, push_table(L, 0, 16), options, &info, f);
  return 1;
}

/* ---- locals -------------------------------------------------------------- */

static int debug_getlocal(Thread *L) {
  Target of = target(L);
  int at = of.skip + 1;
  int64_t n = arg_int(L, at + 1);
  bool in_range = n >= INT_MIN && n <= INT_MAX;
  Value f = native_arg(L, at);
  if (value_is_function(f)) {
    push_name(L, in_range ? wf_debuginfo_param(f, (int)n) : NULL);
    return 1;
  }
  FrameRef frame;
  arg_check(L, find_frame(L, of.thread, at, &frame), at, "level out of range");
  Value *slot;
  const char *name =
      in_range ? wf_debuginfo_local(of.thread, &frame, (int)n, &slot) : NULL;
  if (!name) {
    native_push(L, VALUE_NIL);
    return 1;
  }
  Value v = *slot;
  wf_native_push_cstr(L, name);
  native_push(L, v);
  return 2;
}

static int debug_setlocal(Thread *L) {
  Target of = target(L);
  int at = of.skip + 1;
  FrameRef frame;
  arg_int(L, at);
  int64_t n = arg_int(L, at + 1);
  arg_check(L, find_frame(L, of.thread, at, &frame), at, "level out of range");
  wf_native_check_any(L, at + 2);
  Value *slot;
  const char *name = n >= INT_MIN && n <= INT_MAX
                         ? wf_debuginfo_local(of.thread, &frame, (int)n, &slot)
                         : NULL;
  if (name) {
    *slot = L->base[at + 1];
    gc_barrier_root(L->vm, *slot); /* the thread may have been rescanned */
  }
  push_name(L, name);
  return 1;
}

/* ---- upvalues ------------------------------------------------------------ */

/* Function argument i and the upvalue (0-based) numbered by argument i + 1;
 * false when it has no such upvalue. */
static bool upvalue_args(Thread *L, int i, Function **f, uint32_t *n) {
  int64_t number = arg_int(L, i + 1);
  wf_native_check_type(L, i, TYPE_FUNCTION);
  *f = value_as_function(L->base[i - 1]);
  *n = (uint32_t)(number - 1);
  return number >= 1 && number <= function_shown_upvals(*f);
}

static int debug_getupvalue(Thread *L) {
  Function *f;
  uint32_t n;
  if (!upvalue_args(L, 1, &f, &n))
    return 0;
  wf_native_push_cstr(L, wf_function_upval_name(f, n));
  native_push(L,
              function_is_native(f) ? f->upvals[n].value : *f->upvals[n].up->v);
  return 2;
}

/* Native functions trust what is in their upvalues: those stay as they are. */
static int debug_setupvalue(Thread *L) {
  wf_native_check_any(L, 3);
  Function *f;
  uint32_t n;
  if (!upvalue_args(L, 1, &f, &n) || function_is_native(f))
    return 0;
  Value v = L->base[2];
  wf_function_set_upval(L->vm, f->upvals[n].up, v);
  wf_native_push_cstr(L, wf_function_upval_name(f, n));
  return 1;
}

static int debug_upvalueid(Thread *L) {
  Function *f;
  uint32_t n;
  if (!upvalue_args(L, 1, &f, &n))
    native_push(L, VALUE_NIL);
  else if (function_is_native(f))
    native_push(L, value_from_light(&f->upvals[n].value));
  else
    native_push(L, value_from_light(f->upvals[n].up));
  return 1;
}

static int debug_upvaluejoin(Thread *L) {
  Function *to, *from;
  uint32_t i, j;
  arg_check(L, upvalue_args(L, 1, &to, &i), 2, "invalid upvalue index");
  arg_check(L, upvalue_args(L, 3, &from, &j), 4, "invalid upvalue index");
  arg_check(L, !function_is_native(to), 1, "Lua function expected");
  arg_check(L, !function_is_native(from), 3, "Lua function expected");
  to->upvals[i].up = from->upvals[j].up;
  gc_barrier_object(L->vm, to, to->upvals[i].up);
  return 0;
}

/* ---- metatables, user values, registry ----------------------------------- */

static int debug_getregistry(Thread *L) {
  native_push(L, value_from_table(L->vm->registry));
  return 1;
}

static int debug_getmetatable(Thread *L) {
  wf_native_check_any(L, 1);
  Table *meta = wf_state_metatable(L->vm, L->base[0]);
  native_push(L, meta ? value_from_table(meta) : VALUE_NIL);
  return 1;
}

static void set_userdata_meta(VM *vm, Userdata *u, Table *meta) {
  u->meta = meta;
  gc_barrier_object(vm, u, meta);
  if (meta &&
      !value_is_nil(wf_table_get_string(vm, meta, vm->event_names[EVENT_GC])))
    wf_gc_register_finalizer(vm, (Object *)u);
}

static int debug_setmetatable(Thread *L) {
  VM *vm = L->vm;
  Value m = native_arg(L, 2);
  if (!value_is_table(m) && (native_is_none(L, 2) || !value_is_nil(m)))
    wf_native_type_error(L, 2, "nil or table");
  Value v = L->base[0];
  Table *meta = value_is_table(m) ? value_as_table(m) : NULL;
  if (value_is_table(v)) {
    wf_table_set_meta(vm, value_as_table(v), meta);
  } else {
    vm->epoch++;
    if (meta)
      meta->flags |= TABLE_IS_META;
    if (value_is_userdata(v))
      set_userdata_meta(vm, value_as_userdata(v), meta);
    else
      vm->metatables[wf_state_type_of(v)] = meta; /* NOBARRIER: N3 */
  }
  native_push(L, v);
  return 1;
}

static int debug_getuservalue(Thread *L) {
  int64_t n = arg_opt_int(L, 2, 1);
  Value v = native_arg(L, 1);
  if (!value_is_userdata(v) || n < 1 || n > value_as_userdata(v)->nvalues) {
    native_push(L, VALUE_NIL);
    return 1;
  }
  native_push(L, value_as_userdata(v)->values[n - 1]);
  native_push_bool(L, true);
  return 2;
}

static int debug_setuservalue(Thread *L) {
  int64_t n = arg_opt_int(L, 3, 1);
  wf_native_check_type(L, 1, TYPE_USERDATA);
  wf_native_check_any(L, 2);
  Userdata *u =
      value_is_userdata(L->base[0]) ? value_as_userdata(L->base[0]) : NULL;
  if (!u || n < 1 || n > u->nvalues) {
    native_push(L, VALUE_NIL);
    return 1;
  }
  u->values[n - 1] = L->base[1];
  gc_barrier(L->vm, u, L->base[1]);
  native_push(L, L->base[0]);
  return 1;
}

/* ---- hooks --------------------------------------------------------------- */

static Table *hook_table(Thread *L) {
  VM *vm = L->vm;
  String *key = wf_string_from_cstr(vm, HOOK_TABLE);
  Value found = wf_table_get_string(vm, vm->registry, key);
  if (value_is_table(found))
    return value_as_table(found);
  Table *t = wf_table_new(vm, 0, 1);
  wf_table_set_string(vm, vm->registry, key, value_from_table(t));
  wf_table_set_string(vm, t, vm->event_names[EVENT_MODE],
                      value_from_string(wf_string_from_cstr(vm, "k")));
  wf_table_set_meta(vm, t, t); /* its own metatable: weak keys */
  return t;
}

static void call_lua_hook(Thread *L, int event, int line) {
  static const char *const names[] = {[HOOK_CALL] = "call",
                                      [HOOK_RETURN] = "return",
                                      [HOOK_LINE] = "line",
                                      [HOOK_COUNT] = "count",
                                      [HOOK_TAIL_CALL] = "tail call"};
  Value f = wf_table_get(L->vm, hook_table(L), value_from_thread(L));
  if (!value_is_function(f))
    return;
  native_push(L, f);
  wf_native_push_cstr(L, names[event]);
  if (line >= 0)
    native_push_int(L, line);
  else
    native_push(L, VALUE_NIL);
  wf_call_function(L, 2, 0);
}

static int hook_mask(const char *letters, int count) {
  return (strchr(letters, 'c') ? HOOK_MASK_CALL : 0) |
         (strchr(letters, 'r') ? HOOK_MASK_RETURN : 0) |
         (strchr(letters, 'l') ? HOOK_MASK_LINE : 0) |
         (count > 0 ? HOOK_MASK_COUNT : 0);
}

static int debug_sethook(Thread *L) {
  Target of = target(L);
  int at = of.skip + 1;
  Value f = native_arg(L, at);
  HookFn hook = NULL;
  int mask = 0, count = 0;
  if (!value_is_nil(f)) {
    String *letters = arg_string(L, at + 1);
    wf_native_check_type(L, at, TYPE_FUNCTION);
    count = (int)arg_opt_int(L, at + 2, 0);
    hook = call_lua_hook;
    mask = hook_mask(letters->bytes, count);
  }
  wf_table_set(L->vm, hook_table(L), value_from_thread(of.thread), f);
  wf_debuginfo_set_hook(of.thread, hook, mask, count);
  return NATIVE_HOOKS;
}

static int debug_gethook(Thread *L) {
  Thread *of = target(L).thread;
  if (!of->hook) {
    native_push(L, VALUE_NIL);
    return 1;
  }
  if (of->hook == call_lua_hook)
    native_push(L, wf_table_get(L->vm, hook_table(L), value_from_thread(of)));
  else
    wf_native_push_cstr(L, "external hook");
  char letters[4], *p = letters;
  if (of->hook_mask & HOOK_MASK_CALL)
    *p++ = 'c';
  if (of->hook_mask & HOOK_MASK_RETURN)
    *p++ = 'r';
  if (of->hook_mask & HOOK_MASK_LINE)
    *p++ = 'l';
  wf_native_push_string(L, letters, (size_t)(p - letters));
  native_push_int(L, of->hook_base_count);
  return 3;
}

/* ---- traceback and the console ------------------------------------------- */

static int debug_traceback(Thread *L) {
  Target of = target(L);
  int at = of.skip + 1;
  Value message = native_arg(L, at);
  bool is_text = value_is_string(message) || value_is_number(message);
  if (!is_text && !value_is_nil(message)) {
    native_push(L, message);
    return 1;
  }
  String *s = is_text ? arg_string(L, at) : NULL;
  int64_t level = arg_opt_int(L, at + 1, of.thread == L ? 1 : 0);
  wf_native_traceback(L, of.thread, s ? s->bytes : NULL, s ? s->len : 0,
                      (int)level);
  return 1;
}

/* debug.debug: runs the lines typed until one says "cont". */
static int debug_debug(Thread *L) {
  char line[250];
  for (;;) {
    fflush(stdout);
    fputs("lua_debug> ", stderr);
    fflush(stderr);
    if (!fgets(line, sizeof line, stdin) || strcmp(line, "cont\n") == 0)
      return 0;
    static const char name[] = "=(debug command)";
    bool failed = !wf_native_load(L, line, strlen(line), name, sizeof name - 1,
                                  "bt", value_from_table(L->vm->globals)) ||
                  wf_call_protected(L, 0, 0, VALUE_NIL) != CALL_OK;
    if (failed) {
      String *text = wf_operate_tostring(L, L->top[-1]);
      fprintf(stderr, "%s\n", text->bytes);
      fflush(stderr);
    }
    L->top = L->base;
  }
}

/* Kept for programs that call it: the limit is fixed. */
static int debug_setcstacklimit(Thread *L) {
  arg_int(L, 1);
  native_push_int(L, C_DEPTH_MAX);
  return 1;
}

void wf_lib_debug_open(Thread *L) {
  static const NativeReg functions[] = {
      {"debug", debug_debug},
      {"gethook", debug_gethook},
      {"getinfo", debug_getinfo},
      {"getlocal", debug_getlocal},
      {"getmetatable", debug_getmetatable},
      {"getregistry", debug_getregistry},
      {"getupvalue", debug_getupvalue},
      {"getuservalue", debug_getuservalue},
      {"setcstacklimit", debug_setcstacklimit},
      {"sethook", debug_sethook},
      {"setlocal", debug_setlocal},
      {"setmetatable", debug_setmetatable},
      {"setupvalue", debug_setupvalue},
      {"setuservalue", debug_setuservalue},
      {"traceback", debug_traceback},
      {"upvalueid", debug_upvalueid},
      {"upvaluejoin", debug_upvaluejoin},
      {NULL, NULL}};
  wf_lib_open_new(L, "debug", 17, functions);
  native_pop(L);
}
