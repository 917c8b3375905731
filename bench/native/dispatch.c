/* dispatch.c: the cost of single handlers.
 *
 * Each benchmark is a Lua function whose loop holds one statement many times
 * over; one call of it makes all iterations, so the loop's and the call's share
 * is below one percent. An item is one statement; the label says which
 * instructions the linker made of them, and a benchmark whose statements did
 * not become the handler it is about is void.
 *
 *   for _ = 1, n do  STATEMENT STATEMENT ... (UNROLL times)  AFTER  end */
#include "bench/native/host.h"
#include "vm/load/link.h"
#include "vm/load/linked.h"
#include <stdio.h>
#include <stdlib.h>

enum { UNROLL = 200 };

typedef struct Row {
  const char *name;
  const char *before;    /* of the loop: locals */
  const char *statement; /* what is measured */
  const char *after;     /* of the statements, once per iteration */
  const char *handler;   /* beginning of the name of what it must become */
} Row;

static const Row rows[] = {
    {"move", "local a, b = 1, 2", "a = b", "", "MOVE"},
    {"load_constant", "local a = 1", "a = 7", "", "LOADK"},
    {"add_int", "local a, b = 1, 2", "a = a + b", "", "ADD_"},
    {"add_int_constant", "local a = 1", "a = a + 1", "", "ADD_"},
    {"add_float", "local a, b = 1.5, 2.5", "a = a + b", "", "ADD_"},
    {"mul_float", "local a, b = 1.5, 1.0", "a = a * b", "", "MUL_"},
    {"xor_int", "local a, b = 1, 77", "a = a ~ b", "", "BXOR_"},
    {"branch_not_taken", "local a, b = 1, 2", "if a > b then a = b end", "",
     "J"},
    {"branch_taken_to_next", "local a, b, c = 1, 2, 3",
     "if a < b then else c = b end", "", "J"},
    {"call_return", "local function f() end", "f()", "", "CALL"},
    {"call_return_value", "local function f(x) return x end local a = 1",
     "a = f(a)", "", "CALL"},
    {"call_native", "local f = math.abs local a = 1", "a = f(a)", "", "CALL"},
    {"get_index_array", "local t, a, i = {5, 6, 7}, 0, 2", "a = t[i]", "",
     "GET_INDEX"},
    {"get_index_string",
     "local t, a = {} for i = 1, 100 do t['k' .. i] = i end"
     " local k = 'k50'",
     "a = t[k]", "", "GET_INDEX"},
    {"get_index_absent", "local t, a, i = {5, 6, 7}, 0, 'none'", "a = t[i]", "",
     "GET_INDEX"},
    {"set_index_array", "local t, a, i = {5, 6, 7}, 1, 2", "t[i] = a", "",
     "SET_INDEX"},
    {"get_field_hit", "local t, a = {x = 1, y = 2}", "a = t.y", "",
     "GET_FIELD"},
    {"get_field_other_shape", "local t, u, a = {x = 1, y = 2}, {y = 3, z = 4}",
     "a = t.y", "t, u = u, t", "GET_FIELD"},
    {"get_field_inherited",
     "local t, a = setmetatable({}, {__index = {y = 1}})", "a = t.y", "",
     "GET_FIELD"},
    {
        "get_field_absent",
        "local t, a = {x = 1}",
        "a = t.y",
        "",
        "GET_FIELD",
    },
    {"set_field_hit", "local t, a = {x = 1, y = 2}, 3", "t.y = a", "",
     "SET_FIELD"},
    {"set_field_other_shape",
     "local t, u, a = {x = 1, y = 2}, {y = 3, z = 4}, 5", "t.y = a",
     "t, u = u, t", "SET_FIELD"},
    {"get_global", "x = 1 local a", "a = x", "", "GET_"},
    {"get_upvalue", "local a", "a = up", "", "GET_UPVAL"},
    {"set_upvalue", "local a = 1", "up = a", "", "SET_UPVAL"},
    {"method_call",
     "local C = {} C.__index = C function C:m() end"
     " local o = setmetatable({}, C)",
     "o:m()", "", "METHOD"},
};
enum { NROWS = sizeof rows / sizeof rows[0] };

/* The function of a row: called with the number of iterations. */
static void write_source(const Row *row, Buffer *out) {
  wf_buffer_format(out, "local up = 1\nreturn function(n)\n%s\n", row->before);
  wf_buffer_format(out, "for _ = 1, n do\n");
  for (int i = 0; i < UNROLL; i++)
    wf_buffer_format(out, "%s\n", row->statement);
  wf_buffer_format(out, "%s\nend\nend\n", row->after);
}

static int by_count(const void *x, const void *y) {
  const uint32_t *a = x, *b = y;
  return (a[1] < b[1]) - (a[1] > b[1]);
}

/* Counts the linked instructions of p; the label names the frequent ones.
 * Returns how many begin with the row's handler name. */
static uint32_t describe(const Proto *p, const Row *row, char label[160],
                         uint32_t *all) {
  uint32_t counts[LINKED_COUNT][2], wanted = 0;
  for (uint32_t i = 0; i < LINKED_COUNT; i++) {
    counts[i][0] = i;
    counts[i][1] = 0;
  }
  *all = 0;
  for (char *pc = p->code; pc < p->code + p->code_size;) {
    LinkedOp op = wf_linked_decode(linked_head(pc)->handler);
    counts[op][1]++;
    ++*all;
    wanted +=
        strncmp(wf_linked_name[op], row->handler, strlen(row->handler)) == 0;
    pc += wf_linked_length[op];
  }
  qsort(counts, LINKED_COUNT, sizeof counts[0], by_count);
  size_t used = 0;
  *label = 0;
  for (int i = 0; i < 3 && counts[i][1] >= UNROLL / 2 && used < 130; i++)
    used +=
        (size_t)snprintf(label + used, 160 - used, "%s%u %s", i > 0 ? ", " : "",
                         counts[i][1], wf_linked_name[counts[i][0]]);
  return wanted;
}

static void call_with(Thread *L, Function *f, int64_t n) {
  native_push(L, value_from_function(f));
  native_push_int(L, n);
  wf_call_function(L, 1, 0);
}

static void run_row(Thread *L, GbState *s, const void *ud) {
  const Row *row = ud;
  Buffer *source = wf_native_buffer(L);
  write_source(row, source);
  Function *f = host_push_function(L, source->data, source->len, "=row");
  wf_native_buffer_drop(L, source);
  call_with(L, f, 3); /* links it and fills its caches */
  char label[160];
  uint32_t all;
  if (describe(f->of.proto, row, label, &all) < UNROLL)
    wf_error_format(L, "did not become %s: %s", row->handler, label);
  int64_t n = gb_begin(s);
  call_with(L, f, n);
  gb_end(s);
  gb_set_items(s, n * UNROLL);
  gb_set_label(s, label);
  gb_set_counter(s, "each", (double)(n * UNROLL), GB_SECONDS_PER);
}

void bench_dispatch(void) {
  for (int i = 0; i < NROWS; i++)
    host_register("dispatch", rows[i].name, run_row, &rows[i]);
}
