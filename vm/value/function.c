/* function.c: closures, upvalues, userdata.
 *
 * A thread's open upvalues form a list sorted by stack address, highest first:
 * the newest frame's, which are looked for and closed most, come first. */
#include "vm/value/function.h"
#include "vm/gc/gc.h"
#include "vm/value/value_hooks.h"

static Function *new_function(VM *vm, ObjectType type, uint32_t n) {
  CHECK(n <= MAX_UPVALS);
  Function *f = gc_alloc(vm, sizeof *f + n * sizeof(Value));
  f->type = (uint8_t)type;
  f->gcbits = 0;
  f->flags = 0;
  f->extra = (uint8_t)n;
  return f;
}

Function *wf_function_new_native(VM *vm, NativeFn fn, uint32_t n,
                                 const char *name) {
  Function *f = new_function(vm, OBJ_NATIVE_FUNCTION, n);
  f->nparams = ENTRY_NATIVE;
  f->frame_size = 0;
  f->entry.native = fn;
  f->of.name = name;
  for (uint32_t i = 0; i < n; i++)
    f->upvals[i].value = VALUE_NIL; /* NOBARRIER: N1 */
  return f;
}

Function *wf_function_new_lua(VM *vm, Proto *p) {
  Function *f = new_function(vm, OBJ_LUA_FUNCTION, p->nupvals);
  f->nparams = !p->code                  ? ENTRY_UNLINKED
               : (p->flags & MOD_VARARG) ? ENTRY_VARARG
                                         : p->nparams;
  f->frame_size = p->code ? p->frame_size : p->max_stack;
  f->entry.code = p->code;
  f->of.proto = p;
  gc_barrier_object(vm, f, p);
  for (uint32_t i = 0; i < p->nupvals; i++)
    f->upvals[i].up = NULL;
  return f;
}

static UpVal *new_upval(VM *vm) {
  UpVal *u = gc_alloc(vm, sizeof *u);
  u->type = OBJ_UPVAL;
  u->gcbits = 0;
  u->flags = 0;
  u->extra = 0;
  u->reserved = 0;
  return u;
}

UpVal *wf_function_new_upval(VM *vm, Value v) {
  UpVal *u = new_upval(vm);
  u->v = &u->u.closed;
  u->u.closed = v;
  gc_barrier(vm, u, v);
  return u;
}

UpVal *wf_function_find_upval(Thread *L, Value *slot) {
  UpVal **at = &L->open_upvals;
  while (*at && (*at)->v > slot)
    at = &(*at)->u.open.next;
  if (*at && (*at)->v == slot)
    return *at;
  UpVal *u = new_upval(L->vm);
  u->v = slot;
  u->u.open.next = *at;
  u->u.open.owner = L;
  *at = u; /* NOBARRIER: N3, and L is the running thread */
  return u;
}

void wf_function_set_upval(VM *vm, UpVal *u, Value v) {
  *u->v = v;
  if (!upval_is_open(u))
    gc_barrier(vm, u, v);
  else
    gc_barrier_open(vm, u, v);
}

void wf_function_close_upvals(Thread *L, const Value *level) {
  UpVal *u = L->open_upvals;
  while (u && u->v >= level) {
    UpVal *next = u->u.open.next;
    Value v = *u->v;
    u->u.closed = v;
    u->v = &u->u.closed;
    gc_barrier(L->vm, u, v);
    u = next;
  }
  L->open_upvals = u;
}

const char *wf_function_upval_name(const Function *f, uint32_t n) {
  if (n >= function_shown_upvals(f))
    return NULL;
  if (function_is_native(f))
    return "";
  const String *name = f->of.proto->upvals[n].name;
  return name ? name->bytes : "(no name)";
}

Userdata *wf_function_new_blank(VM *vm, size_t size, uint16_t nvalues) {
  size_t head = (sizeof(Userdata) + nvalues * sizeof(Value) + 15) & ~(size_t)15;
  if (UNLIKELY(size > SIZE_MAX - head - 15))
    wf_error_memory(vm);
  Userdata *u = gc_alloc(vm, (head + size + 15) & ~(size_t)15);
  u->type = OBJ_USERDATA;
  u->gcbits = 0;
  u->flags = 0;
  u->extra = 0;
  u->nvalues = nvalues;
  u->reserved = 0;
  u->meta = NULL;
  u->size = size;
  for (uint32_t i = 0; i < nvalues; i++)
    u->values[i] = VALUE_NIL; /* NOBARRIER: N1 */
  return u;
}

Userdata *wf_function_new_userdata(VM *vm, size_t size, uint16_t nvalues) {
  Userdata *u = wf_function_new_blank(vm, size, nvalues);
  memset(userdata_payload(u), 0, size);
  return u;
}
