/* value.h: the 64-bit NaN box.
 *
 *   0 .. FFF0_0000_0000_0000   double; only two NaNs are stored: below
 *   FFF1_0000_0000_000{0,1,2}  nil, false, true
 *   FFF1_8 + 47 bits           light userdata
 *   FFF2 / FFF3 / FFF4 + ptr   table / string / function
 *   FFF5 + ptr                 userdata, thread (kind in the object header)
 *   FFF6 + ptr                 64-bit integer outside the inline range, boxed
 *   FFF7 + ptr                 dead key of a table node; never a value
 *   >= FFF8_0000_0000_0000     integer i in [-2^50, 2^50) as i + INT_BIAS
 *
 * The picture is the order: both operands are inline integers iff
 * (a & b) >= INT_TAG, inline integers compare as plain unsigned words, and
 * every tag read as a double is a NaN. Integers in the inline range are never
 * boxed, so equal inline integers are equal words and a box never equals an
 * inline integer. Doubles must be canonicalised (value_from_float does) before
 * they become values. */
#ifndef WEFT_VALUE_H
#define WEFT_VALUE_H

#include "vm/base/base.h"
#include <string.h>

typedef uint64_t Value;

#define TAG_SHIFT 48
#define TAG_SPECIAL 0xFFF1u
#define TAG_TABLE 0xFFF2u
#define TAG_STRING 0xFFF3u
#define TAG_FUNCTION 0xFFF4u
#define TAG_OBJECT 0xFFF5u
#define TAG_BOX 0xFFF6u
#define TAG_DEAD 0xFFF7u

#define INT_TAG 0xFFF8000000000000ull
#define INT_BIAS (INT_TAG + (1ull << 50))
#define INT_MIN_INLINE (-(1ll << 50))
#define INT_MAX_INLINE ((1ll << 50) - 1)

#define VALUE_NIL 0xFFF1000000000000ull
#define VALUE_FALSE 0xFFF1000000000001ull
#define VALUE_TRUE 0xFFF1000000000002ull
#define LIGHT_BIT 0x0000800000000000ull
/* The sign bit of a NaN is taken by tags, so its lowest bit says it: NAN_BITS
 * is what 0/0 gives on x86-64 and prints as "-nan", NAN_POSITIVE prints as
 * "nan". Arithmetic passes that bit on, as it does a sign. */
#define NAN_BITS 0x7FF8000000000000ull
#define NAN_POSITIVE 0x7FF8000000000001ull
#define FLOAT_MAX_BITS 0xFFF0000000000000ull /* -inf: the largest of them */
#define POINTER_MASK 0x0000FFFFFFFFFFFFull

typedef struct Object Object;
typedef struct String String;
typedef struct Table Table;
typedef struct Function Function; /* Lua or native closure */
typedef struct Userdata Userdata;
typedef struct Thread Thread;
typedef struct Proto Proto;
typedef struct UpVal UpVal;
typedef struct VM VM;

static inline uint32_t value_tag(Value v) { return (uint32_t)(v >> TAG_SHIFT); }
static inline bool value_is_float(Value v) { return v <= FLOAT_MAX_BITS; }
static inline bool value_is_nan(Value v) { return (v | 1) == NAN_POSITIVE; }
static inline bool value_is_inline_int(Value v) { return v >= INT_TAG; }
static inline bool value_is_box(Value v) { return value_tag(v) == TAG_BOX; }
static inline bool value_is_int(Value v) {
  return value_is_inline_int(v) || value_is_box(v);
}
static inline bool value_is_number(Value v) {
  return value_is_float(v) || value_is_int(v);
}
static inline bool value_is_nil(Value v) { return v == VALUE_NIL; }
/* nil or false */
static inline bool value_is_falsy(Value v) { return v - VALUE_NIL <= 1; }
static inline bool value_is_bool(Value v) { return v - VALUE_FALSE <= 1; }
static inline bool value_is_light(Value v) {
  return value_tag(v) == TAG_SPECIAL && (v & LIGHT_BIT);
}
static inline bool value_is_table(Value v) { return value_tag(v) == TAG_TABLE; }
static inline bool value_is_string(Value v) {
  return value_tag(v) == TAG_STRING;
}
static inline bool value_is_function(Value v) {
  return value_tag(v) == TAG_FUNCTION;
}
static inline bool value_is_object(Value v) {
  return value_tag(v) == TAG_OBJECT;
}
/* Refers to the GC heap: table, string, function, userdata, thread, box. */
static inline bool value_is_collectable(Value v) {
  return value_tag(v) - TAG_TABLE <= TAG_BOX - TAG_TABLE;
}

static inline void *value_pointer(Value v) {
  return (void *)(uintptr_t)(v & POINTER_MASK);
}
static inline Value value_make(uint32_t tag, const void *p) {
  return ((uint64_t)tag << TAG_SHIFT) | (uint64_t)(uintptr_t)p;
}
static inline Table *value_as_table(Value v) {
  CHECK(value_is_table(v));
  return (Table *)value_pointer(v);
}
static inline String *value_as_string(Value v) {
  CHECK(value_is_string(v));
  return (String *)value_pointer(v);
}
static inline Function *value_as_function(Value v) {
  CHECK(value_is_function(v));
  return (Function *)value_pointer(v);
}
static inline Object *value_as_object(Value v) {
  return (Object *)value_pointer(v);
}
static inline Value value_from_table(const Table *t) {
  return value_make(TAG_TABLE, t);
}
static inline Value value_from_string(const String *s) {
  return value_make(TAG_STRING, s);
}
static inline Value value_from_function(const Function *f) {
  return value_make(TAG_FUNCTION, f);
}
static inline Value value_from_userdata(const Userdata *u) {
  return value_make(TAG_OBJECT, u);
}
static inline Value value_from_thread(const Thread *t) {
  return value_make(TAG_OBJECT, t);
}
static inline Value value_from_bool(bool b) { return VALUE_FALSE + b; }
/* p must have at most 47 significant bits (user space). */
static inline Value value_from_light(const void *p) {
  return VALUE_NIL | LIGHT_BIT | (uint64_t)(uintptr_t)p;
}
static inline void *value_as_light(Value v) {
  return (void *)(uintptr_t)(v & (LIGHT_BIT - 1));
}

static inline double value_as_float(Value v) {
  double d;
  memcpy(&d, &v, sizeof d);
  return d;
}
static inline Value value_from_float(double d) {
  Value v;
  memcpy(&v, &d, sizeof v);
  return LIKELY(d == d) ? v : NAN_BITS | (v & 1);
}
/* For a double from elsewhere, whose NaN has a sign of its own. */
static inline Value value_from_foreign_float(double d) {
  if (UNLIKELY(d != d))
    return __builtin_signbit(d) ? NAN_BITS : NAN_POSITIVE;
  return value_from_float(d);
}
/* The way back: d, a value's double, as the same code in C would have it. */
static inline double value_foreign_float(double d) {
  Value v;
  memcpy(&v, &d, sizeof v);
  return LIKELY(d == d) ? d
                        : __builtin_copysign(__builtin_nan(""), v & 1 ? 1 : -1);
}
static inline bool int_fits_inline(int64_t i) {
  return (uint64_t)i + (1ull << 50) < (1ull << 51);
}
/* i must fit inline. */
static inline Value value_from_inline_int(int64_t i) {
  CHECK(int_fits_inline(i));
  return (uint64_t)i + INT_BIAS;
}
static inline int64_t value_as_inline_int(Value v) {
  return (int64_t)(v - INT_BIAS);
}
static inline int64_t value_as_box(Value v) {
  return *(const int64_t *)value_pointer(v);
}
/* v must be an integer, inline or boxed. */
static inline int64_t value_as_int(Value v) {
  return value_is_inline_int(v) ? value_as_inline_int(v) : value_as_box(v);
}
/* v must be a number. */
static inline double value_to_double(Value v) {
  return value_is_float(v) ? value_as_float(v) : (double)value_as_int(v);
}

#endif
