/* test_gc.c: the bitmap heap and the collector, with C code as the mutator.
 *
 * `test_gc measure` prints what allocation and collection cost instead. */
#include "tests/unit/value_vm.h"
#include "vm/gc/collector.h"
#include "vm/gc/stats.h"
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

static VM *vm;

static int open_vm(void **state) {
  (void)state;
  vm = test_vm_open(7);
  return 0;
}
static int close_vm(void **state) {
  (void)state;
  wf_gc_check(vm);
  test_vm_close(vm);
  return 0;
}

static Table *table(void) { return wf_table_new(vm, 0, 0); }
static Value tv(Table *t) { return value_from_table(t); }
static Value number(int64_t i) { return value_from_int(vm, i); }
static void set(Table *t, const char *key, Value v) {
  wf_table_set_string(vm, t, wf_string_from_cstr(vm, key), v);
}
static Value get(Table *t, const char *key) {
  return wf_table_get_string(vm, t, wf_string_from_cstr(vm, key));
}
static void collect(void) {
  wf_gc_full(vm->thread, true);
  wf_gc_check(vm);
}
static GC *gc(void) { return vm->heap.gc; }
/* One slice of work, whatever was allocated. */
static bool slice(ptrdiff_t kbytes) {
  bool done = wf_gc_step_kbytes(vm->thread, kbytes);
  wf_gc_check(vm);
  return done;
}
static void finish_cycle(void) {
  while (!slice(64))
    ;
}
static Table *rooted(Table *t) {
  test_push(vm, tv(t));
  return t;
}
static Table *weak_table(const char *mode) {
  Table *meta = table();
  Table *t = rooted(table());
  set(meta, "__mode", value_from_string(wf_string_from_cstr(vm, mode)));
  wf_table_set_meta(vm, t, meta);
  return t;
}
static uint32_t count_entries(Table *t) {
  uint32_t cursor = 0, n = 0;
  Value out[2];
  while (wf_table_next_at(vm, t, &cursor, out))
    n++;
  return n;
}

/* ---- the heap ---- */

static void cells_are_apart_and_aligned(void **state) {
  (void)state;
  enum { N = 3000 };
  static char *cell[N];
  static size_t size[N];
  Table *owner = rooted(table());
  (void)owner;
  wf_gc_stop(vm);
  for (int i = 0; i < N; i++) {
    size[i] = i % 50 ? 1 + test_random(1200) : 1 + test_random(700000);
    cell[i] = i % 2 ? gc_alloc_raw(vm, size[i]) : gc_alloc(vm, size[i]);
    assert_int_equal((uintptr_t)cell[i] % HEAP_ALIGN, 0);
    if (size[i] % 16 == 0)
      assert_int_equal((uintptr_t)cell[i] % 16, 0);
    memset(cell[i], i & 0xff, size[i]);
  }
  for (int i = 0; i < N; i++) {
    CellKind kind;
    size_t room;
    assert_true(wf_heap_find_cell(gc(), cell[i], &kind, &room));
    assert_int_equal(kind, i % 2 ? CELL_RAW : CELL_OBJECT);
    assert_true(room >= size[i]);
    if (i % 2)
      assert_int_equal(room, wf_gc_cell_size(size[i]));
    for (size_t k = 0; k < size[i]; k++)
      if ((unsigned char)cell[i][k] != (i & 0xff))
        fail_msg("cell %d was overwritten", i);
  }
  collect(); /* nothing refers to them */
  assert_true(wf_gc_count_bytes(vm) < 200000);
  wf_gc_restart(vm);
}

static void dead_memory_is_used_again(void **state) {
  (void)state;
  collect();
  size_t start = gc()->bytes;
  for (int i = 0; i < 3000000; i++) {
    table();
    gc_safepoint(vm->thread, vm);
  }
  assert_true(gc()->cycles > 10);
  assert_true(gc()->segment_count <= 4);
  collect();
  assert_true(gc()->bytes < start + 100000);
}

static void large_cells_go_back(void **state) {
  (void)state;
  collect();
  size_t start = wf_gc_count_bytes(vm);
  Table *t = rooted(table());
  for (int i = 0; i < 40; i++) {
    wf_table_reserve_array(vm, t, 1u << (i % 20));
    Table *u = table();
    wf_table_reserve_array(vm, u, 1u << (i % 18));
    wf_table_set_int(vm, t, i, tv(u));
  }
  collect();
  assert_true(wf_gc_count_bytes(vm) > start + (8u << 19));
  vm->thread->top--;
  collect();
  assert_true(wf_gc_count_bytes(vm) < start + 100000);
  assert_null(gc()->huge);
}

static void resize_keeps_the_contents(void **state) {
  (void)state;
  wf_gc_stop(vm);
  size_t size = 1024;
  uint32_t *cell = gc_alloc_raw(vm, size);
  for (uint32_t i = 0; i < size / 4; i++)
    cell[i] = i;
  for (int round = 0; round < 14; round++) {
    size_t old = size;
    size *= 2;
    cell = wf_gc_try_resize(vm, cell, old, size);
    assert_non_null(cell);
    for (uint32_t i = 0; i < size / 4; i++) {
      if (i < old / 4)
        assert_int_equal(cell[i], i);
      cell[i] = i;
    }
    CellKind kind;
    size_t room;
    assert_true(wf_heap_find_cell(gc(), cell, &kind, &room));
    assert_true(room >= size);
  }
  assert_null(wf_gc_try_resize(vm, cell, size, (size_t)1 << 60));
  assert_int_equal(cell[size / 4 - 1], size / 4 - 1);
  wf_gc_release(vm, cell, size);
  assert_null(gc()->huge);
  assert_null(wf_gc_try_alloc(vm, (size_t)1 << 60));
  assert_null(wf_gc_try_alloc(vm, SIZE_MAX));
  wf_gc_restart(vm);
}

static void runs_under_an_address_space_limit(void **state) {
  (void)state;
#if !HEAP_ASAN
  pid_t child = fork();
  if (child == 0) {
    struct rlimit limit = {60000 * 1024, 60000 * 1024};
    setrlimit(RLIMIT_AS, &limit);
    vm = test_vm_open(3);
    Table *list = rooted(table());
    for (int i = 0; i < 500000; i++) {
      Table *t = table();
      wf_table_set_int(vm, list, i % 20000 + 1, tv(t));
      gc_safepoint(vm->thread, vm);
    }
    wf_gc_check(vm);
    test_vm_close(vm);
    _exit(0);
  }
  int status = -1;
  waitpid(child, &status, 0);
  assert_int_equal(status, 0);
#endif
}

/* ---- tracing ---- */

static void everything_reachable_stays(void **state) {
  (void)state;
  Table *root = rooted(table());
  for (int i = 1; i <= 500; i++) {
    Table *t = table();
    set(t, "id", number(i));
    set(t, "text", value_from_string(test_string(vm, "text", i)));
    wf_table_set_int(vm, t, 1, number(INT64_MAX - i));
    wf_table_set(vm, t, tv(root), value_from_float(i + 0.5));
    Userdata *u = wf_function_new_userdata(vm, 100, 2);
    u->values[0] = tv(table());
    u->values[1] = value_from_string(test_string(vm, "value", i));
    set(t, "userdata", value_from_userdata(u));
    Function *f = wf_function_new_native(vm, NULL, 2, "f");
    f->upvals[1].value = value_from_string(test_string(vm, "upvalue", i));
    set(t, "function", value_from_function(f));
    wf_table_set_int(vm, root, i, tv(t));
  }
  for (int round = 0; round < 3; round++)
    collect();
  for (int i = 1; i <= 500; i++) {
    Table *t = value_as_table(wf_table_get_int(vm, root, i));
    assert_true(get(t, "id") == number(i));
    assert_true(get(t, "text") ==
                value_from_string(test_string(vm, "text", i)));
    assert_int_equal(value_as_int(wf_table_get_int(vm, t, 1)), INT64_MAX - i);
    assert_true(wf_table_get(vm, t, tv(root)) == value_from_float(i + 0.5));
    Userdata *u = value_as_userdata(get(t, "userdata"));
    assert_true(value_is_table(u->values[0]));
    assert_true(u->values[1] == value_from_string(test_string(vm, "value", i)));
    Function *f = value_as_function(get(t, "function"));
    assert_true(f->upvals[1].value ==
                value_from_string(test_string(vm, "upvalue", i)));
  }
}

static void stale_stack_slots_are_cleared(void **state) {
  (void)state;
  Thread *L = vm->thread;
  for (int i = 0; i < 100; i++)
    test_push(vm, tv(table()));
  L->top -= 100;
  collect();
  for (Value *v = L->top; v < L->stack_end; v++)
    assert_true(value_is_nil(*v));
}

static void threads_and_open_upvalues(void **state) {
  (void)state;
  Table *root = rooted(table());
  for (int i = 1; i <= 60; i++) {
    Thread *t = test_thread(vm);
    t->status = THREAD_SUSPENDED;
    gc_thread_touched(vm, t);
    *t->top++ = value_from_string(test_string(vm, "on the stack", i));
    *t->top++ = value_from_string(test_string(vm, "captured", i));
    UpVal *u = wf_function_find_upval(t, t->top - 1);
    Proto *p = gc_alloc(vm, sizeof *p);
    memset(p, 0, sizeof *p);
    p->type = OBJ_PROTO;
    p->nupvals = 1;
    p->source = test_string(vm, "source", i);
    p->upvals = p->body = gc_alloc_raw(vm, sizeof *p->upvals);
    p->upvals[0].name = test_string(vm, "upvalue", i);
    Function *f = wf_function_new_lua(vm, p);
    f->upvals[0].up = u;
    wf_table_set_int(vm, root, i, value_from_function(f));
    if (i % 3 == 0)
      slice(1);
  }
  collect();
  collect();
  for (int i = 1; i <= 60; i++) {
    Function *f = value_as_function(wf_table_get_int(vm, root, i));
    UpVal *u = f->upvals[0].up;
    assert_true(upval_is_open(u));
    Thread *t = u->u.open.owner;
    assert_true(*u->v == value_from_string(test_string(vm, "captured", i)));
    assert_true(u->v[-1] ==
                value_from_string(test_string(vm, "on the stack", i)));
    if (i % 2)
      wf_function_close_upvals(t, t->stack);
  }
  collect();
  for (int i = 1; i <= 60; i++) {
    Function *f = value_as_function(wf_table_get_int(vm, root, i));
    assert_true(*f->upvals[0].up->v ==
                value_from_string(test_string(vm, "captured", i)));
    assert_string_equal(f->of.proto->upvals[0].name->bytes,
                        test_string(vm, "upvalue", i)->bytes);
  }
}

static void deep_structures_need_no_recursion(void **state) {
  (void)state;
  enum { DEPTH = 300000 };
  Table *root = rooted(table());
  for (int i = 0; i < DEPTH; i++) {
    Table *t = table();
    for (int k = 1; k <= 3; k++) /* siblings make the gray stack grow */
      wf_table_set_int(vm, t, k, tv(table()));
    set(t, "next", get(root, "next"));
    set(root, "next", tv(t));
    gc_safepoint(vm->thread, vm);
  }
  collect();
  uint32_t n = 0;
  for (Value v = get(root, "next"); !value_is_nil(v);
       v = get(value_as_table(v), "next"))
    n++;
  assert_int_equal(n, DEPTH);
}

static void marking_survives_a_full_gray_stack(void **state) {
  (void)state;
  collect();
  gc()->gray.depth_max = 0; /* one chunk */
  wf_alloc_free(gc()->gray.spare);
  gc()->gray.spare = NULL;
  Table *root = rooted(table());
  for (int i = 1; i <= 30000; i++) {
    Table *t = table(), *u = table();
    set(t, "child", tv(u));
    set(u, "id", number(i));
    wf_table_set_int(vm, root, i, tv(t));
  }
  Table *copy = rooted(wf_table_new(vm, 30000, 0));
  (void)copy;
  collect();
  finish_cycle();
  for (int i = 1; i <= 30000; i++) {
    Table *t = value_as_table(wf_table_get_int(vm, root, i));
    assert_true(get(value_as_table(get(t, "child")), "id") == number(i));
  }
}

/* Graph of numbered tables. Each reference is stored with its target's number,
 * so a cell that was reused under a reference shows. */
enum { NODES = 400, FIELDS = 12 };

static void put(Table *t, uint32_t field, Table *target) {
  if (field % 3 == 0) {
    wf_table_set_int(vm, t, field + 1, tv(target));
    wf_table_set_int(vm, t, field + 2, target ? get(target, "id") : VALUE_NIL);
    return;
  }
  char name[20];
  snprintf(name, sizeof name, "ref%u", field);
  set(t, name, tv(target));
  snprintf(name, sizeof name, "ref%u id", field);
  set(t, name, get(target, "id"));
}
static Table *follow(Table *t, uint32_t field) {
  Value target, id;
  if (field % 3 == 0) {
    target = wf_table_get_int(vm, t, field + 1);
    id = wf_table_get_int(vm, t, field + 2);
  } else {
    char name[20];
    snprintf(name, sizeof name, "ref%u", field);
    target = get(t, name);
    snprintf(name, sizeof name, "ref%u id", field);
    id = get(t, name);
  }
  if (value_is_nil(target))
    return NULL;
  assert_true(get(value_as_table(target), "id") == id);
  return value_as_table(target);
}

static void random_mutation_between_slices(void **state) {
  (void)state;
  Table *root = rooted(wf_table_new(vm, NODES, 0));
  int64_t next_id = 1;
  for (uint32_t step = 0; step < 150000; step++) {
    uint32_t i = test_random(NODES) + 1;
    Value v = wf_table_get_int(vm, root, i);
    if (value_is_nil(v) || test_random(40) == 0) {
      Table *t = wf_table_new(vm, test_random(5), test_random(8));
      set(t, "id", number(next_id++ << (step % 2 ? 0 : 20)));
      wf_table_set_int(vm, root, i, tv(t));
    } else {
      Table *t = value_as_table(v);
      for (uint32_t hop = test_random(4); hop > 0; hop--) {
        Table *u = follow(t, test_random(FIELDS));
        if (!u)
          break;
        t = u;
      }
      Value w = wf_table_get_int(vm, root, test_random(NODES) + 1);
      Table *target = value_is_nil(w) ? t : value_as_table(w);
      Table *beyond = follow(target, test_random(FIELDS));
      put(t, test_random(FIELDS), beyond ? beyond : target);
      if (test_random(4) == 0) { /* hide a subgraph behind one local */
        vm->acc = tv(target);
        wf_table_set_int(vm, root, i, VALUE_NIL);
      }
      if (test_random(30) == 0)
        wf_table_set_int(vm, t, 20 + test_random(200),
                         number((int64_t)step << 40));
    }
    if (test_random(3) == 0)
      wf_gc_step_kbytes(vm->thread, 1);
    else
      gc_safepoint(vm->thread, vm);
    if (step % 997 == 0)
      wf_gc_check(vm);
  }
  assert_true(gc()->cycles > 20);
  for (uint32_t i = 1; i <= NODES; i++) {
    Value v = wf_table_get_int(vm, root, i);
    for (uint32_t f = 0; !value_is_nil(v) && f < FIELDS; f++)
      follow(value_as_table(v), f);
  }
}

/* The dictionary is rehashed and the array grows while both are scanned. */
static void big_parts_move_between_slices(void **state) {
  (void)state;
  for (int round = 0; round < 6; round++) {
    Table *t = rooted(table());
    for (int i = 1; i <= 3000; i++) {
      wf_table_set_int(vm, t, i, tv(table()));
      Table *u = table();
      set(u, "id", number(i));
      wf_table_set(vm, t, value_from_float(i + 0.5), tv(u));
    }
    collect();
    slice(0);
    int n = 3000;
    while (gc()->phase == PHASE_MARK && n < 20000) {
      for (int k = 0; k < 50; k++) {
        n++;
        /* what was in the nodes goes to the array and the other way */
        Table *u = table();
        set(u, "id", number(n));
        wf_table_set_int(vm, t, n + (round % 2) * 20000, tv(u));
        set(t, test_string(vm, "key", n)->bytes, tv(u));
        if (round % 3 == 0 && n % 2)
          wf_table_set_int(vm, t, n - 2000, VALUE_NIL);
      }
      wf_gc_step_kbytes(vm->thread, 1);
      if (n % 2000 == 0)
        wf_gc_check(vm);
    }
    finish_cycle();
    for (int i = 1; i <= 3000; i++) {
      Value v = wf_table_get(vm, t, value_from_float(i + 0.5));
      assert_true(get(value_as_table(v), "id") == number(i));
    }
    for (int i = 3001; i <= n; i++) {
      Value v = get(t, test_string(vm, "key", i)->bytes);
      assert_true(get(value_as_table(v), "id") == number(i));
    }
    vm->thread->top--;
  }
}

/* ---- strings ---- */

static void dead_strings_leave_the_intern_table(void **state) {
  (void)state;
  collect();
  uint32_t before = vm->string_count;
  for (int i = 0; i < 20000; i++)
    test_string(vm, "some string ", i);
  assert_true(vm->string_count >= before + 20000);
  collect();
  assert_true(vm->string_count <= before);
}

static void interning_revives(void **state) {
  (void)state;
  Table *root = rooted(table());
  for (int round = 0; round < 30; round++) {
    for (int i = 0; i < 2000; i++)
      test_string(vm, "revived ", i);
    int next = 0;
    wf_table_set_int(vm, root, 1, VALUE_NIL);
    do {
      /* at any time in the cycle: unmarked, being cleared, swept */
      for (int k = 0; k < 10 && next < 2000; k++, next++) {
        String *s = test_string(vm, "revived ", next);
        wf_table_set_int(vm, root, next + 1, value_from_string(s));
      }
    } while (!slice(1 + round % 3));
    for (int i = 0; i < next; i++)
      assert_true(wf_table_get_int(vm, root, i + 1) ==
                  value_from_string(test_string(vm, "revived ", i)));
    for (int i = 0; i < next; i++)
      wf_table_set_int(vm, root, i + 1, VALUE_NIL);
  }
}

/* ---- weak tables ---- */

static void weak_values_go(void **state) {
  (void)state;
  Table *weak = weak_table("v"), *root = rooted(table());
  for (int i = 1; i <= 1000; i++) {
    Table *t = table();
    wf_table_set_int(vm, weak, i, tv(t));
    if (i % 10 == 0)
      wf_table_set_int(vm, root, i, tv(t));
  }
  set(weak, "string", value_from_string(test_string(vm, "a value ", 1)));
  set(weak, "number", number(INT64_MAX));
  set(weak, "self", tv(weak));
  collect();
  assert_int_equal(count_entries(weak), 103);
  assert_true(get(weak, "string") ==
              value_from_string(test_string(vm, "a value ", 1)));
  for (int i = 1; i <= 1000; i++)
    assert_true(wf_table_get_int(vm, weak, i) == wf_table_get_int(vm, root, i));
}

static void weak_keys_go(void **state) {
  (void)state;
  Table *weak = weak_table("k"), *root = rooted(table());
  for (int i = 1; i <= 1000; i++) {
    Table *key = table();
    wf_table_set(vm, weak, tv(key), tv(table()));
    if (i % 10 == 0)
      wf_table_set_int(vm, root, i, tv(key));
  }
  set(weak, "string", tv(table()));
  wf_table_set_int(vm, weak, 5, tv(table()));
  wf_table_set_int(vm, weak, INT64_MIN, tv(table()));
  collect();
  assert_int_equal(count_entries(weak), 103);
}

/* Values refer to the next key: PUC's convergence is quadratic here. */
static void ephemeron_chains_converge(void **state) {
  (void)state;
  enum { N = 100000 };
  Table *weak = weak_table("k"), *root = rooted(table());
  Table *key = table(), *garbage = table();
  set(root, "first", tv(key));
  for (int i = 0; i < N; i++) {
    Table *value = table(), *next = table();
    set(value, "key", tv(next));
    wf_table_set(vm, weak, tv(key), tv(value));
    key = next;
    value = table();
    next = table();
    set(value, "key", tv(next));
    wf_table_set(vm, weak, tv(garbage), tv(value));
    garbage = next;
  }
  /* a cycle through the table: value refers to its own key */
  Table *own = table();
  Table *value = table();
  set(value, "key", tv(own));
  wf_table_set(vm, weak, tv(own), tv(value));
  collect();
  assert_int_equal(count_entries(weak), N);
  Value v = get(root, "first");
  int n = 0;
  for (;; n++) {
    v = wf_table_get(vm, weak, v);
    if (value_is_nil(v))
      break;
    v = get(value_as_table(v), "key");
  }
  assert_int_equal(n, N);
  set(root, "first", VALUE_NIL);
  finish_cycle();
  collect();
  assert_int_equal(count_entries(weak), 0);
}

static void all_weak_tables(void **state) {
  (void)state;
  Table *weak = weak_table("kv"), *root = rooted(table());
  for (int i = 1; i <= 400; i++) {
    Table *key = table(), *value = table();
    wf_table_set(vm, weak, tv(key), tv(value));
    if (i % 2)
      wf_table_set_int(vm, root, 2 * i, tv(key));
    if (i % 4 < 2)
      wf_table_set_int(vm, root, 2 * i + 1, tv(value));
  }
  collect();
  assert_int_equal(count_entries(weak), 100);
}

/* Reads between tracing and clearing find only what stays. */
static void dying_entries_are_invisible(void **state) {
  (void)state;
  Table *weak = weak_table("v"), *keys = weak_table("k");
  for (int i = 1; i <= 20000; i++) {
    wf_table_set_int(vm, weak, i, tv(table()));
    wf_table_set(vm, keys, tv(table()), number(i));
  }
  int values_seen = 0, keys_seen = 0;
  while (!slice(16)) {
    if (!phase_is_clearing(gc()->phase))
      continue;
    values_seen += gc()->phase == PHASE_CLEAR_VALUES;
    keys_seen += gc()->phase == PHASE_CLEAR_KEYS;
    assert_int_equal(count_entries(weak), 0);
    assert_true(value_is_nil(wf_table_get_int(vm, weak, 20000)));
    /* what is stored now stays */
    assert_int_equal(count_entries(keys), 0);
    Table *key = table();
    wf_table_set(vm, keys, tv(key), number(1));
    assert_int_equal(count_entries(keys), 1);
    wf_table_set(vm, keys, tv(key), VALUE_NIL);
  }
  assert_true(values_seen > 3);
  assert_true(keys_seen > 3);
  assert_int_equal(count_entries(weak), 0);
}

static void mode_is_read_when_scanned(void **state) {
  (void)state;
  Table *t = rooted(table()), *meta = table();
  wf_table_set_meta(vm, t, meta);
  wf_table_set_int(vm, t, 1, tv(table()));
  set(t, "field", tv(table()));
  collect();
  assert_int_equal(count_entries(t), 2);
  set(meta, "__mode", value_from_string(wf_string_from_cstr(vm, "v")));
  collect();
  assert_int_equal(count_entries(t), 0);
  wf_table_set_int(vm, t, 1, tv(table()));
  set(meta, "__mode", VALUE_NIL);
  collect();
  assert_int_equal(count_entries(t), 1);
}

/* A table that stops being weak in the middle of a cycle keeps only what is
 * alive, and keeps that. */
static void weakness_may_end_at_any_time(void **state) {
  (void)state;
  for (int at = 0; at < 120; at++) {
    Table *weak = weak_table(at % 3 == 0 ? "v" : at % 3 == 1 ? "k" : "kv");
    Table *strong = rooted(table());
    for (int i = 1; i <= 1500; i++) {
      Table *key = table(), *value = table();
      set(value, "id", number(i));
      wf_table_set(vm, weak, tv(key), tv(value));
      wf_table_set_int(vm, strong, 2 * i, i % 3 ? tv(key) : VALUE_NIL);
    }
    for (int k = 0; k < at; k++)
      wf_gc_step_kbytes(vm->thread, 1);
    wf_table_set_meta(vm, weak, NULL);
    wf_gc_check(vm);
    while (!wf_gc_step_kbytes(vm->thread, 1))
      ;
    wf_gc_check(vm);
    uint32_t cursor = 0;
    Value out[2];
    while (wf_table_next_at(vm, weak, &cursor, out))
      assert_true(value_is_inline_int(get(value_as_table(out[1]), "id")));
    vm->thread->top -= 2;
  }
}

/* A dictionary is filled and emptied by slices of a cycle while it moves from
 * nodes to nodes; it has weak keys or values in the second and third round. */
static void big_dictionaries_move_between_slices(void **state) {
  (void)state;
  static const char *const modes[] = {"", "k", "v"};
  for (size_t round = 0; round < ARRAY_LEN(modes); round++) {
    Table *t = weak_table(modes[round]);
    Table *keep = rooted(table());
    uint32_t moving = 0, n = 20000;
    for (uint32_t i = 1; i <= n; i++) {
      Table *key = table();
      Table *value = table();
      set(value, "id", number(i));
      wf_table_set_int(vm, keep, 2 * i, tv(key));
      wf_table_set_int(vm, keep, 2 * i + 1, tv(value));
      wf_table_set(vm, t, tv(key), tv(value));
      moving += table_has_nodes(t) && table_is_moving(t);
      if (i % 16 == 0)
        wf_gc_step_kbytes(vm->thread, 1);
      if (i % 1999 == 0)
        wf_gc_check(vm);
    }
    assert_true(moving > n / 20);
    assert_int_equal(count_entries(t), n);
    for (uint32_t i = 1; i <= n; i++) {
      Value v = wf_table_get(vm, t, wf_table_get_int(vm, keep, 2 * i));
      assert_true(v == wf_table_get_int(vm, keep, 2 * i + 1));
      assert_int_equal(value_as_int(get(value_as_table(v), "id")), i);
    }
    for (uint32_t i = 1; i <= n; i += 2) {
      wf_table_set_int(vm, keep, 2 * i, VALUE_NIL);
      wf_table_set_int(vm, keep, 2 * i + 1, VALUE_NIL);
    }
    collect();
    assert_int_equal(count_entries(t), round == 0 ? n : n / 2);
    vm->thread->top -= 2;
  }
}

/* Allocation beyond the limit, and for small cells beyond the reserve too, is
 * refused; what is released can be had again. */

/* Nodes that a big dictionary has moved from are gone at once, though they are
 * being scanned. */
static void emptied_nodes_go_while_marking(void **state) {
  (void)state;
  enum { N = 1 << 15 };
  Table *t = rooted(table());
  for (uint32_t i = 0; i < N; i++)
    wf_table_set(vm, t, tv(table()), tv(table()));
  finish_cycle();
  while (gc()->part_count == 0)
    wf_gc_step_kbytes(vm->thread, 1);
  assert_int_equal(gc()->phase, PHASE_MARK);
  uint32_t count = table_node_count(t), n = N;
  while (table_node_count(t) == count || table_is_moving(t)) {
    size_t before = gc()->bytes;
    bool moving = table_is_moving(t);
    wf_table_set(vm, t, tv(table()), number(n++));
    if (moving && !table_is_moving(t))
      assert_true(gc()->bytes + table_node_bytes_for(count) <= before + 4096);
  }
  assert_int_equal(gc()->phase, PHASE_MARK);
  /* others may have the address */
  Table *other = rooted(table());
  for (uint32_t i = 0; i < N; i++)
    wf_table_set(vm, other, tv(table()), tv(table()));
  finish_cycle();
  assert_int_equal(count_entries(t), n);
  assert_int_equal(count_entries(other), N);
}

static void the_limit_is_kept(void **state) {
  (void)state;
  collect();
  size_t limit = gc()->bytes + (4 << 20);
  static const size_t sizes[] = {16, 48, 600, 20000, 200000, 600000};
  wf_gc_set_limit(vm, limit);
  assert_true(gc()->reserve > 0 && gc()->reserve <= limit / 16);
  for (int round = 0; round < 3; round++)
    for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
      size_t got = 0;
      while (wf_gc_try_alloc(vm, sizes[i])) {
        got += sizes[i];
        assert_true(gc()->bytes <= limit + gc()->reserve);
      }
      assert_true(got > 3 << 20);
      assert_true((gc()->bytes > limit) == (sizes[i] <= 20000));
      assert_true(gc()->emergency);
      gc_safepoint(vm->thread, vm);
      assert_true(gc()->bytes < limit - (3 << 20));
    }
  assert_null(wf_gc_try_alloc(vm, 5 << 20));
  wf_gc_set_limit(vm, SIZE_MAX);
  assert_non_null(wf_gc_try_alloc(vm, 5 << 20));
}

/* Coroutines created and run in the middle of a cycle. */
static void threads_are_rescanned_when_touched(void **state) {
  (void)state;
  Table *root = rooted(table());
  Thread *self = vm->thread;
  for (int i = 1; i <= 300; i++) {
    Thread *t = test_thread(vm);
    t->status = THREAD_SUSPENDED;
    wf_table_set_int(vm, root, i, value_from_thread(t));
    gc_thread_touched(vm, t);
  }
  for (int i = 0; i < 30000; i++) {
    Thread *t =
        value_as_thread(wf_table_get_int(vm, root, test_random(300) + 1));
    gc_thread_touched(vm, t);
    t->status = THREAD_RUNNING;
    self->status = THREAD_NORMAL;
    t->resumer = self;
    gc_barrier_object(vm, t, self);
    vm->thread = t;
    for (int k = 0; k < 3; k++) {
      Table *u = table();
      set(u, "id", number(i));
      if (t->top < t->stack + 50)
        test_push(vm, tv(u));
      else
        t->stack[test_random(48) + 2] = tv(u); /* NOBARRIER: N3 */
      if (test_random(2)) { /* the only reference moves to another slot */
        Value *a =
            &t->stack[2 + test_random((uint32_t)(t->top - t->stack - 2))];
        t->stack[2] = *a;
        *a = VALUE_NIL;
      }
      gc_safepoint(t, vm);
    }
    t->status = THREAD_SUSPENDED;
    t->resumer = NULL;
    if (test_random(2))
      gc_thread_left(vm, t);
    vm->thread = self;
    self->status = THREAD_RUNNING;
    gc_thread_touched(vm, self);
    if (i % 2)
      wf_gc_step_kbytes(self, 1);
    if (i % 499 == 0)
      wf_gc_check(vm);
  }
}

/* ---- finalizers ---- */

enum { ORDER = 3000 };
static int64_t order[ORDER];
static uint32_t ordered;
static void (*during)(Value object);

static void record(Thread *L, Value finalizer, Value object) {
  assert_ptr_equal(L, vm->thread);
  assert_true(value_is_function(finalizer));
  assert_true(wf_gc_in_finalizer(vm));
  test_push(vm, object);
  order[ordered++ % ORDER] =
      value_is_table(object)
          ? value_as_int(get(value_as_table(object), "id"))
          : *(int64_t *)userdata_payload(value_as_userdata(object));
  if (during)
    during(object);
  wf_gc_full(L, true); /* has no effect */
  for (int i = 0; i < 100; i++) {
    table();
    gc_safepoint(L, vm);
  }
  vm->thread->top--;
}

static Table *gc_meta(void) {
  Table *meta = rooted(table());
  set(meta, "__gc",
      value_from_function(wf_function_new_native(vm, NULL, 0, "gc")));
  gc()->call = record;
  ordered = 0;
  during = NULL;
  return meta;
}
static Table *finalizable(Table *meta, int64_t id) {
  Table *t = table();
  set(t, "id", number(id));
  wf_table_set_meta(vm, t, meta);
  return t;
}

static void finalizers_run_latest_first_and_once(void **state) {
  (void)state;
  Table *meta = gc_meta(), *root = rooted(table());
  for (int i = 0; i < 20; i++) {
    Table *t = finalizable(meta, i);
    if (i % 5 == 0)
      wf_table_set_int(vm, root, i + 1, tv(t));
    if (i == 7) {
      Userdata *u = wf_function_new_userdata(vm, 8, 0);
      *(int64_t *)userdata_payload(u) = 77;
      u->meta = meta;
      wf_gc_register_finalizer(vm, (Object *)(void *)u);
      wf_gc_register_finalizer(vm, (Object *)(void *)u);
    }
  }
  collect();
  assert_int_equal(ordered, 17);
  const int64_t expected[] = {19, 18, 17, 16, 14, 13, 12, 11, 9,
                              8,  77, 7,  6,  4,  3,  2,  1};
  for (int i = 0; i < 17; i++)
    assert_int_equal(order[i], expected[i]);
  collect();
  assert_int_equal(ordered, 17);
}

static Table *graveyard;
static void resurrect(Value object) {
  wf_table_set_int(vm, graveyard, wf_table_length(vm, graveyard) + 1, object);
}
static void register_again(Value object) {
  wf_gc_register_finalizer(vm, (Object *)value_as_table(object));
}

static void finalizers_may_resurrect(void **state) {
  (void)state;
  Table *meta = gc_meta();
  graveyard = rooted(table());
  during = resurrect;
  Table *keys = weak_table("k"), *values = weak_table("v");
  for (int i = 1; i <= 30; i++) {
    Table *t = finalizable(meta, i), *part = table();
    set(part, "id", number(i));
    set(t, "part", tv(part));
    wf_table_set(vm, keys, tv(t), number(i));
    wf_table_set_int(vm, values, i, tv(t));
  }
  finish_cycle();
  assert_int_equal(ordered, 30);
  /* values are cleared before, keys after resurrection */
  assert_int_equal(count_entries(values), 0);
  assert_int_equal(count_entries(keys), 30);
  for (int i = 1; i <= 30; i++) {
    Table *t = value_as_table(wf_table_get_int(vm, graveyard, i));
    assert_true(get(value_as_table(get(t, "part")), "id") == get(t, "id"));
    wf_table_set_int(vm, graveyard, i, VALUE_NIL);
  }
  collect();
  assert_int_equal(ordered, 30);
  assert_int_equal(count_entries(keys), 0);
}

static void finalizers_may_register_again(void **state) {
  (void)state;
  Table *meta = gc_meta();
  during = register_again;
  finalizable(meta, 1);
  for (uint32_t i = 1; i <= 5; i++) {
    collect();
    assert_int_equal(ordered, i);
  }
}

static void create_another(Value object) {
  Table *meta = value_as_table(object)->meta;
  finalizable(meta, 1000);
}

static void closing_finalizes_everything(void **state) {
  (void)state;
  Table *meta = gc_meta(), *root = rooted(table());
  during = create_another;
  for (int i = 0; i < 50; i++)
    wf_table_set_int(vm, root, i + 1, tv(finalizable(meta, i)));
  slice(0);
  wf_gc_run_all_finalizers(vm->thread);
  assert_int_equal(ordered, 50);
  for (int i = 0; i < 50; i++)
    assert_int_equal(order[i], 49 - i);
}

/* Registered ones are kept in chunks that are joined as they empty. */
static void finalizers_keep_their_order_among_many(void **state) {
  (void)state;
  enum { N = ORDER, PERIOD = 7 };
  Table *meta = gc_meta(), *root = rooted(table());
  int expected = 0;
  for (int i = 0; i < N; i++)
    wf_table_set_int(vm, root, i + 1, tv(finalizable(meta, i)));
  for (int turn = 1; turn <= PERIOD; turn++) {
    for (int i = 0; i < N; i++)
      if (i * turn % PERIOD == 1 || turn == PERIOD)
        wf_table_set_int(vm, root, i + 1, VALUE_NIL);
    ordered = 0;
    finish_cycle();
    wf_gc_check(vm);
    expected += (int)ordered;
    for (uint32_t i = 0; i < ordered; i++) {
      assert_true(i == 0 || order[i] < order[i - 1]);
      assert_true(order[i] * turn % PERIOD == 1 || turn == PERIOD);
    }
  }
  assert_int_equal(expected, N);
  assert_int_equal(gc()->finalizers.registered, 0);
}

static void many_finalizers_between_steps(void **state) {
  (void)state;
  Table *meta = gc_meta();
  for (int i = 0; i < 100000; i++) {
    finalizable(meta, i);
    gc_safepoint(vm->thread, vm);
    if (i % 1000 == 0)
      wf_gc_check(vm);
  }
  collect();
  assert_int_equal(ordered, 100000);
}

/* ---- settings ---- */

/* No dead mapping fits the next string, which is longer. */
static void growing_garbage_is_unmapped(void **state) {
  (void)state;
  for (size_t i = 0; i < 400; i++) {
    wf_string_new_long(vm, (3 << 20) + i * 4096);
    gc_safepoint(vm->thread, vm);
  }
  size_t dead = gc()->spare_bytes;
  for (const Segment *s = gc()->doomed_huge; s; s = s->head.next)
    dead += s->head.mapped;
  assert_true(dead < 64 << 20);
}

static void settings_answer_with_the_former(void **state) {
  (void)state;
  assert_int_equal(wf_gc_set_pause(vm, 150), 200);
  assert_int_equal(wf_gc_set_pause(vm, 200), 150);
  assert_int_equal(wf_gc_set_step_multiplier(vm, 300), 100);
  assert_int_equal(wf_gc_set_step_multiplier(vm, 100), 300);
  assert_false(wf_gc_set_generational(vm, true));
  assert_true(wf_gc_set_generational(vm, false));
  assert_true(wf_gc_is_running(vm));
  wf_gc_stop(vm);
  assert_false(wf_gc_is_running(vm));
  size_t before = wf_gc_count_bytes(vm);
  uint64_t cycles = gc()->cycles;
  for (int i = 0; i < 300000; i++) {
    table();
    gc_safepoint(vm->thread, vm);
  }
  assert_int_equal(gc()->cycles, cycles);
  assert_true(wf_gc_count_bytes(vm) >= before + 300000 * sizeof(Table));
  wf_gc_restart(vm);
  collect();
  assert_true(wf_gc_count_bytes(vm) < before + 100000);
  /* steps: a big one ends a cycle, a small one does not */
  assert_true(wf_gc_step_kbytes(vm->thread, 20000));
  Table *root = rooted(table());
  for (int i = 1; i < 5000; i++)
    wf_table_set_int(vm, root, i, tv(table()));
  assert_false(wf_gc_step_kbytes(vm->thread, 1));
  int n = 0;
  while (!wf_gc_step_kbytes(vm->thread, 0))
    n++;
  assert_true(n > 2);
}

/* ---- measuring: test_gc measure ---- */

static double now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static Table *small_table(void) {
  Table *t = gc_alloc(vm, sizeof *t + sizeof(Value));
  t->type = OBJ_TABLE;
  t->gcbits = 0;
  t->flags = 0;
  t->extra = 1;
  t->shape = vm->shapes->root[1];
  t->arr = &wf_table_empty_array[1];
  t->u.ext = NULL;
  t->meta = NULL;
  t->inl[0] = VALUE_NIL;
  return t;
}

/* Allocates n tables of which a window of `keep` is reachable at any time. */
static void measure_churn(const char *name, uint32_t keep, uint32_t n,
                          bool random) {
  vm = test_vm_open(1);
  wf_stats_enable(vm, NULL);
  Table *window = wf_table_new(vm, keep, 0);
  test_push(vm, value_from_table(window));
  for (uint32_t i = 0; i < keep; i++) {
    wf_table_set_int(vm, window, i, value_from_table(small_table()));
    gc_safepoint(vm->thread, vm);
  }
  double start = now_ns();
  for (uint32_t i = 0; i < n; i++) {
    Table *t = small_table();
    if (keep && i % 8 == 0) {
      uint32_t at = random ? test_random(keep) : i / 8 % keep;
      window->arr[at] = value_from_table(t);
      gc_barrier(vm, window, value_from_table(t));
    }
    gc_safepoint(vm->thread, vm);
  }
  double spent = now_ns() - start;
  printf("%-28s %6.1f ns/object\n", name, spent / n);
  wf_stats_print(vm, stdout, false);
  test_vm_close(vm);
}

/* Marks n tables, held by arrays of `per` in address order or shuffled. */
static void measure_mark(const char *name, uint32_t n, uint32_t per,
                         bool shuffle, uint32_t items) {
  vm = test_vm_open(1);
  wf_gc_stop(vm);
  Value *all = wf_alloc_get(n * sizeof *all);
  for (uint32_t i = 0; i < n; i++) {
    Table *t = small_table();
    if (items) {
      wf_table_reserve_array(vm, t, items);
      for (uint32_t k = 1; k <= items; k++)
        wf_table_set_int(vm, t, k, value_from_inline_int(k));
    }
    all[i] = value_from_table(t);
  }
  for (uint32_t i = n; shuffle && i > 1; i--) {
    uint32_t j = test_random(i);
    Value v = all[j];
    all[j] = all[i - 1];
    all[i - 1] = v;
  }
  Table *root = wf_table_new(vm, n / per, 0);
  test_push(vm, value_from_table(root));
  for (uint32_t i = 0; i < n / per; i++) {
    Table *t = wf_table_new(vm, per, 0);
    wf_table_set_int(vm, root, i + 1, value_from_table(t));
    wf_table_append(vm, t, 1, all + i * per, per);
  }
  wf_alloc_free(all);
  double best = 1e18;
  for (int round = 0; round < 5; round++) {
    double start = now_ns();
    wf_gc_full(vm->thread, true);
    double spent = now_ns() - start;
    best = spent < best ? spent : best;
  }
  printf("mark %-36s %6.1f ns/table\n", name, best / n);
  test_vm_close(vm);
}

static int measure(void) {
  measure_mark("1M, arrays of 1000", 1000000, 1000, false, 0);
  measure_mark("1M, arrays of 1000, shuffled", 1000000, 1000, true, 0);
  measure_mark("1M, one array", 1000000, 1000000, false, 0);
  measure_mark("1M, one array, shuffled", 1000000, 1000000, true, 0);
  measure_mark("1M of 6 items, arrays of 1000", 1000000, 1000, false, 6);
  measure_mark("1M of 6 items, shuffled", 1000000, 1000, true, 6);
  measure_churn("nothing kept", 1, 30000000, false);
  measure_churn("10,000 kept", 10000, 30000000, false);
  measure_churn("10,000 kept, random", 10000, 30000000, true);
  measure_churn("1 million kept", 1000000, 20000000, false);
  measure_churn("1 million kept, random", 1000000, 20000000, true);
  measure_churn("4 million kept, random", 4000000, 20000000, true);
  return 0;
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "measure") == 0)
    return measure();
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_vm, close_vm)
  const struct CMUnitTest tests[] = {
      TEST(cells_are_apart_and_aligned),
      TEST(dead_memory_is_used_again),
      TEST(large_cells_go_back),
      TEST(resize_keeps_the_contents),
      TEST(runs_under_an_address_space_limit),
      TEST(everything_reachable_stays),
      TEST(stale_stack_slots_are_cleared),
      TEST(threads_and_open_upvalues),
      TEST(deep_structures_need_no_recursion),
      TEST(marking_survives_a_full_gray_stack),
      TEST(random_mutation_between_slices),
      TEST(big_parts_move_between_slices),
      TEST(dead_strings_leave_the_intern_table),
      TEST(interning_revives),
      TEST(weak_values_go),
      TEST(weak_keys_go),
      TEST(ephemeron_chains_converge),
      TEST(all_weak_tables),
      TEST(dying_entries_are_invisible),
      TEST(mode_is_read_when_scanned),
      TEST(weakness_may_end_at_any_time),
      TEST(big_dictionaries_move_between_slices),
      TEST(emptied_nodes_go_while_marking),
      TEST(the_limit_is_kept),
      TEST(threads_are_rescanned_when_touched),
      TEST(finalizers_run_latest_first_and_once),
      TEST(finalizers_may_resurrect),
      TEST(finalizers_may_register_again),
      TEST(closing_finalizes_everything),
      TEST(finalizers_keep_their_order_among_many),
      TEST(many_finalizers_between_steps),
      TEST(settings_answer_with_the_former),
      TEST(growing_garbage_is_unmapped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
