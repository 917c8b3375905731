/* concat.c: the .. operator. */
#include "vm/base/numeral.h"
#include "vm/exec/arith.h"
#include "vm/exec/error.h"
#include "vm/exec/native.h"
#include "vm/exec/operate.h"
#include "vm/exec/slow.h"
#include "vm/gc/gc.h"
#include "vm/value/convert.h"
#include "vm/value/string.h"

static bool joinable(Value v) {
  return value_is_string(v) || value_is_number(v);
}

/* The n values at s as one string, made at `site`; NULL when that would be a
 * long one or not all can be joined. No number becomes a string of its own. */
static ALWAYS_INLINE String *join_short(VM *vm, const Value *s, uint32_t n,
                                        uint32_t site) {
  char text[STRING_SHORT_MAX + NUMERAL_MAX];
  size_t len = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (value_is_string(s[i])) {
      const String *part = value_as_string(s[i]);
      if (part->len > STRING_SHORT_MAX - len)
        return NULL;
      string_copy_short(text + len, part->bytes, part->len);
      len += part->len;
    } else if (value_is_number(s[i])) {
      len += wf_convert_number_to_text(s[i], text + len);
      if (len > STRING_SHORT_MAX)
        return NULL;
    } else {
      return NULL;
    }
  }
  return wf_string_make(vm, site, text, len);
}

/* Joins the n > 1 joinable values at s, below L->top, into one string, made at
 * `site`. GC: may collect, runs no finalizers. */
static String *join(Thread *L, Value *s, uint32_t n, uint32_t site) {
  VM *vm = L->vm;
  char text[NUMERAL_MAX];
  size_t total = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (value_is_float(s[i])) /* its text is not made twice */
      s[i] = value_from_string(wf_convert_number_to_string(vm, s[i]));
    total += value_is_string(s[i]) ? value_as_string(s[i])->len
                                   : wf_convert_number_to_text(s[i], text);
    if (total > STRING_LEN_MAX)
      wf_error_format(L, "string length overflow");
  }
  if (total <= STRING_SHORT_MAX)
    return join_short(vm, s, n, site);
  for (uint32_t i = 0; i < n; i++) /* one is all there is: it as it is */
    if (value_is_string(s[i]) && value_as_string(s[i])->len == total)
      return value_as_string(s[i]);
  String *out = wf_native_new_long(L, total);
  char *to = out->bytes;
  for (uint32_t i = 0; i < n; i++) {
    if (value_is_string(s[i])) {
      const String *part = value_as_string(s[i]);
      memcpy(to, part->bytes, part->len);
      to += part->len;
    } else {
      size_t len = wf_convert_number_to_text(s[i], text);
      memcpy(to, text, len);
      to += len;
    }
  }
  return out;
}

static Value concat_method(Thread *L, Value a, Value b) {
  Value method = wf_operate_metamethod(L->vm, a, EVENT_CONCAT);
  if (value_is_nil(method))
    method = wf_operate_metamethod(L->vm, b, EVENT_CONCAT);
  return method;
}

static inline char *deliver(Thread *L, char *pc, Value *base, Value v) {
  const LinkedHead *h = linked_head(pc);
  base[h->c] = v;
  L->top = base + (h->a > h->c ? h->a : h->c + 1);
  slow_safepoint(L, L->vm);
  return pc + LEN_CONCAT;
}

/* Right to left: joins as many as can be joined, then a metamethod. */
char *wf_slow_concat_rest(VM *vm, char *pc, Value *base, uint32_t count) {
  const LinkedHead *h = linked_head(pc);
  Thread *L = vm->thread;
  Value *s = base + h->a;
  while (count > 1) {
    uint32_t first = count;
    while (first > 0 && joinable(s[first - 1]))
      first--;
    uint32_t n = count - first;
    if (n < 2) {
      Value a = s[count - 2], b = s[count - 1];
      Value method = concat_method(L, a, b);
      if (value_is_nil(method)) {
        L->top = s + count; /* where the message finds the two */
        wf_error_concat(L, a, b);
      }
      return wf_frame_call_event(L, method,
                                 frame_cont(CONT_CONCAT, count - 2, 0),
                                 pc + LEN_CONCAT, 2, a, b, VALUE_NIL);
    }
    s[first] =
        value_from_string(join(L, s + first, n, string_site((uintptr_t)pc)));
    count = first + 1;
  }
  return deliver(L, pc, base, s[0]);
}

char *wf_slow_concat(VM *vm, char *pc, Value *base) {
  const LinkedHead *h = linked_head(pc);
  Thread *L = slow_save(vm, pc, base);
  String *s = join_short(vm, base + h->a, h->b, string_site((uintptr_t)pc));
  if (UNLIKELY(!s))
    return wf_slow_concat_rest(vm, pc, base, h->b);
  return deliver(L, pc, base, value_from_string(s));
}

Value wf_operate_concat(Thread *L, Value a, Value b) {
  if (joinable(a) && joinable(b)) {
    Value *pair = L->top;
    pair[0] = a;
    pair[1] = b;
    L->top += 2;
    String *s = join(L, pair, 2, 0);
    L->top = pair;
    return value_from_string(s);
  }
  return wf_operate_call_event(L, concat_method(L, a, b), a, b);
}
