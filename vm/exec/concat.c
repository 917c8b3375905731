/* concat.c: the .. operator. */
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

/* Joins the n > 1 joinable values at s, below L->top, into one string. GC: may
 * collect, runs no finalizers. */
static String *join(Thread *L, Value *s, uint32_t n) {
  VM *vm = L->vm;
  size_t total = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (!value_is_string(s[i]))
      s[i] = value_from_string(wf_convert_number_to_string(vm, s[i]));
    total += value_as_string(s[i])->len;
    if (total > STRING_LEN_MAX)
      wf_error_format(L, "string length overflow");
  }
  if (n == 2) { /* an empty side: the other one as it is */
    if (value_as_string(s[0])->len == 0)
      return value_as_string(s[1]);
    if (value_as_string(s[1])->len == 0)
      return value_as_string(s[0]);
  }
  char small[STRING_SHORT_MAX];
  String *out = total <= STRING_SHORT_MAX ? NULL : wf_native_new_long(L, total);
  char *to = out ? out->bytes : small;
  for (uint32_t i = 0; i < n; i++) {
    const String *part = value_as_string(s[i]);
    memcpy(to, part->bytes, part->len);
    to += part->len;
  }
  return out ? out : wf_string_new(vm, small, total);
}

static Value concat_method(Thread *L, Value a, Value b) {
  Value method = wf_operate_metamethod(L->vm, a, EVENT_CONCAT);
  if (value_is_nil(method))
    method = wf_operate_metamethod(L->vm, b, EVENT_CONCAT);
  return method;
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
    s[first] = value_from_string(join(L, s + first, n));
    count = first + 1;
  }
  base[h->c] = s[0];
  L->top = base + (h->a > h->c ? h->a : h->c + 1);
  slow_safepoint(L, vm);
  return pc + LEN_CONCAT;
}

char *wf_slow_concat(VM *vm, char *pc, Value *base) {
  slow_save(vm, pc, base);
  return wf_slow_concat_rest(vm, pc, base, linked_head(pc)->b);
}

Value wf_operate_concat(Thread *L, Value a, Value b) {
  if (joinable(a) && joinable(b)) {
    Value *pair = L->top;
    pair[0] = a;
    pair[1] = b;
    L->top += 2;
    String *s = join(L, pair, 2);
    L->top = pair;
    return value_from_string(s);
  }
  return wf_operate_call_event(L, concat_method(L, a, b), a, b);
}
