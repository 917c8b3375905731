/* values.c: NaN boxes: what handlers and libraries do with single values.
 *
 * Each iteration goes through SIZE values of a mix that the compiler cannot
 * see; an item is one value. */
#include "bench/native/host.h"

enum { SIZE = 1024 };

static Value mix[SIZE];
static const char texts[][12] = {"1", "12345", "-7", "0x1F", "3.25", "1e10"};
enum { NTEXTS = sizeof texts / sizeof texts[0] };

static void fill(uint32_t floats_per_8) {
  uint64_t random = 1;
  for (int i = 0; i < SIZE; i++) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    int64_t n = (int64_t)(random >> 44) - (1 << 19);
    mix[i] = (random >> 40 & 7u) < floats_per_8
                 ? value_from_float((double)n / 3)
                 : value_from_inline_int(n);
  }
}

static void items(GbState *s) { gb_set_items(s, gb_iterations(s) * SIZE); }

static void add_ints(GbState *s, void *ud) {
  (void)ud;
  fill(0);
  GB_LOOP(s) {
    Value sum = INT_BIAS;
    for (int i = 0; i < SIZE; i++)
      if ((sum & mix[i]) >= INT_TAG)
        sum += mix[i] - INT_BIAS;
    gb_keep(sum);
  }
  items(s);
}

static void add_mixed(GbState *s, void *ud) {
  (void)ud;
  fill(4);
  GB_LOOP(s) {
    double sum = 0;
    for (int i = 0; i < SIZE; i++)
      sum += value_to_double(mix[i]);
    gb_keep(value_from_float(sum));
  }
  items(s);
}

static void from_float(GbState *s, void *ud) {
  (void)ud;
  fill(8);
  GB_LOOP(s) {
    for (int i = 0; i < SIZE; i++)
      gb_keep(value_from_float(value_as_float(mix[i]) * 2));
  }
  items(s);
}

static void raw_equal(GbState *s, void *ud) {
  (void)ud;
  fill(4);
  GB_LOOP(s) {
    for (int i = 0; i < SIZE; i++)
      gb_keep(wf_convert_raw_equal(mix[i], mix[(i + 1) % SIZE]));
  }
  items(s);
}

static void less_than(GbState *s, void *ud) {
  (void)ud;
  fill(4);
  GB_LOOP(s) {
    for (int i = 0; i < SIZE; i++)
      gb_keep(wf_convert_number_lt(mix[i], mix[(i + 1) % SIZE]));
  }
  items(s);
}

static void box_int(Thread *L, GbState *s, const void *ud) {
  (void)ud;
  GB_LOOP(s) {
    for (int i = 0; i < SIZE; i++)
      gb_keep(value_from_int(L->vm, INT64_MAX - i));
    gc_safepoint(L, L->vm);
  }
  items(s);
}

static void int_to_string(Thread *L, GbState *s, const void *ud) {
  (void)ud;
  fill(0);
  GB_LOOP(s) {
    for (int i = 0; i < SIZE; i++)
      gb_keep((uintptr_t)wf_convert_number_to_string(L->vm, mix[i]));
    gc_safepoint(L, L->vm);
  }
  items(s);
}

static void float_to_string(Thread *L, GbState *s, const void *ud) {
  (void)ud;
  fill(8);
  GB_LOOP(s) {
    for (int i = 0; i < SIZE; i++)
      gb_keep((uintptr_t)wf_convert_number_to_string(L->vm, mix[i]));
    gc_safepoint(L, L->vm);
  }
  items(s);
}

static void string_to_number(Thread *L, GbState *s, const void *ud) {
  (void)ud;
  const String *strings[NTEXTS];
  for (int i = 0; i < NTEXTS; i++)
    strings[i] = wf_native_push_cstr(L, texts[i]);
  GB_LOOP(s) {
    for (int i = 0; i < NTEXTS; i++)
      gb_keep(wf_convert_string_to_number(L->vm, strings[i]));
  }
  gb_set_items(s, gb_iterations(s) * NTEXTS);
}

void bench_values(void) {
  names_register("value", "add_ints", add_ints, NULL);
  names_register("value", "add_mixed", add_mixed, NULL);
  names_register("value", "from_float", from_float, NULL);
  names_register("value", "raw_equal", raw_equal, NULL);
  names_register("value", "less_than", less_than, NULL);
  host_register("value", "box_int", box_int, NULL);
  host_register("value", "int_to_string", int_to_string, NULL);
  host_register("value", "float_to_string", float_to_string, NULL);
  host_register("value", "string_to_number", string_to_number, NULL);
}
