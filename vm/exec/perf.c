/* perf.c: keeps the C stack in step with the Lua stacks. Compiled with frame
 * pointers. */
#include "vm/exec/perf.h"
#include "vm/base/alloc.h"
#include "vm/exec/debuginfo.h"
#include "vm/exec/error.h"
#include "vm/exec/interp.h"
#include "vm/exec/native.h"
#include "vm/exec/trampoline.h"
#include <stdio.h>
#include <string.h>

bool wf_perf_on;

/* A Lua frame, by the lowest slot that it is known by: a vararg function's
 * frame and what lies below its extra arguments are one (FRAME_VARARG), and a
 * tail call keeps it. */
typedef struct Place {
  Thread *thread;
  ptrdiff_t root;
  Proto *proto; /* NULL: C code */
} Place;

/* Frames without a C frame yet, the newest first. */
static Place *path;
static size_t path_count, path_capacity;

static Value *root_of(Value *base) {
  while (frame_kind(base[-1]) == FRAME_VARARG)
    base -= base[-1] >> 4;
  return base;
}

static Proto *proto_at(const Value *base) {
  if (!value_is_function(base[-2]))
    return NULL;
  const Function *f = value_as_function(base[-2]);
  return function_is_native(f) ? NULL : f->of.proto;
}

/* ---- where control is ---------------------------------------------------- */

typedef enum Relation { IN_FRAME, IN_OLDER, IN_NEWER } Relation;

/* Of the frame in which the VM goes on, as seen from the one at `me`. */
static Relation relate(const VM *vm, const Place *me) {
  const Thread *L = vm->thread;
  if (LIKELY(L == me->thread)) {
    ptrdiff_t root = root_of(L->base) - L->stack;
    if (root == me->root)
      return proto_at(L->base) == me->proto ? IN_FRAME : IN_OLDER;
    return root < me->root ? IN_OLDER : IN_NEWER;
  }
  while (L && L != me->thread)
    L = L->resumer;
  return L ? IN_NEWER : IN_OLDER;
}

static void push_path(VM *vm, Place place) {
  if (UNLIKELY(path_count == path_capacity)) {
    size_t capacity = path_capacity ? 2 * path_capacity : 64;
    Place *more = wf_alloc_resize(path, capacity * sizeof *more);
    if (!more)
      wf_error_memory(vm);
    path = more;
    path_capacity = capacity;
  }
  path[path_count++] = place;
}

/* Fills the path with the Lua frames from where control is down to `from`. */
static void find_path(VM *vm, const Place *from) {
  Thread *L = vm->thread;
  Value *base = root_of(L->base);
  path_count = 0;
  while (L != from->thread || base - L->stack > from->root) {
    Value *running = base == root_of(L->base) ? L->base : base;
    Proto *proto = proto_at(running);
    if (proto)
      push_path(vm, (Place){L, base - L->stack, proto});
    bool is_first =
        frame_kind(base[-1]) == FRAME_BOTTOM ||
        (frame_kind(base[-1]) == FRAME_CONT &&
         frame_cont_kind(base[-3]) == CONT_COROUTINE);
    if (is_first) {
      L = L->resumer;
      CHECK(L);
      base = root_of(L->base);
    } else {
      base = root_of(frame_below(base));
    }
  }
}

/* ---- calling ------------------------------------------------------------- */

/* Name of the upvalue of function `in` that holds f, NULL when none does. */
static const char *upvalue_name(Value in, Value f) {
  const Function *fn = value_as_function(in);
  const Proto *p = function_is_native(fn) ? NULL : fn->of.proto;
  for (uint32_t i = 0; p && i < p->nupvals; i++)
    if (*fn->upvals[i].up->v == f && p->upvals[i].name)
      return p->upvals[i].name->bytes;
  return NULL;
}

/* For functions whose call says no name, such as those that pcall calls: what
 * they are called by themselves, or in the Lua function that is nearest. */
static const char *variable_name(Thread *L, FrameRef frame, Value f) {
  const char *name = upvalue_name(f, f);
  Value caller = f;
  while (!name && wf_debuginfo_caller(L, &frame)) {
    caller = wf_debuginfo_function(L, &frame);
    if (!function_is_native(value_as_function(caller)))
      break;
  }
  if (name || caller == f)
    return name;
  Value *slot;
  const char *local;
  for (int i = 1; (local = wf_debuginfo_local(L, &frame, i, &slot)); i++)
    if (*slot == f && *local != '(')
      name = local;
  return name ? name : upvalue_name(caller, f);
}

/* Called by the name that the function is met by first, as in tracebacks, and
 * the place of its definition. */
static void *make_trampoline(VM *vm, const Place *place, bool is_newest) {
  enum { NAME_LEN = 200 };
  Thread *L = place->thread;
  FrameRef frame;
  DebugInfo info = {0};
  Value f = L->stack[place->root - 2];
  is_newest = is_newest && wf_debuginfo_newest(L, &frame);
  wf_debuginfo_get(L, is_newest ? &frame : NULL, f, "Sn", &info);
  const char *name = *info.what == 'm' ? "main" : info.name;
  if (!name && is_newest)
    name = variable_name(L, frame, f);
  if (!name)
    name = "anonymous";
  char text[NAME_LEN];
  snprintf(text, sizeof text, "lua:%s %s:%d", name, info.short_src,
           info.line_defined);
  for (char *c = text; *c; c++) /* lines of the map file, folded stacks */
    if ((unsigned char)*c < ' ' || *c == ';')
      *c = '?';
  void *code = wf_trampoline_get(text);
  if (!code)
    wf_error_memory(vm);
  return code;
}

/* As call.c's for calls from C; the error is one of the function entered. */
static void check_c_stack(VM *vm) {
  enum { ERROR_ROOM = 12 * 1024 };
  const char *here = __builtin_frame_address(0);
  const char *lowest = vm->c_stack_bottom;
  if (LIKELY(here >= lowest) || (vm->handlers && here >= lowest - ERROR_ROOM))
    return;
  Thread *L = vm->thread;
  L->pc = vm->perf_pc;
  L->top = L->base + frame_size(L->base);
  if (vm->handlers)
    wf_error_in_handler(L);
  wf_error_runtime(L, "C stack overflow");
}

/* Calls the oldest frame of the path. */
static void call_next(VM *vm) {
  check_c_stack(vm);
  const Place *next = &path[path_count - 1];
  Proto *p = next->proto;
  if (UNLIKELY(!p->trampoline))
    p->trampoline = make_trampoline(vm, next, path_count == 1);
  Trampoline code;
  memcpy(&code, &p->trampoline, sizeof code);
  code(vm);
}

void wf_perf_frame(VM *vm) {
  Place me = path[--path_count];
  if (path_count > 0)
    call_next(vm);
  while (vm->perf_pc != wf_frame_leave_code) {
    switch (relate(vm, &me)) {
    case IN_FRAME:
      wf_perf_loop(vm);
      break;
    case IN_NEWER:
      find_path(vm, &me);
      call_next(vm);
      break;
    case IN_OLDER:
      return;
    }
  }
}

void wf_perf_run(VM *vm, char *pc) {
  const Entry *e = vm->entry;
  Thread *L = e->thread;
  vm->perf_pc = pc;
  while (vm->perf_pc != wf_frame_leave_code) {
    Place boundary = {L, root_of(L->stack + e->base) - L->stack, NULL};
    find_path(vm, &boundary);
    call_next(vm);
  }
}

const char *wf_perf_start(void) {
  const char *problem = wf_trampoline_start(wf_perf_frame);
  wf_perf_on = problem == NULL;
  return problem;
}
