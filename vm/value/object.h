/* object.h: every heap object's layout. Values point at these.
 *
 * No object has a destructor: all memory an object owns is cells of the GC
 * heap, marked with it (gc.h). Boxed integers are bare 16-byte cells whose
 * first word is the int64: they have no header. */
#ifndef WEFT_OBJECT_H
#define WEFT_OBJECT_H

#include "vm/bytecode/module.h"
#include "vm/value/value.h"

typedef enum ObjectType {
  OBJ_STRING = 1,
  OBJ_TABLE,
  OBJ_LUA_FUNCTION,
  OBJ_NATIVE_FUNCTION,
  OBJ_USERDATA,
  OBJ_THREAD,
  OBJ_PROTO,
  OBJ_UPVAL
} ObjectType;

/* The first 4 bytes of every object but boxes. `gcbits` belongs to the
 * collector, `flags` and `extra` to the type. */
#define OBJECT_HEADER                                                          \
  uint8_t type;                                                                \
  uint8_t gcbits;                                                              \
  uint8_t flags;                                                               \
  uint8_t extra

struct Object {
  OBJECT_HEADER;
};

/* ---- strings ------------------------------------------------------------
 *  0 type gcbits flags extra | 4 u32 len | 8 u64 hash | 16 bytes... NUL
 * Interned or loose. Of two interned ones pointer equality is equality. Loose
 * are long ones, always, and short ones from places whose strings are seldom
 * keys (string.h); they hash lazily (STRING_HASHED), until then `hash` is the
 * number of that place. extra: index + 1 of the metamethod whose name this
 * is, 0 for other strings and loose ones. */
enum { STRING_SHORT_MAX = 40 };
enum {
  STRING_LOOSE = 1,
  STRING_HASHED = 2,
  STRING_SHAPE_KEY = 4 /* key of some shape: a root (shape.h) */
};
#define STRING_LEN_MAX 0xFFFFFF00u
struct String {
  OBJECT_HEADER;
  uint32_t len;
  uint64_t hash;
  char bytes[];
};

/* ---- tables ------------------------------------------------------------
 *  0 type gcbits flags extra
 *  4 u32 shape     odd: shape mode; even: dictionary mode, and this is hmask,
 *                  the byte mask of the node array (node count * 16 - 16)
 *  8 Value *arr    array part, ArrayHeader before it
 * 16 node | ext    dictionary nodes | property slots beyond ninl
 * 24 Table *meta
 * 32 Value inl[ninl]
 * extra: low four bits ninl; next three, shape mode: 0 or the binary logarithm
 * of the number of slots in ext; highest: the cell has an inner array part.
 * An array element, property slot or node value that is nil is absent. */
enum {
  /* Any bit set sends stores (and reads that miss) to the careful path. */
  TABLE_HAS_META = 1, /* meta != NULL */
  TABLE_WEAK_KEYS = 2,
  TABLE_WEAK_VALUES = 4,
  TABLE_IS_INDEX = 8, /* met as an __index holder: see epoch in state.h */
  TABLE_IS_META = 16  /* serves as some object's metatable; stores of
                         metamethod names must drop `absent` below */
};
typedef struct Node {
  Value key; /* all zero bits: never used; TAG_DEAD: dead, for next only */
  Value val;
} Node;
struct Table {
  OBJECT_HEADER;
  union {
    uint32_t shape; /* odd */
    uint32_t hmask; /* a multiple of 16 */
  };
  Value *arr;
  union {
    Node *node;
    Value *ext;
  } u;
  Table *meta;
  Value inl[];
};
static ALWAYS_INLINE bool table_is_dictionary(const Table *t) {
  return !(t->shape & 1);
}
enum { EXTRA_NINL = 15, EXTRA_EXT_SHIFT = 4, EXTRA_EXT = 7, EXTRA_INNER = 128 };
static inline uint32_t table_ninl(const Table *t) {
  return t->extra & EXTRA_NINL;
}

/* The word before arr: arr[0..asize) are valid slots; index i is arr[i], so key
 * 0 lives there too when asize > 0. */
typedef struct ArrayHeader {
  uint32_t asize;
  uint32_t capacity; /* ARRAY_HAS_ROOM: the cell has slots beyond it */
} ArrayHeader;
_Static_assert(sizeof(ArrayHeader) == sizeof(Value), "one slot before arr[0]");
#define ARRAY_HAS_ROOM 0x80000000u
static inline ArrayHeader *table_array(const Table *t) {
  return (ArrayHeader *)(void *)(t->arr - 1);
}
static ALWAYS_INLINE uint32_t table_asize(const Table *t) {
  return table_array(t)->asize;
}
static ALWAYS_INLINE void table_set_asize(Table *t, uint32_t n) {
  table_array(t)->asize = n;
}
static inline uint32_t table_capacity(const Table *t) {
  return table_array(t)->capacity & ~ARRAY_HAS_ROOM;
}

/* ---- functions ----------------------------------------------------------
 * Both kinds start alike so that CALL needs one check: nparams equals the
 * argument count only for a linked, fixed-arity Lua function. */
enum {
  ENTRY_NATIVE = 0xFFFF,   /* nparams of a native function */
  ENTRY_UNLINKED = 0xFFFE, /* not yet linked through this closure */
  ENTRY_VARARG = 0xFFFD    /* linked, takes ... */
};
typedef int (*NativeFn)(Thread *L);
struct Function {
  OBJECT_HEADER;       /* extra = number of upvalues; flags = how many of a
                          native, the last ones, the debug library hides */
  uint16_t nparams;    /* or ENTRY_* */
  uint16_t frame_size; /* slots from base, temporaries included */
  union {
    char *code; /* first linked instruction */
    NativeFn native;
  } entry;
  union {
    Proto *proto;     /* Lua */
    const char *name; /* native: its name for diagnostics, may be NULL */
  } of;
  union {
    UpVal *up;   /* Lua */
    Value value; /* native */
  } upvals[];
};
static inline bool function_is_native(const Function *f) {
  return f->type == OBJ_NATIVE_FUNCTION;
}
/* Upvalues as the debug library counts them. */
static inline uint32_t function_shown_upvals(const Function *f) {
  return (uint32_t)f->extra - f->flags;
}

/* Open: v points into owner's stack and the upvalue is in owner's list,
 * sorted by address, highest first. Closed: v == &u.closed. An open upvalue
 * keeps its owner thread alive. */
struct UpVal {
  OBJECT_HEADER;
  uint32_t reserved;
  Value *v;
  union {
    struct {
      UpVal *next;
      Thread *owner;
    } open;
    Value closed;
  } u;
};
static inline bool upval_is_open(const UpVal *u) {
  return u->v != &u->u.closed;
}

/* ---- prototypes ---------------------------------------------------------
 * All arrays below are inside one raw heap cell, `body`; `code` (linked) and
 * `linked_map` are raw cells of their own. The key strings of inline caches
 * are constants, so marking `consts` covers the linked code. */
typedef struct ProtoUpval {
  String *name; /* NULL when stripped */
  uint16_t index;
  bool from_local;
} ProtoUpval;
typedef struct ProtoVar {
  String *name;
  uint32_t start, end;
  uint16_t slot;
} ProtoVar;
struct Proto {
  OBJECT_HEADER; /* flags = MOD_* */
  uint16_t nparams, max_stack;
  uint16_t nupvals, env_upval;
  uint16_t frame_size; /* slots of a linked frame */
  uint32_t line_defined, last_line;
  uint32_t bytecode_size, nconsts, nchildren, nvars, lines_size;
  String *source; /* NULL when stripped */
  void *body;     /* raw cell that holds the arrays */
  uint8_t *bytecode;
  Value *consts;
  Proto **children;
  ProtoUpval *upvals;
  ProtoVar *vars;
  uint8_t *lines;
  char *code;         /* linked code, NULL until first call */
  uint32_t code_size; /* bytes */
  uint32_t map_count;
  uint32_t *linked_map; /* pairs: linked offset, bytecode offset; ascending */
  void *trampoline;     /* what --perf calls it through, NULL until then */
};

/* ---- userdata ----------------------------------------------------------- */
struct Userdata {
  OBJECT_HEADER;
  uint16_t nvalues; /* user values, before the payload */
  uint16_t reserved;
  Table *meta;
  size_t size;    /* payload bytes */
  Value values[]; /* nvalues of them, then the payload, 16-byte aligned */
};
static inline void *userdata_payload(Userdata *u) {
  size_t head = sizeof *u + u->nvalues * sizeof(Value);
  return (char *)u + ((head + 15) & ~(size_t)15);
}

static inline const Object *object_header(Value v) {
  return (const Object *)value_pointer(v);
}
static inline bool value_is_thread(Value v) {
  return value_is_object(v) && object_header(v)->type == OBJ_THREAD;
}
static inline bool value_is_userdata(Value v) {
  return value_is_object(v) && object_header(v)->type == OBJ_USERDATA;
}
static inline Thread *value_as_thread(Value v) {
  return (Thread *)value_pointer(v);
}
static inline Userdata *value_as_userdata(Value v) {
  return (Userdata *)value_pointer(v);
}

#endif
