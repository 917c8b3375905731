/* state.h: the VM (one per program) and its threads (coroutines).
 *
 * A thread's value stack, one per coroutine:
 *
 *   ... | func | return word | arg0 arg1 ... locals ... temporaries |
 *                            ^ base                                 ^ top
 *
 * base[-2] is the running function (and where its single result lands);
 * base[-1] is the return word, which says how to go back (exec/frame.h).
 * Return words and continuation words look like small doubles: the collector
 * scans them as such.
 *
 * Collections happen only at safepoints (gc.h). At a safepoint of a thread
 * everything in [stack, top) is a live value or a value that was live when it
 * was written in a frame still active; [top, stack_end) holds stale values
 * that the collector overwrites with nil before it frees anything. What lies
 * beyond stack_end, up to stack_slots, is not in use and holds anything: so
 * the collector need not clear a big stack, it lowers stack_end, and who comes
 * to stack_limit overwrites the next slots with nil.
 *
 * The collector watches a frame of a big stack while it marks: while control
 * does not return through it what lies below `watch` changes only by stores
 * that have a barrier, so that the final step need not look at it again. */
#ifndef WEFT_STATE_H
#define WEFT_STATE_H

#include "vm/base/hash.h"
#include "vm/gc/heap.h"
#include "vm/value/object.h"

/* Metamethod events, in the order of their names in wf_state_event_names. */
typedef enum Event {
  EVENT_INDEX,
  EVENT_NEWINDEX,
  EVENT_GC,
  EVENT_MODE,
  EVENT_LEN,
  EVENT_EQ,
  EVENT_ADD,
  EVENT_SUB,
  EVENT_MUL,
  EVENT_MOD,
  EVENT_POW,
  EVENT_DIV,
  EVENT_IDIV,
  EVENT_BAND,
  EVENT_BOR,
  EVENT_BXOR,
  EVENT_SHL,
  EVENT_SHR,
  EVENT_UNM,
  EVENT_BNOT,
  EVENT_LT,
  EVENT_LE,
  EVENT_CONCAT,
  EVENT_CALL,
  EVENT_CLOSE,
  EVENT_NAME,
  EVENT_TOSTRING,
  EVENT_PAIRS,
  EVENT_METATABLE,
  EVENT_COUNT
} Event;

/* Basic types, the values of lua_type. */
typedef enum BasicType {
  TYPE_NIL,
  TYPE_BOOLEAN,
  TYPE_LIGHTUSERDATA,
  TYPE_NUMBER,
  TYPE_STRING,
  TYPE_TABLE,
  TYPE_FUNCTION,
  TYPE_USERDATA,
  TYPE_THREAD,
  TYPE_COUNT
} BasicType;

typedef enum ThreadStatus {
  THREAD_SUSPENDED, /* not started, or yielded */
  THREAD_RUNNING,
  THREAD_NORMAL, /* resumed another */
  THREAD_DEAD
} ThreadStatus;

enum {
  STACK_MIN = 64,      /* slots of a new thread */
  STACK_MAX = 1000000, /* slots; beyond: "stack overflow" */
  STACK_SLACK = 64,    /* slots past the limit, for natives' pushes and
                          metamethod frames */
  NATIVE_STACK = 20,   /* slots a native may push without asking */
  C_DEPTH_MAX = 200,   /* nested C calls (interpreter entries, parser) */
  NEST_MAX = 10000,    /* nested metamethods and pcalls: lua5.4 allows 200;
                          endless recursion must not take minutes */
  CALL_CHAIN_MAX = 200 /* __call of a __call of ... */
};

typedef void (*HookFn)(Thread *L, int event, int line);

struct Thread {
  OBJECT_HEADER; /* flags: THREAD_* status is in `status` */
  uint8_t status;
  uint8_t hook_mask;
  bool allow_hook;
  bool closing; /* its to-be-closed variables are being closed */
  VM *vm;
  Value *base; /* current frame; valid outside the interpreter's registers */
  Value *top;  /* end of the live region; natives push here */
  char *pc;    /* saved linked pc of the current Lua frame; NULL in natives */
  Value *stack, *stack_limit, *stack_end; /* limit + STACK_SLACK == end */
  uint32_t stack_slots; /* of the cell; more than are in use */
  uint32_t watch;       /* offset of the watched frame's function, or 0; set
                           by the collector, lowered by exec */
  uint32_t scanned;     /* slots below this and below `watch` were scanned in
                           the cycle `scan_cycle` and have not changed */
  uint32_t scan_cycle;
  UpVal *scan_upval;  /* the lowest open one for which it was */
  UpVal *open_upvals; /* highest first */
  uint32_t *tbc;      /* offsets of to-be-closed slots, ascending (raw cell) */
  uint32_t ntbc, tbc_capacity;
  Thread *resumer;     /* thread that resumed this one, NULL if none */
  uint32_t nentries;   /* interpreter entries (C boundaries) on this thread */
  uint32_t handler;    /* offset of the xpcall handler in force, 0: none */
  uint32_t nest;       /* metamethods and pcalls running, one in another */
  uint32_t entering;   /* offset of a function whose frame is being made, if
                          that may fail; else 0 */
  Value error;         /* error value while unwinding */
  uint32_t call_at;    /* NATIVE_CALL: offset of the function to call */
  uint32_t call_count; /* NATIVE_CALL: its arguments; NATIVE_RETURN: results */
  uint16_t depth;      /* nested resumes below this thread */
  bool wrapped;        /* resumed by a coroutine.wrap function */
  bool failed;         /* dead by an error; `error` holds the value */
  /* hooks (debug.sethook); the Lua hook function is in the registry */
  HookFn hook;
  int hook_base_count, hook_count;
  uint32_t hook_old_pc; /* bytecode offset of the last line event */
  Value *hook_frame;    /* frame it belongs to, as base pointer */
  uint16_t transfer_first, transfer_count; /* getinfo "r" */
};

/* What is known of the short strings from one place in the program, and how
 * they are made: string.h. */
enum { STRING_SITE_BITS = 9, STRING_SITES = 1 << STRING_SITE_BITS };
typedef enum SiteMode {
  SITE_NEW,     /* none was made */
  SITE_SAMPLED, /* interned, to see how many exist already */
  SITE_HELD,    /* interned */
  SITE_LOOSE
} SiteMode;
typedef struct StringSite {
  uint8_t mode;     /* SiteMode, ... */
  uint16_t left;    /* ... for so many more that are interned, ... */
  uint16_t existed; /* ... of which so many existed */
  uint16_t made;    /* loose ones, of which ... */
  uint16_t keys;    /* ... so many became keys; those of which an equal one
                       existed count thrice */
} StringSite;

/* Global cache of method lookups for sites that see many classes: receiver
 * shape and metatable and key -> the holder's slot, while epoch holds. */
enum { METHOD_CACHE_SIZE = 256 };
typedef struct MethodEntry {
  Value key;
  uint32_t shape, epoch;
  Table *meta;
  Value *slot;
} MethodEntry;

enum {
  VM_INTERRUPT_STOP = 1,  /* raise "interrupted!" */
  VM_INTERRUPT_SAMPLE = 2 /* the profiler wants to see the stack */
};

struct Entry; /* one activation of the interpreter: exec/interp.h */

struct VM {
  /* hot: read by handlers */
  Thread *thread;     /* running thread */
  Value *stack_limit; /* running thread's limit, or NULL-like (0) to make
                         the next call take the slow path: interrupts */
  uint8_t barrier;    /* nonzero while marking: stores need gc_barrier */
  uint8_t pending;    /* VM_PENDING_*: work for the next interrupt check */
  uint32_t epoch;     /* moves whenever a cached method lookup may be stale:
                         see vm/exec/index.c */
  Value acc;          /* spilled accumulator, a root */
  Heap heap;          /* allocator and collector */

  /* strings */
  HashSecret secret;
  uint64_t *strings; /* intern table: value/string.c */
  uint32_t string_mask, string_count;
  StringSite string_sites[STRING_SITES];
  String *event_names[EVENT_COUNT];
  String *memory_message;  /* "not enough memory" */
  String *handler_message; /* "error in error handling" */
  String *empty;

  /* shapes: value/shape.h */
  struct ShapeSpace *shapes;

  Thread *main;
  Table *registry; /* "_LOADED", "_PRELOAD", hooks; weft internal keys */
  Table *globals;
  Table *metatables[TYPE_COUNT]; /* of basic types */
  Function *next_function;       /* builtins the VM recognises */
  Function *ipairs_iterator;

  MethodEntry methods[METHOD_CACHE_SIZE];
  struct Entry *entry; /* innermost interpreter activation */
  char *resume_pc;     /* where to go on after leaving the loop for the other
                          one, NULL: left for good */
  bool hooked;         /* some thread has hooks: the hooked loop runs */
  int hook_last;       /* last instruction that loop showed, its thread and
                          frame */
  Thread *hook_thread;
  ptrdiff_t hook_base;
  uint32_t c_depth;      /* C_DEPTH_MAX is the limit */
  uint32_t handlers;     /* message handlers running, one in another */
  bool handler_overflow; /* the stack overflowed inside them: give up */
  bool repeatable;       /* what runs may be run once more: exec/protect.h */
  bool repeated;         /* and is now */
  char *c_stack_bottom;  /* lowest address C may reach: real stack guard */
  Buffer *buffers;       /* scratch buffers of natives (exec/native.h) */
  uint32_t buffer_depth, buffer_count;

  /* load() reaches the compiler through this pointer only. Fills *out or
   * message; returns 0 ok, 1 syntax error, 2 memory, 3 `more` gave up. The
   * text goes on with the pieces of `more`, unless it is NULL. */
  int (*compile)(const char *source, size_t len, const char *chunk_name,
                 size_t chunk_name_len, size_t c_stack_budget,
                 const SourcePieces *more, Module *out, Buffer *message);
  void (*warn)(VM *vm, const char *text, bool to_be_continued);
  int warn_state;
  const char *program;       /* name for messages */
  volatile int interrupt;    /* VM_INTERRUPT_*, set by signal handlers */
  volatile bool unstoppable; /* a finalizer runs: Ctrl-C only sets ... */
  volatile bool stop_later;
  void (*sample)(Thread *L); /* what VM_INTERRUPT_SAMPLE calls: must neither
                                collect nor run Lua nor raise */
  bool linking;              /* for --profile's samples */
  /* --perf: where its loop goes on after leaving, and the frame it runs:
   * exec/perf.h */
  char *perf_pc;
  Thread *perf_thread;
  ptrdiff_t perf_base;
  Value perf_function;
};

static inline MethodEntry *method_entry(VM *vm, uint32_t shape, Value key,
                                        const Table *meta) {
  uint32_t h = (uint32_t)(key >> 4) ^ shape * 0x9E3779B1u >> 20 ^
               (uint32_t)((uintptr_t)meta >> 4) * 0x9E3779B1u >> 22;
  return &vm->methods[h % METHOD_CACHE_SIZE];
}

extern const char *const wf_state_event_names[EVENT_COUNT];
extern const char *const wf_state_type_names[TYPE_COUNT];

BasicType wf_state_type_of(Value v);
/* Metatable of any value, NULL when it has none. */
Table *wf_state_metatable(const VM *vm, Value v);

#endif
