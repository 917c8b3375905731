/* index.c: table access off the fast path: fills inline caches, follows
 * __index and __newindex, and serves C code (operate.h).
 *
 * A method cache (state P) holds a pointer to the holder's slot and is good
 * while receiver shape, receiver metatable and vm->epoch are unchanged. The
 * epoch moves when a table flagged TABLE_IS_INDEX gains or moves a key or gets
 * another metatable, when a metatable's __index changes, and when a collection
 * frees anything. */
#include "vm/exec/arith.h"
#include "vm/exec/error.h"
#include "vm/exec/operate.h"
#include "vm/exec/protect.h"
#include "vm/exec/slow.h"
#include "vm/gc/gc.h"
#include "vm/value/shape.h"
#include "vm/value/convert.h"
#include "vm/value/string.h"
#include "vm/value/table.h"

enum { CHAIN_MAX = 2000 }; /* __index links followed before giving up */

Value wf_operate_metamethod(VM *vm, Value v, Event event) {
  return table_event(vm, wf_state_metatable(vm, v), event);
}

/* An equal key that is not looked for in the intern table for each link. */
static Value chain_key(VM *vm, Value key) {
  if (LIKELY(!value_is_string(key) || !string_is_loose(value_as_string(key))))
    return key;
  String *s = wf_string_find_key(vm, value_as_string(key));
  return s ? value_from_string(s) : key;
}

/* Raw get, or what the __index chain of tables gives. When a function is met,
 * *function is it and *object what to call it with. Errors: "attempt to index",
 * "'__index' chain too long". */
static Value get_chain(Thread *L, Value object, Value key, Value *function,
                       Value *receiver) {
  VM *vm = L->vm;
  *function = VALUE_NIL;
  key = chain_key(vm, key);
  for (int i = 0; i < CHAIN_MAX; i++) {
    Value method;
    if (value_is_table(object)) {
      Table *t = value_as_table(object);
      Value v = wf_table_get(vm, t, key);
      if (!value_is_nil(v) || !t->meta)
        return v;
      method = table_event(vm, t->meta, EVENT_INDEX);
      if (value_is_nil(method))
        return VALUE_NIL;
    } else {
      method = wf_operate_metamethod(vm, object, EVENT_INDEX);
      if (value_is_nil(method))
        wf_error_type(L, object, "index");
    }
    if (value_is_function(method)) {
      *function = method;
      *receiver = object;
      return VALUE_NIL;
    }
    object = method;
  }
  wf_error_runtime(L, "'__index' chain too long; possible loop");
}

static char *get_with_chain(Thread *L, char *pc, Value object, Value key,
                            uint32_t info) {
  Value function, receiver;
  Value v = get_chain(L, object, key, &function, &receiver);
  if (LIKELY(value_is_nil(function)))
    return wf_slow_deliver(L, pc, info, v);
  return wf_slow_event(L, pc, info, function, receiver, key);
}

/* ---- inline caches ------------------------------------------------------- */
#if WEFT_IC
static void rewrite(char *pc, LinkedOp first, LinkedOp now) {
  linked_head(pc)->handler = wf_linked_encode((LinkedOp)(first + now));
}

/* The holder's slot of key along the chain of metatables of t, which lacks it
 * by shape; NULL when there is none or it cannot be cached. */
static Value *find_holder(VM *vm, Table *t, String *key) {
  for (int i = 0; i < 20; i++) {
    Table *meta = t->meta;
    if (!meta)
      return NULL;
    Value index = table_event(vm, meta, EVENT_INDEX);
    if (!value_is_table(index))
      return NULL;
    t = value_as_table(index);
    if (t->flags & TABLE_WEAK_VALUES)
      return NULL;
    t->flags |= TABLE_IS_INDEX;
    FieldRef at = wf_table_find_field(vm, t, key);
    Value *slot = NULL;
    if (at.kind == FIELD_MOVING)
      return NULL;
    if (at.kind == FIELD_INLINE)
      slot = (Value *)(void *)((char *)t + at.offset);
    else if (at.kind == FIELD_EXT)
      slot = (Value *)(void *)((char *)t->u.ext + at.offset);
    else if (at.kind == FIELD_NODE)
      slot = &((Node *)(void *)((char *)t->u.node + at.offset))->val;
    if (slot && !value_is_nil(*slot))
      return slot;
  }
  return NULL;
}

enum { STATE_I, STATE_E, STATE_N, STATE_G, STATE_P, STATE_NONE };

/* Fills c for reading key from t; the state to take. */
static int fill_get(VM *vm, FieldCache *c, Table *t, String *key, bool missed) {
  FieldRef at = wf_table_find_field(vm, t, key);
  switch (at.kind) {
  case FIELD_ABSENT: {
    if (table_is_dictionary(t))
      return STATE_NONE;
    if (!t->meta) /* the global cache holds absence, too */
      return STATE_G;
    Value *slot = find_holder(vm, t, key);
    if (!slot)
      return STATE_NONE;
    c->shape = t->shape;
    c->offset = vm->epoch;
    c->u.slot = slot;
    c->v.meta = t->meta;
    return STATE_P;
  }
  case FIELD_MOVING:
    return STATE_NONE;
  case FIELD_NODE:
    if (t->flags & TABLE_WEAK_VALUES || string_is_loose(key))
      return STATE_NONE;
    c->shape = 0;
    c->offset = at.offset;
    return STATE_N;
  default:
    if (missed)
      return STATE_G;
    c->shape = at.shape;
    c->offset = at.offset;
    return at.kind == FIELD_INLINE ? STATE_I : STATE_E;
  }
}

/* A site whose cache had a shape and sees another goes to the global cache. */
static bool was_used(const FieldCache *c) { return c->shape + 1 > 1; }

static void cache_get(VM *vm, char *pc, Table *t, String *key) {
  LinkedOp op = wf_linked_decode(linked_head(pc)->handler);
  FieldCache *c = linked_cache(pc);
  if (op >= LINK_GET_GLOBAL_I_R && op <= LINK_GET_GLOBAL_N_A) {
    FieldCache filled = *c; /* a state without handler must not be cached */
    int state = fill_get(vm, &filled, t, key, false);
    if (state != STATE_I && state != STATE_N)
      return;
    *c = filled;
    rewrite(pc, state == STATE_I ? LINK_GET_GLOBAL_I_R : LINK_GET_GLOBAL_N_R,
            (LinkedOp)((op - LINK_GET_GLOBAL_I_R) & 1));
    return;
  }
  /* rows: I_RR I_AR, E.., N.., G.., P_RR P_AR; then the same for RA AA */
  LinkedOp first = op < LINK_GET_FIELD_I_RA ? LINK_GET_FIELD_I_RR
                                            : LINK_GET_FIELD_I_RA;
  int old = (int)(op - first) / 2;
  bool missed = (old == STATE_I || old == STATE_E) && was_used(c) &&
                !table_is_dictionary(t) && c->shape != t->shape;
  int state = fill_get(vm, c, t, key, missed || old == STATE_G);
  if (state != STATE_NONE)
    rewrite(pc, first, (LinkedOp)(state * 2 + ((op - first) & 1)));
}

static void cache_method(VM *vm, char *pc, Value object, String *key) {
  LinkedOp op = wf_linked_decode(linked_head(pc)->handler);
  unsigned src = (op - LINK_METHOD_I_R) & 1;
  FieldCache *c = linked_cache(pc);
  enum { M_I = 0, M_N = 1, M_P = 2, M_S = 3, M_G = 4 };
  if (value_is_string(object)) {
    Table *meta = vm->metatables[TYPE_STRING];
    Value index = table_event(vm, meta, EVENT_INDEX);
    if (!value_is_table(index))
      return;
    Table *t = value_as_table(index);
    t->flags |= TABLE_IS_INDEX;
    FieldRef at = wf_table_find_field(vm, t, key);
    if (at.kind == FIELD_ABSENT || at.kind == FIELD_MOVING ||
        (t->flags & TABLE_WEAK_VALUES))
      return;
    c->u.slot = at.kind == FIELD_INLINE
                    ? (Value *)(void *)((char *)t + at.offset)
                : at.kind == FIELD_EXT
                    ? (Value *)(void *)((char *)t->u.ext + at.offset)
                    : &((Node *)(void *)((char *)t->u.node + at.offset))->val;
    c->offset = vm->epoch;
    rewrite(pc, LINK_METHOD_I_R, (LinkedOp)(M_S * 2 + src));
    return;
  }
  if (!value_is_table(object))
    return;
  Table *t = value_as_table(object);
  unsigned old = (op - LINK_METHOD_I_R) / 2;
  bool many = old == M_G || (old == M_P && c->offset == vm->epoch &&
                             (c->shape != t->shape || c->v.meta != t->meta));
  FieldCache filled = *c; /* a state without handler must not be cached */
  int state = fill_get(vm, &filled, t, key, false);
  if (many && state == STATE_P) {
    *method_entry(vm, t->shape, c->key, t->meta) =
        (MethodEntry){c->key, t->shape, vm->epoch, t->meta, filled.u.slot};
    rewrite(pc, LINK_METHOD_I_R, (LinkedOp)(M_G * 2 + src));
    return;
  }
  static const int to_method[] = {M_I, -1, M_N, -1, M_P, -1};
  if (to_method[state] < 0)
    return;
  *c = filled;
  rewrite(pc, LINK_METHOD_I_R,
          (LinkedOp)((unsigned)to_method[state] * 2 + src));
}
#endif

/* ---- reading ------------------------------------------------------------- */
static String *cache_key(char *pc) {
  return value_as_string(linked_cache(pc)->key);
}

char *wf_slow_get_field(VM *vm, char *pc, Value *base, Value object,
                        uint32_t info) {
  String *key = cache_key(pc);
  if (value_is_table(object)) {
    Table *t = value_as_table(object);
#if WEFT_IC
    cache_get(vm, pc, t, key);
#endif
    Value v = wf_table_get_string(vm, t, key);
    if (!value_is_nil(v) || !t->meta) {
      if (info & SLOW_ACC)
        vm->acc = v;
      else
        base[linked_head(pc)->a] = v;
      return pc + SLOW_LEN(info);
    }
  }
  Thread *L = slow_save(vm, pc, base);
  return get_with_chain(L, pc, object, linked_cache(pc)->key, info);
}

static Value env_of(const Value *base, const char *pc) {
  const Function *f = value_as_function(base[-2]);
  return *f->upvals[*(const uint16_t *)(pc + 10)].up->v;
}

char *wf_slow_get_global(VM *vm, char *pc, Value *base, uint32_t info) {
  return wf_slow_get_field(vm, pc, base, env_of(base, pc), info);
}

char *wf_slow_get_index(VM *vm, char *pc, Value *base, Value object, Value key,
                        uint32_t info) {
  if (value_is_table(object)) {
    Table *t = value_as_table(object);
    Value v = wf_table_get(vm, t, key);
    if (!value_is_nil(v) || !t->meta) {
      if (info & SLOW_ACC)
        vm->acc = v;
      else
        base[linked_head(pc)->a] = v;
      return pc + SLOW_LEN(info);
    }
  }
  Thread *L = slow_save(vm, pc, base);
  return get_with_chain(L, pc, object, key, info);
}

char *wf_slow_method(VM *vm, char *pc, Value *base, Value object) {
  String *key = cache_key(pc);
  Thread *L = slow_save(vm, pc, base);
#if WEFT_IC
  cache_method(vm, pc, object, key);
#endif
  uint32_t a = linked_head(pc)->a;
  Value function, receiver;
  Value v = get_chain(L, object, value_from_string(key), &function, &receiver);
  base[a + 2] = object;
  if (LIKELY(value_is_nil(function))) {
    base[a] = v;
    return pc + LEN_METHOD_I_R;
  }
  return wf_slow_event(L, pc, SLOW_INFO(EVENT_INDEX, 0, LEN_METHOD_I_R),
                       function, receiver, value_from_string(key));
}

Value wf_operate_get(Thread *L, Value object, Value key) {
  Value function, receiver;
  Value v = get_chain(L, object, key, &function, &receiver);
  return value_is_nil(function)
             ? v
             : wf_operate_call_event(L, function, receiver, key);
}

Value wf_operate_get_field(Thread *L, Value object, const char *key) {
  String *s = wf_string_from_cstr(L->vm, key);
  return wf_operate_get(L, object, value_from_string(s));
}

/* ---- writing ------------------------------------------------------------- */
static void check_key(Thread *L, Value key) {
  if (UNLIKELY(value_is_nil(key)))
    wf_error_runtime(L, "table index is nil");
  if (UNLIKELY(value_is_nan(key)))
    wf_error_runtime(L, "table index is NaN");
}

/* Raw store, or along the __newindex chain. When a function is met: true, with
 * what to call. Errors as get_chain. */
static bool set_chain(Thread *L, Value object, Value key, Value v,
                      Value *function, Value *receiver) {
  VM *vm = L->vm;
  key = chain_key(vm, key);
  for (int i = 0; i < CHAIN_MAX; i++) {
    Value method;
    if (value_is_table(object)) {
      Table *t = value_as_table(object);
      method = t->meta && value_is_nil(wf_table_get(vm, t, key))
                   ? table_event(vm, t->meta, EVENT_NEWINDEX)
                   : VALUE_NIL;
      if (value_is_nil(method)) {
        check_key(L, key);
        wf_table_set(vm, t, key, v);
        return false;
      }
    } else {
      method = wf_operate_metamethod(vm, object, EVENT_NEWINDEX);
      if (value_is_nil(method))
        wf_error_type(L, object, "index");
    }
    if (value_is_function(method)) {
      *function = method;
      *receiver = object;
      return true;
    }
    object = method;
  }
  wf_error_runtime(L, "'__newindex' chain too long; possible loop");
}

static char *set_with_chain(Thread *L, char *pc, Value object, Value key,
                            Value v, uint32_t len) {
  Value function, receiver;
  protect_repeatable(L->vm);
  bool calls = set_chain(L, object, key, v, &function, &receiver);
  protect_done(L->vm);
  if (LIKELY(!calls))
    return pc + len;
  return wf_frame_call_event(L, function, frame_cont(CONT_DROP, 0, 0),
                             pc + len, 3, receiver, key, v);
}

#if WEFT_IC
/* States of a set site, in row order. */
enum { SET_I, SET_E, SET_N, SET_T };

static void cache_set(VM *vm, char *pc, Table *t, String *key) {
  if (key->extra || string_is_loose(key))
    return; /* metamethod names: the metatable's users must hear of it */
  LinkedOp op = wf_linked_decode(linked_head(pc)->handler);
  if (op == LINK_SET_GLOBAL_R || op == LINK_SET_GLOBAL_A) {
    FieldRef at = wf_table_find_field(vm, t, key);
    if (at.kind == FIELD_NODE)
      linked_cache(pc)->offset = at.offset;
    return;
  }
  LinkedOp first = (LinkedOp)(LINK_SET_FIELD_I_RR +
                              (op - LINK_SET_FIELD_I_RR) / 4 * 4);
  FieldCache *c = linked_cache(pc);
  FieldRef at = wf_table_find_field(vm, t, key);
  if (at.kind == FIELD_ABSENT || at.kind == FIELD_MOVING)
    return;
  c->shape = at.shape;
  c->offset = at.offset;
  rewrite(pc, first,
          (LinkedOp)(at.kind == FIELD_INLINE ? SET_I
                     : at.kind == FIELD_EXT  ? SET_E
                                             : SET_N));
}

/* Adds an absent field of a table without metatable, caching the change of
 * shape. */
static void add_field(VM *vm, char *pc, Table *t, String *key, Value v) {
  uint32_t old_shape, new_shape;
  FieldRef at = wf_table_add_field(vm, t, key, v, &old_shape, &new_shape);
  LinkedOp op = wf_linked_decode(linked_head(pc)->handler);
  if (op == LINK_SET_GLOBAL_R || op == LINK_SET_GLOBAL_A)
    return;
  if (at.kind == FIELD_INLINE && old_shape != 0 && !key->extra &&
      at.shape != 0) {
    FieldCache *c = linked_cache(pc);
    LinkedOp first = (LinkedOp)(LINK_SET_FIELD_I_RR +
                                (op - LINK_SET_FIELD_I_RR) / 4 * 4);
    c->shape = old_shape;
    c->offset = at.offset;
    c->u.new_shape = new_shape;
    rewrite(pc, first, (LinkedOp)SET_T);
  }
}
#endif

char *wf_slow_set_field(VM *vm, char *pc, Value *base, Value object, Value v) {
  String *key = cache_key(pc);
  if (LIKELY(value_is_table(object))) {
    Table *t = value_as_table(object);
    FieldRef at = wf_table_find_field(vm, t, key);
    bool absent = at.kind == FIELD_ABSENT;
    if (absent ? !t->meta && !value_is_nil(v)
               : !t->meta ||
                     !value_is_nil(wf_table_get_string(vm, t, key))) {
      Thread *L = slow_save(vm, pc, base); /* stores may raise memory errors */
      protect_repeatable(vm);
#if WEFT_IC
      if (absent) {
        add_field(vm, pc, t, key, v);
      } else {
        wf_table_set_string(vm, t, key, v);
        cache_set(vm, pc, t, key);
      }
#else
      wf_table_set_string(vm, t, key, v);
#endif
      protect_done(vm);
      slow_store_safepoint(L, vm);
      return pc + LEN_SET_FIELD_I_RR;
    }
  }
  Thread *L = slow_save(vm, pc, base);
  return set_with_chain(L, pc, object, linked_cache(pc)->key, v,
                        LEN_SET_FIELD_I_RR);
}
_Static_assert((int)LEN_SET_FIELD_I_RR == (int)LEN_SET_GLOBAL_R &&
                   (int)LEN_SET_FIELD_I_RR == (int)LEN_SET_FIELD_T_AK,
               "one length for all field stores");

char *wf_slow_set_global(VM *vm, char *pc, Value *base, Value v) {
  return wf_slow_set_field(vm, pc, base, env_of(base, pc), v);
}

char *wf_slow_set_index(VM *vm, char *pc, Value *base, Value object, Value key,
                        Value v, uint32_t len) {
  Thread *L = slow_save(vm, pc, base);
  if (LIKELY(value_is_table(object) && !value_as_table(object)->meta)) {
    check_key(L, key);
    protect_repeatable(vm);
    wf_table_set(vm, value_as_table(object), key, v);
    protect_done(vm);
    slow_store_safepoint(L, vm);
    return pc + len;
  }
  return set_with_chain(L, pc, object, key, v, len);
}

void wf_operate_set(Thread *L, Value object, Value key, Value v) {
  Value function, receiver;
  if (set_chain(L, object, key, v, &function, &receiver))
    wf_operate_call_set(L, function, receiver, key, v);
}

/* ---- constructors -------------------------------------------------------- */
char *wf_slow_new_table(VM *vm, char *pc, Value *base) {
  const LinkedHead *h = linked_head(pc);
  Thread *L = slow_save(vm, pc, base);
  L->top = base + (h->c >> NEW_TABLE_TOP);
  slow_safepoint(L, vm);
  protect_repeatable(vm);
  Table *t = wf_table_new(vm, h->c & NEW_TABLE_ITEMS, h->b);
  protect_done(vm);
  L->base[h->a] = value_from_table(t);
  return pc + LEN_NEW_TABLE;
}

char *wf_slow_init_index(VM *vm, char *pc, Value *base) {
  Thread *L = slow_save(vm, pc, base);
  const Value *s = base + linked_head(pc)->a;
  check_key(L, s[1]);
  protect_repeatable(vm);
  wf_table_set(vm, value_as_table(s[0]), s[1], s[2]);
  protect_done(vm);
  L->top = base + linked_head(pc)->a + 1;
  slow_safepoint(L, vm);
  return pc + LEN_INIT_INDEX;
}

char *wf_slow_append(VM *vm, char *pc, Value *base) {
  const LinkedHead *h = linked_head(pc);
  Thread *L = slow_save(vm, pc, base);
  const Value *s = base + h->a;
  protect_repeatable(vm);
  wf_table_append(vm, value_as_table(s[0]), (int64_t)linked_words(pc)[0],
                  s + 1, h->b);
  protect_done(vm);
  L->top = base + h->a + 1;
  slow_safepoint(L, vm);
  return pc + LEN_APPEND;
}

char *wf_slow_append_spread(VM *vm, char *pc, Value *base) {
  const LinkedHead *h = linked_head(pc);
  Thread *L = vm->thread;
  L->base = base;
  L->pc = pc;
  const Value *s = base + h->a;
  protect_repeatable(vm);
  wf_table_append(vm, value_as_table(s[0]), (int64_t)linked_words(pc)[0],
                  s + 1, (uint32_t)(L->top - s - 1));
  protect_done(vm);
  L->top = base + h->a + 1;
  slow_safepoint(L, vm);
  return pc + LEN_APPEND_SPREAD;
}

/* ---- length -------------------------------------------------------------- */
char *wf_slow_len(VM *vm, char *pc, Value *base, Value v, uint32_t info) {
  Thread *L = slow_save(vm, pc, base);
  if (value_is_string(v))
    return wf_slow_deliver(L, pc, info,
                           value_from_inline_int(value_as_string(v)->len));
  Value method = wf_operate_metamethod(vm, v, EVENT_LEN);
  if (!value_is_nil(method))
    return wf_slow_event(L, pc, info, method, v, v);
  if (!value_is_table(v))
    wf_error_type(L, v, "get length of");
  return wf_slow_deliver(
      L, pc, info,
      value_from_int(vm, wf_table_length(vm, value_as_table(v))));
}

Value wf_operate_length(Thread *L, Value v) {
  if (value_is_string(v))
    return value_from_inline_int(value_as_string(v)->len);
  Value method = wf_operate_metamethod(L->vm, v, EVENT_LEN);
  if (!value_is_nil(method))
    return wf_operate_call_event(L, method, v, v);
  if (!value_is_table(v))
    wf_error_type(L, v, "get length of");
  return value_from_int(L->vm, wf_table_length(L->vm, value_as_table(v)));
}

int64_t wf_operate_length_int(Thread *L, Value v) {
  Value n = wf_operate_length(L, v);
  int64_t i;
  if (!value_is_int(n)) {
    if (value_is_float(n) && numeral_float_to_int(value_as_float(n), &i))
      return i;
    wf_error_format(L, "object length is not an integer");
  }
  return value_as_int(n);
}
