/* lib_math.c: the math library.
 *
 * Numbers arrive as NaN boxes, so the hot functions test the tag and answer
 * without a call. Random numbers come from xoshiro256** with Lua's seeding and
 * its ways of mapping 64 random bits to floats and ranges, so a seeded program
 * sees the same sequence as under lua5.4.
 * Source: Blackman and Vigna, "Scrambled linear pseudorandom number
 * generators", 2021. */
#include "vm/lib/arg.h"
#include <float.h>
#include <limits.h>
#include <math.h>
#include <time.h>

#define PI 3.141592653589793238462643383279502884

/* ---- rounding ------------------------------------------------------------ */

/* A float that is integral, as an integer when it fits int64. */
static void push_rounded(Thread *L, double d) {
  int64_t i;
  if (numeral_float_to_int(d, &i))
    native_push_int(L, i);
  else
    native_push_float(L, d);
}

static int math_floor(Thread *L) {
  Value v = native_arg(L, 1);
  if (value_is_int(v)) {
    native_push(L, v);
    return 1;
  }
  double d = arg_float(L, 1);
  if (LIKELY(d > -1e15 && d < 1e15)) {
    int64_t i = (int64_t)d;
    native_push_int(L, i - ((double)i > d));
  } else {
    push_rounded(L, floor(d));
  }
  return 1;
}

static int math_ceil(Thread *L) {
  Value v = native_arg(L, 1);
  if (value_is_int(v)) {
    native_push(L, v);
    return 1;
  }
  double d = arg_float(L, 1);
  if (LIKELY(d > -1e15 && d < 1e15)) {
    int64_t i = (int64_t)d;
    native_push_int(L, i + ((double)i < d));
  } else {
    push_rounded(L, ceil(d));
  }
  return 1;
}

static int math_fmod(Thread *L) {
  Value a = native_arg(L, 1), b = native_arg(L, 2);
  if (!value_is_int(a) || !value_is_int(b)) {
    double y = arg_float(L, 2); /* lua5.4 looks at this one first */
    native_push_float(L, fmod(arg_float(L, 1), y));
    return 1;
  }
  int64_t d = value_as_int(b);
  if ((uint64_t)d + 1 <= 1) { /* 0 or -1 */
    arg_check(L, d != 0, 2, "zero");
    native_push_int(L, 0);
  } else {
    native_push_int(L, value_as_int(a) % d);
  }
  return 1;
}

static int math_modf(Thread *L) {
  Value v = native_arg(L, 1);
  if (value_is_int(v)) {
    native_push(L, v);
    native_push_float(L, 0.0);
    return 2;
  }
  double d = arg_float(L, 1);
  double whole = trunc(d);
  push_rounded(L, whole);
  native_push_float(L, d == whole ? 0.0 : d - whole);
  return 2;
}

static int math_tointeger(Thread *L) {
  Value v = native_arg(L, 1);
  int64_t i;
  if (value_is_int(v))
    native_push(L, v);
  else if (wf_convert_to_int(L->vm, v, true, &i))
    native_push_int(L, i);
  else {
    wf_native_check_any(L, 1);
    native_push(L, VALUE_NIL);
  }
  return 1;
}

/* ---- comparison, types --------------------------------------------------- */

static int math_abs(Thread *L) {
  Value v = native_arg(L, 1);
  if (value_is_int(v)) {
    int64_t i = value_as_int(v);
    native_push_int(L, i < 0 ? (int64_t)(0 - (uint64_t)i) : i);
  } else {
    double d = arg_float(L, 1);
    native_push(L, d == d ? value_from_float(fabs(d)) : NAN_POSITIVE);
  }
  return 1;
}

/* Pushes the least or greatest argument. Any values that
 * compare are accepted, as in lua5.4. */
static int extreme(Thread *L, bool greatest) {
  int n = native_count(L), best = 1;
  arg_check(L, n >= 1, 1, "value expected");
  for (int i = 2; i <= n; i++) {
    Value a = L->base[(greatest ? best : i) - 1];
    Value b = L->base[(greatest ? i : best) - 1];
    bool less;
    if (LIKELY(value_is_float(a) && value_is_float(b)))
      less = value_as_float(a) < value_as_float(b);
    else if (LIKELY(value_is_inline_int(a) && value_is_inline_int(b)))
      less = a < b;
    else
      less = wf_operate_less(L, a, b);
    if (less)
      best = i;
  }
  native_push(L, L->base[best - 1]);
  return 1;
}

static int math_min(Thread *L) { return extreme(L, false); }
static int math_max(Thread *L) { return extreme(L, true); }

static int math_ult(Thread *L) {
  uint64_t a = (uint64_t)arg_int(L, 1);
  native_push_bool(L, a < (uint64_t)arg_int(L, 2));
  return 1;
}

static int math_type(Thread *L) {
  Value v = native_arg(L, 1);
  if (value_is_int(v))
    wf_native_push_string(L, "integer", 7);
  else if (value_is_float(v))
    wf_native_push_string(L, "float", 5);
  else {
    wf_native_check_any(L, 1);
    native_push(L, VALUE_NIL);
  }
  return 1;
}

/* ---- real functions ------------------------------------------------------ */

static double argument(Thread *L, int i) {
  Value v = native_arg(L, i);
  return value_is_inline_int(v) ? (double)value_as_inline_int(v)
                                : arg_float(L, i);
}

/* What a function of C made of x: a NaN of its own has a sign. */
static void push_result(Thread *L, double result, double x) {
  native_push(L, x == x ? value_from_foreign_float(result)
                        : value_from_float(result));
}

#define UNARY(name, function)                                                  \
  static int math_##name(Thread *L) {                                          \
    double x = argument(L, 1);                                                 \
    push_result(L, function(x), x);                                            \
    return 1;                                                                  \
  }
UNARY(sqrt, sqrt)
UNARY(sin, sin)
UNARY(cos, cos)
UNARY(tan, tan)
UNARY(asin, asin)
UNARY(acos, acos)
UNARY(exp, exp)
UNARY(cosh, cosh)
UNARY(sinh, sinh)
UNARY(tanh, tanh)
UNARY(log10, log10)
#undef UNARY

static int math_deg(Thread *L) {
  native_push_float(L, argument(L, 1) * (180.0 / PI));
  return 1;
}

static int math_rad(Thread *L) {
  native_push_float(L, argument(L, 1) * (PI / 180.0));
  return 1;
}

static int math_atan(Thread *L) {
  double y = argument(L, 1);
  double x = native_is_none_or_nil(L, 2) ? 1.0 : argument(L, 2);
  native_push_float(L, atan2(y, x));
  return 1;
}

static int math_log(Thread *L) {
  double x = argument(L, 1), result;
  if (native_is_none_or_nil(L, 2)) {
    result = log(x);
  } else {
    double base = argument(L, 2);
    result = base == 2.0    ? log2(x)
             : base == 10.0 ? log10(x)
                            : log(x) / log(base);
  }
  push_result(L, result, x);
  return 1;
}

static int math_pow(Thread *L) {
  double x = argument(L, 1);
  native_push_float(L, pow(x, argument(L, 2)));
  return 1;
}

static int math_frexp(Thread *L) {
  int exponent;
  native_push_float(L, frexp(argument(L, 1), &exponent));
  native_push_int(L, exponent);
  return 2;
}

static int math_ldexp(Thread *L) {
  double x = argument(L, 1);
  native_push_float(L, ldexp(x, (int)arg_int(L, 2)));
  return 1;
}

/* ---- random numbers ------------------------------------------------------ */

typedef struct Random {
  uint64_t s[4];
} Random;

static Random *generator(Thread *L) {
  return userdata_payload(value_as_userdata(*native_upvalue(L, 0)));
}

static uint64_t rotate_left(uint64_t x, int n) {
  return (x << n) | (x >> (64 - n));
}

static uint64_t next_random(Random *r) {
  uint64_t s0 = r->s[0], s1 = r->s[1], s2 = r->s[2] ^ s0, s3 = r->s[3] ^ s1;
  uint64_t result = rotate_left(s1 * 5, 7) * 9;
  r->s[0] = s0 ^ s3;
  r->s[1] = s1 ^ s2;
  r->s[2] = s2 ^ (s1 << 17);
  r->s[3] = rotate_left(s3, 45);
  return result;
}

/* Maps random bits to [0, n] without bias: masks to the smallest 2^b - 1 that
 * is not below n and draws again while the result is above n. */
static uint64_t project(Random *r, uint64_t bits, uint64_t n) {
  if ((n & (n + 1)) == 0)
    return bits & n;
  uint64_t mask = UINT64_MAX >> __builtin_clzll(n);
  while ((bits &= mask) > n)
    bits = next_random(r);
  return bits;
}

static int math_random(Thread *L) {
  Random *r = generator(L);
  uint64_t bits = next_random(r);
  int64_t low = 1, high;
  switch (native_count(L)) {
  case 0:
    native_push_float(L, (double)(int64_t)(bits >> 11) * 0x1p-53);
    return 1;
  case 1:
    high = arg_int(L, 1);
    if (high == 0) {
      native_push_int(L, (int64_t)bits);
      return 1;
    }
    break;
  case 2:
    low = arg_int(L, 1);
    high = arg_int(L, 2);
    break;
  default:
    wf_error_format(L, "wrong number of arguments");
  }
  arg_check(L, low <= high, 1, "interval is empty");
  uint64_t offset = project(r, bits, (uint64_t)high - (uint64_t)low);
  native_push_int(L, (int64_t)(offset + (uint64_t)low));
  return 1;
}

static void seed(Random *r, uint64_t a, uint64_t b) {
  r->s[0] = a;
  r->s[1] = 0xff;
  r->s[2] = b;
  r->s[3] = 0;
  for (int i = 0; i < 16; i++)
    next_random(r);
}

static uint64_t seed_from_environment(Thread *L) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  uint64_t mix[4] = {(uint64_t)now.tv_sec, (uint64_t)now.tv_nsec,
                     (uint64_t)(uintptr_t)L, (uint64_t)(uintptr_t)&mix};
  return wf_hash_bytes(&L->vm->secret, mix, sizeof mix);
}

static int math_randomseed(Thread *L) {
  Random *r = generator(L);
  uint64_t a, b;
  if (native_is_none(L, 1)) {
    a = seed_from_environment(L);
    b = next_random(r);
  } else {
    a = (uint64_t)arg_int(L, 1);
    b = (uint64_t)arg_opt_int(L, 2, 0);
  }
  seed(r, a, b);
  native_push_int(L, (int64_t)a);
  native_push_int(L, (int64_t)b);
  return 2;
}

/* random and randomseed share the generator, a userdata upvalue. */
static void open_random(Thread *L, Table *lib) {
  static const NativeReg functions[] = {
      {"random", math_random}, {"randomseed", math_randomseed}, {NULL, NULL}};
  Random *r = wf_native_push_userdata(L, sizeof *r, 0, NULL);
  Value shared = L->top[-1];
  uint64_t a = seed_from_environment(L);
  seed(r, a, (uint64_t)(uintptr_t)r);
  for (const NativeReg *reg = functions; reg->name; reg++) {
    Function *f = wf_function_new_native(L->vm, reg->fn, 1, reg->name);
    set_upvalue(L->vm, f, 0, shared);
    wf_native_set_field(L, lib, reg->name, value_from_function(f));
  }
  native_pop(L);
}

void wf_lib_math_open(Thread *L) {
  static const NativeReg functions[] = {{"abs", math_abs},
                                        {"acos", math_acos},
                                        {"asin", math_asin},
                                        {"atan", math_atan},
                                        {"atan2", math_atan},
                                        {"ceil", math_ceil},
                                        {"cos", math_cos},
                                        {"cosh", math_cosh},
                                        {"deg", math_deg},
                                        {"exp", math_exp},
                                        {"floor", math_floor},
                                        {"fmod", math_fmod},
                                        {"frexp", math_frexp},
                                        {"ldexp", math_ldexp},
                                        {"log", math_log},
                                        {"log10", math_log10},
                                        {"max", math_max},
                                        {"min", math_min},
                                        {"modf", math_modf},
                                        {"pow", math_pow},
                                        {"rad", math_rad},
                                        {"sin", math_sin},
                                        {"sinh", math_sinh},
                                        {"sqrt", math_sqrt},
                                        {"tan", math_tan},
                                        {"tanh", math_tanh},
                                        {"tointeger", math_tointeger},
                                        {"type", math_type},
                                        {"ult", math_ult},
                                        {NULL, NULL}};
  Table *lib = wf_lib_open_new(L, "math", 35, functions);
  open_random(L, lib);
  wf_native_set_field(L, lib, "pi", value_from_float(PI));
  wf_native_set_field(L, lib, "huge", value_from_float(HUGE_VAL));
  wf_native_set_field(L, lib, "maxinteger", value_from_int(L->vm, INT64_MAX));
  wf_native_set_field(L, lib, "mininteger", value_from_int(L->vm, INT64_MIN));
  native_pop(L);
}
