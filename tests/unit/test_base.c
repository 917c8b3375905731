/* test_base.c: the bottom layer: memory, text, numbers, hashing. */
#include "vm/base/alloc.h"
#include "vm/base/arena.h"
#include "vm/base/buffer.h"
#include "vm/base/chunkname.h"
#include "vm/base/early.h"
#include "vm/base/hash.h"
#include "vm/base/numeral.h"
#include "vm/base/utf8.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* --- alloc --- */

static void alloc_gives_aligned_blocks(void **state) {
  (void)state;
  for (size_t size = 0; size < 5000; size += size < 64 ? 1 : 37) {
    char *p = wf_alloc_get(size);
    assert_non_null(p);
    assert_int_equal((uintptr_t)p % 16, 0);
    memset(p, 0x5a, size);
    p = wf_alloc_resize(p, size * 2 + 1);
    assert_non_null(p);
    for (size_t i = 0; i < size; i++)
      assert_int_equal(p[i], 0x5a);
    wf_alloc_free(p);
  }
  wf_alloc_free(NULL);
}

static void alloc_zeroed_checks_the_product(void **state) {
  (void)state;
  char *p = wf_alloc_zeroed(100, 7);
  for (int i = 0; i < 700; i++)
    assert_int_equal(p[i], 0);
  wf_alloc_free(p);
  assert_null(wf_alloc_zeroed(SIZE_MAX / 2, 3));
}

static void alloc_aligned_is_zero_also_when_reused(void **state) {
  (void)state;
  const size_t size = (size_t)4 << 20;
  for (int round = 0; round < 6; round++) {
    char *p = wf_alloc_aligned(size, size);
    assert_non_null(p);
    assert_int_equal((uintptr_t)p % size, 0);
    for (size_t i = 0; i < size; i += 512)
      assert_int_equal(p[i], 0);
    memset(p, 0xff, size);
    wf_alloc_free_aligned(p, size, size);
  }
  char *small = wf_alloc_aligned(100, 64);
  assert_int_equal((uintptr_t)small % 64, 0);
  for (int i = 0; i < 100; i++)
    assert_int_equal(small[i], 0);
  wf_alloc_free_aligned(small, 100, 64);
}

/* Runs `body` in a child with little address space and nothing on its stderr
 * allowed; returns its exit status, 1000 + bytes when something was printed. */
static int in_small_space(int (*body)(void)) {
  int pipes[2];
  assert_int_equal(pipe(pipes), 0);
  pid_t child = fork();
  if (child == 0) {
    struct rlimit limit = {60000 * 1024, 60000 * 1024};
    dup2(pipes[1], 2);
    close(pipes[0]);
    close(pipes[1]);
    if (setrlimit(RLIMIT_AS, &limit) != 0)
      _exit(99);
    _exit(body());
  }
  close(pipes[1]);
  char text[256];
  ssize_t printed = read(pipes[0], text, sizeof text);
  close(pipes[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (printed != 0)
    return 1000 + (int)printed;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 500;
}

static int exhaust(void) {
  const size_t segment = (size_t)4 << 20;
  int segments = 0;
  void *last = NULL;
  for (;;) {
    void *p = wf_alloc_aligned(segment, segment);
    if (!p)
      break;
    memset(p, 1, segment);
    last = p;
    segments++;
  }
  if (segments < 4)
    return 1;
  if (wf_alloc_get((size_t)100 << 20) || wf_alloc_zeroed(1, (size_t)1 << 40))
    return 2;
  void *small = wf_alloc_get(100);
  if (!small || wf_alloc_resize(small, (size_t)1 << 40))
    return 3;
  wf_alloc_free(small);
  wf_alloc_free_aligned(last, segment, segment);
  return wf_alloc_aligned(segment, segment) ? 0 : 4;
}

static void alloc_answers_null_when_space_is_limited(void **state) {
  (void)state;
#if defined(__SANITIZE_ADDRESS__)
  skip();
#endif
  assert_int_equal(in_small_space(exhaust), 0);
}

/* --- early blocks --- */

static void early_blocks_are_a_stack(void **state) {
  (void)state;
  char *a = wf_early_get(100), *b = wf_early_get(50);
  assert_true(early_has(a) && early_has(b) && !early_has(NULL));
  assert_true((uintptr_t)a % 16 == 0 && (uintptr_t)b % 16 == 0);
  assert_true(b >= a + 100 && wf_early_size(a) >= 100);
  assert_false(wf_early_resize(a, 200)); /* b is in the way */
  assert_true(wf_early_resize(b, 1000));
  memset(b, 1, 1000);
  assert_null(wf_early_get(EARLY_SIZE));
  assert_false(wf_early_resize(b, EARLY_SIZE));
  wf_early_free(a);
  assert_ptr_not_equal(wf_early_get(20), a); /* not before b goes */
  char *c = wf_early_zeroed(64);
  wf_early_free(b);
  wf_early_free(c - 16 - 32); /* the block of 20 */
  wf_early_free(c);
  char *d = wf_early_zeroed(2000);
  assert_ptr_equal(d, a);
  for (int i = 0; i < 2000; i++)
    assert_int_equal(d[i], 0);
  wf_early_free(d);
}

/* Blocks that were in the region and outgrow it keep what they hold. */
static void alloc_moves_early_blocks(void **state) {
  (void)state;
  unsigned char *blocks[64];
  for (int round = 0; round < 2; round++) {
    for (int i = 0; i < 64; i++) {
      blocks[i] = wf_alloc_get(6000);
      memset(blocks[i], i, 6000);
    }
    for (int i = 0; i < 64; i++) {
      blocks[i] = wf_alloc_resize(blocks[i], 9000);
      assert_true(blocks[i][0] == i && blocks[i][5999] == i);
    }
    for (int i = 0; i < 64; i++)
      wf_alloc_free(blocks[i]);
  }
}

/* --- arena --- */

static void arena_blocks_do_not_overlap(void **state) {
  (void)state;
  Arena a;
  wf_arena_init(&a);
  enum { COUNT = 3000 };
  static unsigned char *blocks[COUNT];
  for (int round = 0; round < 2; round++) {
    for (size_t i = 0; i < COUNT; i++) {
      size_t size = i % 100 == 0 ? i * 40 : i % 90;
      blocks[i] = wf_arena_alloc(&a, size);
      assert_non_null(blocks[i]);
      assert_int_equal((uintptr_t)blocks[i] % 8, 0);
      memset(blocks[i], (int)(i & 0xff), size);
    }
    for (size_t i = 0; i < COUNT; i++) {
      size_t size = i % 100 == 0 ? i * 40 : i % 90;
      for (size_t k = 0; k < size; k++)
        assert_int_equal(blocks[i][k], i & 0xff);
    }
    assert_true(a.total > 0);
    wf_arena_free(&a);
    assert_int_equal(a.total, 0);
  }
}

static void arena_copies_end_in_nul(void **state) {
  (void)state;
  Arena a;
  wf_arena_init(&a);
  char *p = wf_arena_copy(&a, "ab\0cd", 5);
  assert_memory_equal(p, "ab\0cd", 6);
  assert_string_equal(wf_arena_copy(&a, NULL, 0), "");
  assert_null(wf_arena_alloc(&a, SIZE_MAX - 3));
  wf_arena_free(&a);
}

/* --- buffer --- */

static void buffer_appends(void **state) {
  (void)state;
  Buffer b;
  wf_buffer_init(&b);
  assert_string_equal(wf_buffer_cstr(&b), "");
  wf_buffer_string(&b, "one ");
  wf_buffer_byte(&b, 'x');
  wf_buffer_bytes(&b, "yz", 2);
  wf_buffer_format(&b, " %d %s", 42, "end");
  assert_string_equal(wf_buffer_cstr(&b), "one xyz 42 end");
  for (int i = 0; i < 1000; i++)
    wf_buffer_format(&b, "%0200d", i);
  assert_int_equal(b.len, 14 + 200 * 1000);
  assert_false(b.failed);
  wf_buffer_free(&b);
}

static void buffer_writes_leb128(void **state) {
  (void)state;
  static const struct {
    uint64_t v;
    size_t len;
    const char *bytes;
  } cases[] = {{0, 1, "\0"},
               {127, 1, "\x7f"},
               {128, 2, "\x80\x01"},
               {300, 2, "\xac\x02"},
               {UINT64_MAX, 10, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"}};
  for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
    Buffer b;
    wf_buffer_init(&b);
    wf_buffer_varint(&b, cases[i].v);
    assert_int_equal(b.len, cases[i].len);
    assert_memory_equal(b.data, cases[i].bytes, b.len);
    wf_buffer_free(&b);
  }
}

static void buffer_remembers_failure(void **state) {
  (void)state;
  Buffer b;
  wf_buffer_init(&b);
  wf_buffer_string(&b, "kept");
  assert_false(wf_buffer_reserve(&b, SIZE_MAX - 2));
  assert_true(b.failed);
  wf_buffer_string(&b, "ignored");
  assert_int_equal(b.len, 4);
  assert_string_equal(wf_buffer_cstr(&b), "");
  wf_buffer_free(&b);
}

/* --- numeral --- */

static Numeral parse(const char *s) { return wf_numeral_parse(s, strlen(s)); }

static void numeral_reads_integers(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int64_t value;
  } cases[] = {{"0", 0},
               {"-0", 0},
               {"3", 3},
               {"  +42\t\n", 42},
               {"\v\f\r 7 ", 7},
               {"0007", 7},
               {"9223372036854775807", INT64_MAX},
               {"-9223372036854775808", INT64_MIN},
               {"0x0", 0},
               {"0XfF", 255},
               {"-0x1", -1},
               {"0x7fffffffffffffff", INT64_MAX},
               {"0xffffffffffffffff", -1},
               {"0x1ffffffffffffffff", -1},
               {"0x123456789abcdef01", 0x23456789abcdef01}};
  for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
    Numeral n = parse(cases[i].text);
    assert_int_equal(n.kind, NUMERAL_INT);
    assert_int_equal(n.as.i, cases[i].value);
  }
}

static void numeral_reads_floats(void **state) {
  (void)state;
  static const struct {
    const char *text;
    double value;
  } cases[] = {{"3.0", 3.0},
               {".5", 0.5},
               {"5.", 5.0},
               {"-.5e1", -5.0},
               {"1e5", 1e5},
               {"1E+5", 1e5},
               {"1e-5", 1e-5},
               {"0.1", 0.1},
               {"3.14159265358979", 3.14159265358979},
               {"9223372036854775808", 9223372036854775808.0},
               {"-9223372036854775809", -9223372036854775809.0},
               {"1e22", 1e22},
               {"1e23", 1e23},
               {"9007199254740993.0", 9007199254740993.0},
               {"1e308", 1e308},
               {"1e400", (double)INFINITY},
               {"-1e99999999999999999999", -(double)INFINITY},
               {"1e-400", 0.0},
               {"4.9406564584124654e-324", 4.9406564584124654e-324},
               {"0x.8", 0.5},
               {"0x8.", 8.0},
               {"0xA.8p1", 21.0},
               {"0x1p4", 16.0},
               {"-0x1P-2", -0.25},
               {"0x.1p-3", 1.0 / 128},
               {"0xffffffffffffffff.0", 18446744073709551616.0}};
  for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
    Numeral n = parse(cases[i].text);
    assert_int_equal(n.kind, NUMERAL_FLOAT);
    assert_memory_equal(&n.as.d, &cases[i].value, sizeof n.as.d);
  }
  assert_true(signbit(parse("-0.0").as.d));
}

static void numeral_rejects_the_rest(void **state) {
  (void)state;
  static const char *const cases[] = {
      "",     " ",    "-",     "+",      "0x",  "0x ",  "0xg", "x1",
      ".",    "-.",   "1e",    "1e+",    "e5",  ".e5",  "0x.", "0xp1",
      "0x1p", "1p4",  "0x.p1", "1 2",    "1a",  "0x1g", "--1", "+-1",
      "- 1",  "1..2", "1.2.3", "inf",    "nan", "-inf", "NaN", "infinity",
      "1e5.", "1_0",  "1e5e5", "0x1p1.", "1,5", "0b1",  "1f",  "1L"};
  for (size_t i = 0; i < ARRAY_LEN(cases); i++)
    assert_int_equal(parse(cases[i]).kind, NUMERAL_NONE);
  assert_int_equal(wf_numeral_parse("1\0", 2).kind, NUMERAL_NONE);
  assert_int_equal(wf_numeral_parse("\0001", 2).kind, NUMERAL_NONE);
}

static void numeral_reads_only_its_bytes(void **state) {
  (void)state;
  assert_int_equal(wf_numeral_parse("123456", 3).as.i, 123);
  assert_true(wf_numeral_parse("1.5555", 3).as.d == 1.5);
  assert_true(wf_numeral_parse("1.5e300000", 7).as.d == 1.5e300);
}

static void numeral_reads_very_long_text(void **state) {
  (void)state;
  enum { LEN = 100000 };
  char *text = wf_alloc_get(LEN + 1);
  memset(text, '0', LEN);
  text[0] = '1';
  text[LEN] = '\0';
  assert_true(isinf(wf_numeral_parse(text, LEN).as.d));
  text[1] = '.';
  assert_true(wf_numeral_parse(text, LEN).as.d == 1.0);
  text[1] = 'x';
  text[0] = '0';
  assert_int_equal(wf_numeral_parse(text, LEN).kind, NUMERAL_INT);
  wf_alloc_free(text);
}

/* The quick ways of reading and writing agree with the C library's. */
static void numeral_agrees_with_the_c_library(void **state) {
  (void)state;
  HashSecret secret;
  wf_hash_secret_init(&secret, 7, false);
  for (uint64_t i = 0; i < 200000; i++) {
    uint64_t r = wf_hash_bytes(&secret, &i, sizeof i);
    char text[64], ours[NUMERAL_MAX], theirs[64];
    if (i % 2)
      snprintf(text, sizeof text, "%llu.%llue%d",
               (unsigned long long)(r >> (20 + r % 40)),
               (unsigned long long)(r % 100000), (int)(r % 50) - 25);
    else
      snprintf(text, sizeof text, "%.*g", (int)(r % 17) + 1,
               (double)(int64_t)r / (double)(1 + (r >> 32)));
    if (!strpbrk(text, ".e"))
      continue;
    Numeral n = parse(text);
    double want = strtod(text, NULL);
    assert_int_equal(n.kind, NUMERAL_FLOAT);
    assert_memory_equal(&n.as.d, &want, sizeof want);

    double d;
    memcpy(&d, &r, sizeof d);
    if (i % 3 == 0)
      d = want;
    else if (i % 3 == 1)
      d = (double)((int64_t)r >> (r % 64));
    snprintf(theirs, sizeof theirs, "%.14g", d);
    if (d != d) { /* the lowest bit stands for the sign */
      uint64_t bits;
      memcpy(&bits, &d, sizeof bits);
      strcpy(theirs, bits & 1 ? "nan" : "-nan");
    }
    if (!theirs[strspn(theirs, "-0123456789")])
      strcat(theirs, ".0");
    size_t len = wf_numeral_from_float(d, ours);
    assert_string_equal(ours, theirs);
    assert_int_equal(len, strlen(ours));
  }
}

static void numeral_writes(void **state) {
  (void)state;
  static const struct {
    double value;
    const char *text;
  } floats[] = {{0.0, "0.0"},
                {-0.0, "-0.0"},
                {1.0, "1.0"},
                {-42.0, "-42.0"},
                {0.1, "0.1"},
                {1e14, "1e+14"},
                {99999999999999.0, "99999999999999.0"},
                {1e100, "1e+100"},
                {3.14159265358979, "3.1415926535898"},
                {0.30000000000000004, "0.3"},
                {123456.789e-20, "1.23456789e-15"},
                {9007199254740993.0, "9.007199254741e+15"},
                {(double)INFINITY, "inf"},
                {-(double)INFINITY, "-inf"},
                {(double)INT64_MIN, "-9.2233720368548e+18"}};
  char out[NUMERAL_MAX];
  for (size_t i = 0; i < ARRAY_LEN(floats); i++) {
    size_t len = wf_numeral_from_float(floats[i].value, out);
    assert_string_equal(out, floats[i].text);
    assert_int_equal(len, strlen(out));
  }
  static const int64_t ints[] = {0,  1,         -1,        9,       10,  99,
                                 -5, INT64_MAX, INT64_MIN, 1000000, -100};
  for (size_t i = 0; i < ARRAY_LEN(ints); i++) {
    char want[32];
    snprintf(want, sizeof want, "%lld", (long long)ints[i]);
    assert_int_equal(wf_numeral_from_int(ints[i], out), strlen(want));
    assert_string_equal(out, want);
  }
}

static void numeral_floats_become_exact_integers_only(void **state) {
  (void)state;
  int64_t i = 0;
  assert_true(numeral_float_to_int(-9223372036854775808.0, &i));
  assert_int_equal(i, INT64_MIN);
  assert_true(numeral_float_to_int(-0.0, &i));
  assert_int_equal(i, 0);
  assert_false(numeral_float_to_int(9223372036854775808.0, &i));
  assert_false(numeral_float_to_int(0.5, &i));
  assert_false(numeral_float_to_int((double)NAN, &i));
  assert_false(numeral_float_to_int((double)INFINITY, &i));
}

/* --- hash --- */

static void hash_depends_on_the_secret_and_every_byte(void **state) {
  (void)state;
  HashSecret a, b, c, d;
  wf_hash_secret_init(&a, 1, false);
  wf_hash_secret_init(&b, 1, false);
  wf_hash_secret_init(&c, 2, false);
  wf_hash_secret_init(&d, 1, true);
  assert_memory_equal(&a, &b, sizeof a);
  assert_memory_not_equal(&a, &c, sizeof a);
  assert_memory_not_equal(&a, &d, sizeof a);
  char text[300];
  for (size_t i = 0; i < sizeof text; i++)
    text[i] = (char)(i * 7);
  for (size_t len = 0; len <= sizeof text; len++) {
    uint64_t h = wf_hash_bytes(&a, text, len);
    assert_true(h == wf_hash_bytes(&b, text, len));
    assert_true(h != wf_hash_bytes(&c, text, len));
    if (len > 0) {
      text[len - 1] ^= 1;
      assert_true(h != wf_hash_bytes(&a, text, len));
      text[len - 1] ^= 1;
    }
  }
}

/* --- utf8 --- */

static void utf8_round_trips(void **state) {
  (void)state;
  static const uint32_t codes[] = {
      0,       1,        0x7f,     0x80,     0x7ff,     0x800,     0xffff,
      0x10000, 0x10ffff, 0x1fffff, 0x200000, 0x3ffffff, 0x4000000, 0x7fffffff};
  static const size_t lengths[] = {1, 1, 1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 6, 6};
  for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
    char out[UTF8_MAX];
    uint32_t code = 0;
    size_t n = wf_utf8_encode(codes[i], out);
    assert_int_equal(n, lengths[i]);
    assert_int_equal(wf_utf8_decode(out, n, &code, false), n);
    assert_int_equal(code, codes[i]);
    assert_int_equal(wf_utf8_decode(out, n - 1, &code, false), 0);
    assert_int_equal(wf_utf8_decode(out, n, &code, true),
                     codes[i] <= 0x10ffff ? n : 0);
  }
  char out[UTF8_MAX];
  wf_utf8_encode(0x20ac, out);
  assert_memory_equal(out, "\xe2\x82\xac", 3);
}

static void utf8_rejects_malformed_text(void **state) {
  (void)state;
  static const char *const cases[] = {"\x80",
                                      "\xbf",
                                      "\xc3",
                                      "\xc3(",
                                      "\xc0\x80",
                                      "\xc1\xbf",
                                      "\xe0\x80\x80",
                                      "\xe0\x9f\xbf",
                                      "\xf0\x80\x80\x80",
                                      "\xf8\x80\x80\x80\x80",
                                      "\xfc\x80\x80\x80\x80\x80",
                                      "\xfe\x80\x80\x80\x80\x80",
                                      "\xff",
                                      "\xe2\x82\xff"};
  uint32_t code;
  for (size_t i = 0; i < ARRAY_LEN(cases); i++)
    assert_int_equal(wf_utf8_decode(cases[i], strlen(cases[i]), &code, false),
                     0);
  assert_int_equal(wf_utf8_decode("\xed\xa0\x80", 3, &code, false), 3);
  assert_int_equal(code, 0xd800);
  assert_int_equal(wf_utf8_decode("\xed\xa0\x80", 3, &code, true), 0);
}

/* --- chunkname --- */

static const char *display(const char *name) {
  static char out[CHUNKNAME_MAX];
  memset(out, 'z', sizeof out);
  wf_chunkname_display(name, strlen(name), out);
  return out;
}

static void chunkname_shows_each_kind(void **state) {
  (void)state;
#define TEN "0123456789"
#define FIFTY TEN TEN TEN TEN TEN
  assert_string_equal(display("=stdin"), "stdin");
  assert_string_equal(display("="), "");
  assert_string_equal(display("@file.lua"), "file.lua");
  assert_string_equal(display("=" FIFTY "012345678"), FIFTY "012345678");
  assert_string_equal(display("=" FIFTY TEN "x"), FIFTY "012345678");
  assert_string_equal(display("@" FIFTY "012345678"), FIFTY "012345678");
  /* The last 56 of 60 bytes. */
  assert_string_equal(display("@ab" FIFTY "01234567"),
                      "..."
                      "23456789" TEN TEN TEN TEN "01234567");
  assert_string_equal(display("return 1"), "[string \"return 1\"]");
  assert_string_equal(display(""), "[string \"\"]");
  assert_string_equal(display("a = 1\nb = 2"), "[string \"a = 1...\"]");
  assert_string_equal(display("\n"), "[string \"...\"]");
  assert_string_equal(display(TEN TEN TEN TEN "0123"),
                      "[string \"" TEN TEN TEN TEN "0123\"]");
  assert_string_equal(display(TEN TEN TEN TEN "01234"),
                      "[string \"" TEN TEN TEN TEN "01234...\"]");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(alloc_moves_early_blocks), /* first: before the
                                                     others use them up */
      cmocka_unit_test(alloc_gives_aligned_blocks),
      cmocka_unit_test(alloc_zeroed_checks_the_product),
      cmocka_unit_test(alloc_aligned_is_zero_also_when_reused),
      cmocka_unit_test(alloc_answers_null_when_space_is_limited),
      cmocka_unit_test(early_blocks_are_a_stack),
      cmocka_unit_test(arena_blocks_do_not_overlap),
      cmocka_unit_test(arena_copies_end_in_nul),
      cmocka_unit_test(buffer_appends),
      cmocka_unit_test(buffer_writes_leb128),
      cmocka_unit_test(buffer_remembers_failure),
      cmocka_unit_test(numeral_reads_integers),
      cmocka_unit_test(numeral_reads_floats),
      cmocka_unit_test(numeral_rejects_the_rest),
      cmocka_unit_test(numeral_reads_only_its_bytes),
      cmocka_unit_test(numeral_reads_very_long_text),
      cmocka_unit_test(numeral_agrees_with_the_c_library),
      cmocka_unit_test(numeral_writes),
      cmocka_unit_test(numeral_floats_become_exact_integers_only),
      cmocka_unit_test(hash_depends_on_the_secret_and_every_byte),
      cmocka_unit_test(utf8_round_trips),
      cmocka_unit_test(utf8_rejects_malformed_text),
      cmocka_unit_test(chunkname_shows_each_kind),
  };
  return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
