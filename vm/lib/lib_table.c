/* lib_table.c: the table library.
 *
 * Every function respects metamethods as lua5.4 does, so each access asks
 * first whether the element lies in the array part of a plain table; anything
 * else goes through wf_table_* or wf_operate_*. Accesses re-read the table's
 * header each time: metamethods and comparators may change it.
 *
 * Elements moved inside one array still need the barrier: the collector scans
 * big arrays in pieces, and a move may carry a value from the part it has not
 * seen to the part it has (so N4 of gc.h does not apply). */
#include "vm/exec/protect.h"
#include "vm/lib/arg.h"
#include <limits.h>
#include <time.h>

/* ---- element access ------------------------------------------------------ */

static inline bool in_array(const Table *t, int64_t i) {
  return (uint64_t)i < table_asize(t);
}

/* object[i] with metamethods. GC: may run Lua. */
static inline Value get_mm(Thread *L, Value object, int64_t i) {
  if (LIKELY(value_is_table(object))) {
    Table *t = value_as_table(object);
    if (LIKELY(in_array(t, i)) && LIKELY(!value_is_nil(t->arr[i])))
      return t->arr[i];
    if (!t->meta)
      return wf_table_get_int(L->vm, t, i);
  }
  return wf_operate_get(L, object, value_from_int(L->vm, i));
}

/* object[i] = v with metamethods. GC: may run Lua. */
static inline void set_mm(Thread *L, Value object, int64_t i, Value v) {
  if (LIKELY(value_is_table(object))) {
    Table *t = value_as_table(object);
    if (LIKELY(!t->meta)) {
      if (LIKELY(in_array(t, i))) {
        t->arr[i] = v;
        gc_barrier(L->vm, t, v);
      } else {
        wf_table_set_int(L->vm, t, i, v);
      }
      return;
    }
  }
  wf_operate_set(L, object, value_from_int(L->vm, i), v);
}

/* What is done with it runs no Lua. */
static inline bool is_plain(Value v) {
  return value_is_table(v) && !value_as_table(v)->meta;
}

enum { READS = 1, WRITES = 2, HAS_LENGTH = 4 };

/* Accepts a table, or anything whose metatable can do what is needed. */
static void check_tablelike(Thread *L, int i, int needs) {
  Value v = native_arg(L, i);
  if (LIKELY(value_is_table(v)))
    return;
  VM *vm = L->vm;
  if (wf_state_metatable(vm, v) &&
      (!(needs & READS) ||
       !value_is_nil(wf_operate_metamethod(vm, v, EVENT_INDEX))) &&
      (!(needs & WRITES) ||
       !value_is_nil(wf_operate_metamethod(vm, v, EVENT_NEWINDEX))) &&
      (!(needs & HAS_LENGTH) ||
       !value_is_nil(wf_operate_metamethod(vm, v, EVENT_LEN))))
    return;
  wf_native_check_table(L, i);
}

/* #argument i, which must be a table or like one. GC: may run Lua. */
static int64_t checked_length(Thread *L, int i, int needs) {
  check_tablelike(L, i, needs | HAS_LENGTH);
  Value v = L->base[i - 1];
  if (LIKELY(value_is_table(v)) && LIKELY(!value_as_table(v)->meta))
    return wf_table_length(L->vm, value_as_table(v));
  return wf_operate_length_int(L, v);
}

/* ---- insert, remove, move ------------------------------------------------ */

/* Moves arr[from, from + n) to arr[to...). */
static void move_elements(VM *vm, Table *t, int64_t to, int64_t from,
                          int64_t n) {
  memmove(&t->arr[to], &t->arr[from], (size_t)n * sizeof(Value));
  if (UNLIKELY(vm->barrier))
    for (int64_t i = to; i < to + n; i++)
      gc_barrier(vm, t, t->arr[i]);
}

/* base[target][to] = base[0][from] with metamethods. GC: may run Lua. */
static inline void move_mm(Thread *L, int target, int64_t to, int64_t from) {
  native_check_interrupt(L);
  Value v = get_mm(L, L->base[0], from);
  set_mm(L, L->base[target], to, v);
}

static int table_insert(Thread *L) {
  int64_t end = checked_length(L, 1, READS | WRITES);
  end = (int64_t)((uint64_t)end + 1);
  Value *base = L->base;
  switch (native_count(L)) {
  case 2:
    if (LIKELY(is_plain(base[0])))
      protect_repeatable(L->vm);
    set_mm(L, base[0], end, base[1]);
    protect_done(L->vm);
    return 0;
  case 3:
    break;
  default:
    wf_error_format(L, "wrong number of arguments to 'insert'");
  }
  int64_t at = arg_int(L, 2);
  arg_check(L, (uint64_t)at - 1 < (uint64_t)end, 2, "position out of bounds");
  Value object = L->base[0];
  if (value_is_table(object) && !value_as_table(object)->meta && at < end) {
    Table *t = value_as_table(object);
    if (in_array(t, end - 1)) {
      set_mm(L, object, end, t->arr[end - 1]);
      move_elements(L->vm, t, at + 1, at, end - 1 - at);
      set_mm(L, object, at, L->base[2]);
      return 0;
    }
  }
  for (int64_t i = end; i > at; i--)
    move_mm(L, 0, i, i - 1);
  set_mm(L, L->base[0], at, L->base[2]);
  return 0;
}

static int table_remove(Thread *L) {
  int64_t size = checked_length(L, 1, READS | WRITES);
  int64_t at = size;
  if (native_count(L) > 1) {
    at = arg_opt_int(L, 2, size);
    if (at != size)
      arg_check(L, (uint64_t)at - 1 <= (uint64_t)size, 1,
                "position out of bounds");
  }
  Value object = L->base[0];
  native_push(L, get_mm(L, object, at));
  object = L->base[0];
  if (at < size && value_is_table(object) && !value_as_table(object)->meta &&
      in_array(value_as_table(object), size)) {
    Table *t = value_as_table(object);
    move_elements(L->vm, t, at, at + 1, size - at);
    at = size;
  }
  for (; at < size; at++)
    move_mm(L, 0, at, at + 1);
  set_mm(L, L->base[0], at, VALUE_NIL);
  return 1;
}

static bool plain_range(Value v, int64_t first, int64_t last) {
  return value_is_table(v) && !value_as_table(v)->meta &&
         in_array(value_as_table(v), first) &&
         in_array(value_as_table(v), last);
}

static int table_move(Thread *L) {
  int64_t first = arg_int(L, 2), last = arg_int(L, 3), to = arg_int(L, 4);
  int target = native_is_none_or_nil(L, 5) ? 1 : 5;
  check_tablelike(L, 1, READS);
  check_tablelike(L, target, WRITES);
  wf_native_set_count(L, 5);
  if (last >= first) {
    arg_check(L, first > 0 || last < INT64_MAX + first, 3,
              "too many elements to move");
    int64_t n = last - first + 1;
    arg_check(L, to <= INT64_MAX - n + 1, 4, "destination wrap around");
    Value *base = L->base;
    bool same = base[target - 1] == base[0];
    if (same && plain_range(base[0], first, last) &&
        plain_range(base[0], to, to + (n - 1))) {
      move_elements(L->vm, value_as_table(base[0]), to, first, n);
    } else if (to > last || to <= first ||
               (!same && !wf_operate_equal(L, base[0], base[target - 1]))) {
      for (int64_t i = 0; i < n; i++)
        move_mm(L, target - 1, to + i, first + i);
    } else {
      for (int64_t i = n - 1; i >= 0; i--)
        move_mm(L, target - 1, to + i, first + i);
    }
  }
  native_push(L, L->base[target - 1]);
  return 1;
}

/* ---- concat, pack, unpack ------------------------------------------------ */

static void put_element(Thread *L, Buffer *b, int64_t i) {
  Value v = get_mm(L, L->base[0], i);
  if (LIKELY(value_is_string(v))) {
    put_string(b, value_as_string(v));
  } else if (value_is_number(v)) {
    char text[NUMERAL_MAX];
    size_t n = value_is_int(v) ? wf_numeral_from_int(value_as_int(v), text)
                               : wf_numeral_from_float(value_as_float(v), text);
    put_bytes(b, text, n);
  } else {
    wf_error_format(L, "invalid value (%s) at index %lld in table for 'concat'",
                    wf_state_type_names[wf_state_type_of(v)], (long long)i);
  }
}

static int table_concat(Thread *L) {
  int64_t last = checked_length(L, 1, READS);
  String *separator = wf_native_opt_string(L, 2, L->vm->empty);
  int64_t i = arg_opt_int(L, 3, 1);
  last = arg_opt_int(L, 4, last);
  if (is_plain(L->base[0]))
    protect_repeatable(L->vm);
  Buffer *b = wf_native_buffer(L);
  for (; i < last && LIKELY(!b->failed); i++) {
    native_check_interrupt(L);
    put_element(L, b, i);
    put_string(b, separator);
  }
  if (i == last)
    put_element(L, b, i);
  if (LIKELY(!b->failed))
    protect_done(L->vm);
  wf_native_buffer_push(L, b);
  return 1;
}

static int table_pack(Thread *L) {
  int n = native_count(L);
  protect_repeatable(L->vm);
  Table *t = wf_table_new(L->vm, (uint32_t)n, 1);
  if (n > 0)
    wf_table_append(L->vm, t, 1, L->base, (uint32_t)n);
  protect_done(L->vm);
  wf_native_set_field(L, t, "n", value_from_inline_int(n));
  L->top = L->base;
  native_push(L, value_from_table(t));
  return 1;
}

static int table_unpack(Thread *L) {
  int64_t first = arg_opt_int(L, 2, 1), last;
  Value object = native_arg(L, 1);
  if (!native_is_none_or_nil(L, 3))
    last = arg_int(L, 3);
  else if (value_is_table(object) && !value_as_table(object)->meta)
    last = wf_table_length(L->vm, value_as_table(object));
  else
    last = wf_operate_length_int(L, object);
  if (first > last)
    return 0;
  uint64_t n = (uint64_t)last - (uint64_t)first;
  if (!native_fits(L, n))
    wf_error_format(L, "too many results to unpack");
  n++;
  if (native_count(L) == 0)
    native_push(L, VALUE_NIL);
  wf_native_reserve(L, (int)n);
  object = L->base[0];
  if (plain_range(object, first, last)) {
    memcpy(L->top, &value_as_table(object)->arr[first], n * sizeof(Value));
    L->top += n;
  } else {
    for (uint64_t i = 0; i < n; i++) {
      native_check_interrupt(L);
      Value v = get_mm(L, L->base[0], first + (int64_t)i);
      native_push(L, v);
    }
  }
  return (int)n;
}

/* ---- sort ---------------------------------------------------------------- */

/* Quicksort with the median of three, the smaller part first. The steps are
 * those of lua5.4's sort, so that inconsistent comparators and elements that
 * are equal but distinguishable (1 and 1.0) end up in the same order, and the
 * same comparators are found to be invalid. Parts larger than LARGE take a
 * random pivot once a partition was badly unbalanced. */
enum { LARGE = 100 };

static uint32_t pivot_index(uint32_t lo, uint32_t up, uint32_t random) {
  uint32_t quarter = (up - lo) / 4;
  return random % (quarter * 2) + (lo + quarter);
}

static uint32_t random_seed(void) {
  uint64_t mix = (uint64_t)clock() * 0x9E3779B97F4A7C15u ^ (uint64_t)time(NULL);
  return (uint32_t)(mix ^ mix >> 32);
}

static NORETURN void invalid_order(Thread *L) {
  wf_error_format(L, "invalid order function for sorting");
}

typedef struct SortRange {
  uint32_t lo, up, random;
} SortRange;

static inline void swap_values(Value *a, uint32_t i, uint32_t j) {
  Value v = a[i];
  a[i] = a[j];
  a[j] = v;
}

/* a[lo..up] partitioned around the pivot in a[up - 1]; its final index. */
static ALWAYS_INLINE uint32_t partition_raw(Thread *L, Value *a, uint32_t lo,
                                            uint32_t up,
                                            bool (*less)(Value, Value)) {
  Value pivot = a[up - 1];
  uint32_t i = lo, j = up - 1;
  for (;;) {
    while (less(a[++i], pivot))
      if (UNLIKELY(i == up - 1))
        invalid_order(L);
    while (less(pivot, a[--j]))
      if (UNLIKELY(j < i))
        invalid_order(L);
    if (j < i) {
      swap_values(a, up - 1, i);
      return i;
    }
    swap_values(a, i, j);
  }
}

/* Sorts a[1..n] of values that compare without running Lua. The work list
 * holds the larger parts put off: each at most half of the one before. */
static ALWAYS_INLINE void sort_raw(Thread *L, Value *a, uint32_t n,
                                   bool (*less)(Value, Value)) {
  SortRange pending[40];
  int count = 0;
  SortRange r = {1, n, 0};
  for (;;) {
    while (r.lo < r.up) {
      native_check_interrupt(L);
      uint32_t lo = r.lo, up = r.up;
      if (less(a[up], a[lo]))
        swap_values(a, lo, up);
      if (up - lo == 1)
        break;
      uint32_t p = up - lo < LARGE || r.random == 0
                       ? (lo + up) / 2
                       : pivot_index(lo, up, r.random);
      if (less(a[p], a[lo]))
        swap_values(a, p, lo);
      else if (less(a[up], a[p]))
        swap_values(a, p, up);
      if (up - lo == 2)
        break;
      swap_values(a, p, up - 1);
      p = partition_raw(L, a, lo, up, less);
      SortRange small = {lo, p - 1, r.random}, rest = {p + 1, up, r.random};
      if (p - lo >= up - p) {
        small = (SortRange){p + 1, up, r.random};
        rest = (SortRange){lo, p - 1, r.random};
      }
      uint32_t done = p - lo < up - p ? p - lo : up - p;
      if ((rest.up - rest.lo) / 128 > done)
        rest.random = random_seed();
      pending[count++] = rest;
      r = small;
    }
    if (count == 0)
      return;
    r = pending[--count];
  }
}

static bool int_less(Value a, Value b) { return a < b; }
static bool float_less(Value a, Value b) {
  return value_as_float(a) < value_as_float(b);
}
static bool string_less(Value a, Value b) {
  return wf_string_compare(value_as_string(a), value_as_string(b)) < 0;
}

/* Sorts t[1..n] when its order needs no Lua; false when it does. */
static bool sort_plain(Thread *L, Value object, uint32_t n) {
  if (!plain_range(object, 1, n))
    return false;
  Table *t = value_as_table(object);
  Value *a = t->arr;
  bool ints = true, floats = true, numbers = true, strings = true;
  for (uint32_t i = 1; i <= n; i++) {
    Value v = a[i];
    ints &= value_is_inline_int(v);
    floats &= value_is_float(v);
    numbers &= value_is_number(v);
    strings &= value_is_string(v);
  }
  if (UNLIKELY(L->vm->barrier))
    for (uint32_t i = 1; i <= n; i++)
      gc_barrier(L->vm, t, a[i]);
  if (ints)
    sort_raw(L, a, n, int_less);
  else if (floats)
    sort_raw(L, a, n, float_less);
  else if (numbers)
    sort_raw(L, a, n, wf_convert_number_lt);
  else if (strings)
    sort_raw(L, a, n, string_less);
  else
    return false;
  return true;
}

/* Stack slots of the general sort; elements under comparison live in them so
 * that the collector sees them while the comparator runs. */
enum { SLOT_TABLE, SLOT_FUNCTION, SLOT_PIVOT, SLOT_A, SLOT_B, SORT_SLOTS };

static bool less_mm(Thread *L, int a, int b) {
  native_check_interrupt(L);
  Value *base = L->base;
  if (value_is_nil(base[SLOT_FUNCTION]))
    return wf_operate_less(L, base[a], base[b]);
  Value *top = L->top;
  top[0] = base[SLOT_FUNCTION];
  top[1] = base[a];
  top[2] = base[b];
  L->top = top + 3;
  wf_call_function(L, 2, 1);
  return !value_is_falsy(native_pop(L));
}

static void load_slot(Thread *L, int slot, uint32_t i) {
  Value v = get_mm(L, L->base[SLOT_TABLE], i);
  L->base[slot] = v; /* NOBARRIER: N3 */
}

static void store_slot(Thread *L, uint32_t i, int slot) {
  set_mm(L, L->base[SLOT_TABLE], i, L->base[slot]);
}

/* Elements i and j, in SLOT_A and SLOT_B, change places. */
static void swap_slots(Thread *L, uint32_t i, uint32_t j) {
  store_slot(L, i, SLOT_B);
  store_slot(L, j, SLOT_A);
}

/* The smallest of three elements to lo, the largest to up, which are in order
 * already. */
static void order_middle(Thread *L, uint32_t lo, uint32_t p, uint32_t up) {
  load_slot(L, SLOT_A, p);
  load_slot(L, SLOT_B, lo);
  if (less_mm(L, SLOT_A, SLOT_B)) {
    swap_slots(L, p, lo);
    return;
  }
  load_slot(L, SLOT_B, up);
  if (less_mm(L, SLOT_B, SLOT_A))
    swap_slots(L, p, up);
}

static uint32_t partition_mm(Thread *L, uint32_t lo, uint32_t up) {
  uint32_t i = lo, j = up - 1;
  for (;;) {
    while (load_slot(L, SLOT_A, ++i), less_mm(L, SLOT_A, SLOT_PIVOT))
      if (UNLIKELY(i == up - 1))
        invalid_order(L);
    while (load_slot(L, SLOT_B, --j), less_mm(L, SLOT_PIVOT, SLOT_B))
      if (UNLIKELY(j < i))
        invalid_order(L);
    if (j < i) {
      store_slot(L, up - 1, SLOT_A);
      store_slot(L, i, SLOT_PIVOT);
      return i;
    }
    swap_slots(L, i, j);
  }
}

static void sort_mm(Thread *L, uint32_t n) {
  SortRange pending[40];
  int count = 0;
  SortRange r = {1, n, 0};
  for (;;) {
    while (r.lo < r.up) {
      uint32_t lo = r.lo, up = r.up;
      load_slot(L, SLOT_A, lo);
      load_slot(L, SLOT_B, up);
      if (less_mm(L, SLOT_B, SLOT_A))
        swap_slots(L, lo, up);
      if (up - lo == 1)
        break;
      uint32_t p = up - lo < LARGE || r.random == 0
                       ? (lo + up) / 2
                       : pivot_index(lo, up, r.random);
      order_middle(L, lo, p, up);
      if (up - lo == 2)
        break;
      load_slot(L, SLOT_PIVOT, p);
      load_slot(L, SLOT_B, up - 1);
      store_slot(L, p, SLOT_B);
      store_slot(L, up - 1, SLOT_PIVOT);
      p = partition_mm(L, lo, up);
      SortRange small = {lo, p - 1, r.random}, rest = {p + 1, up, r.random};
      if (p - lo >= up - p) {
        small = (SortRange){p + 1, up, r.random};
        rest = (SortRange){lo, p - 1, r.random};
      }
      uint32_t done = p - lo < up - p ? p - lo : up - p;
      if ((rest.up - rest.lo) / 128 > done)
        rest.random = random_seed();
      pending[count++] = rest;
      r = small;
    }
    if (count == 0)
      return;
    r = pending[--count];
  }
}

static int table_sort(Thread *L) {
  int64_t n = checked_length(L, 1, READS | WRITES);
  if (n <= 1)
    return 0;
  arg_check(L, n < INT_MAX, 1, "array too big");
  bool has_function = !native_is_none_or_nil(L, 2);
  if (has_function)
    wf_native_check_type(L, 2, TYPE_FUNCTION);
  if (!has_function && sort_plain(L, L->base[0], (uint32_t)n))
    return 0;
  wf_native_set_count(L, 2);
  wf_native_set_count(L, SORT_SLOTS);
  sort_mm(L, (uint32_t)n);
  return 0;
}

void wf_lib_table_open(Thread *L) {
  static const NativeReg functions[] = {
      {"concat", table_concat}, {"insert", table_insert},
      {"move", table_move},     {"pack", table_pack},
      {"remove", table_remove}, {"sort", table_sort},
      {"unpack", table_unpack}, {NULL, NULL}};
  wf_lib_open_new(L, "table", 8, functions);
  native_pop(L);
}
