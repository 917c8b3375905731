/* collector.h: the collector's own state; private to vm/gc.
 *
 * Segment: 4 MB, aligned to 4 MB, 1024 pages of 4 KB, 64 blocks of 64 KB.
 *
 *   0      bits[0]  one bit per granule, 16 bytes of the segment: that in which
 *   32 KB  bits[1]  a cell starts, and no other one can; bits[gc->mark] is the
 *                   mark bitmap, the other one the live bitmap; they swap roles
 *                   at the end of a cycle
 *   64 KB  blocks 1..63: cells of one class and kind, or spans of pages
 *
 * The bits of the bitmaps' own granules (the first 512 bytes of each) are never
 * needed: the segment's head lives there.
 *
 * A huge cell is a mapping of its own with the same head and bitmaps, of which
 * only the pages with the cell's one bit are ever touched. So every cell is
 * marked alike: segment = p & ~(4 MB - 1), bit = (p & (4 MB - 1)) / 16. */
#ifndef WEFT_COLLECTOR_H
#define WEFT_COLLECTOR_H

#include "vm/base/alloc.h"
#include "vm/gc/gc.h"
#include "vm/gc/gc_hooks.h"
#include "vm/value/shape.h"
#include "vm/value/string.h"
#include "vm/value/table_layout.h"

#define SEGMENT_SIZE ((size_t)4 << 20)
#define BLOCK_SIZE ((size_t)64 << 10)
#define PAGE_SIZE ((size_t)4096)
enum {
  GRANULE = 16, /* bytes of the segment for a bit; no cell is smaller */
  BLOCKS = 64,  /* of a segment; block 0 is the bitmaps */
  PAGES = 1024, /* of a segment */
  BLOCK_PAGES = 16,
  BLOCK_WORDS = 64, /* bitmap words of a block */
  BITMAP_WORDS = 4096,
  PAGE_WORDS = PAGES / 64,
  SPAN_MAX_PAGES = 129, /* larger cells are huge: 512 KB and a header fit */
  RECENT = 10,          /* milliseconds, the present one included */
  RUN_MAX = 4096        /* bytes claimed at once: the collector's clock */
};

enum { BLOCK_FREE = 0xFF, BLOCK_NONE = 0 };

/* A block by its number: segment index * 64 + index in the segment. Number 0 is
 * a bitmap block, so it serves as "none". */
typedef uint32_t BlockId;
typedef struct Block {
  uint8_t class; /* BLOCK_FREE: free, or pages of spans */
  uint8_t kind;
  uint8_t swept; /* == gc->sweep_parity: old live bits are gone */
  uint8_t reserved;
  uint32_t live; /* cells whose live bit is set */
  BlockId next, prev;
} Block;

typedef struct SegmentInfo {
  struct Segment *segment;
  uint32_t index;
  uint32_t used_blocks; /* class blocks */
  uint32_t spans;       /* living spans */
  uint32_t run_limit;   /* no free page run is longer */
  bool no_free_block;   /* hint */
  bool clear_done;
  uint64_t free[PAGE_WORDS]; /* bit per page */
  uint16_t span[PAGES];      /* pages of the span that starts here */
  uint8_t span_kind[PAGES];
  Block block[BLOCKS];
} SegmentInfo;

typedef struct SegmentHead {
  SegmentInfo *info;           /* NULL: a huge cell */
  struct Segment *next, *prev; /* huge: list of them */
  size_t size;                 /* huge: bytes of the cell */
  size_t mapped;               /* huge: bytes of the mapping */
  CellKind kind;
} SegmentHead;

typedef struct Segment {
  union {
    uint64_t bits[2][BITMAP_WORDS];
    SegmentHead head;
  };
} Segment;
_Static_assert(sizeof(Segment) == BLOCK_SIZE, "block 0 is the bitmaps");
_Static_assert(sizeof(SegmentHead) <= BLOCK_WORDS * 8, "head fits");

/* The allocator's place in the blocks of a class and kind. */
typedef struct ClassState {
  BlockId first, last;
  BlockId current;   /* block the last run came from, none: search is over */
  uint32_t position; /* granule in it where the search goes on */
} ClassState;

/* The gray stack, in chunks: growing never copies. */
enum { CHUNK_ITEMS = 1022 };
typedef struct Chunk {
  struct Chunk *below;
  Object *item[CHUNK_ITEMS];
} Chunk;
typedef struct Gray {
  Chunk *top;
  Chunk *spare;  /* at most one, so that a push at the edge stays cheap */
  uint32_t used; /* items in top */
  uint32_t depth, depth_max; /* chunks; a test lowers the limit */
} Gray;

/* Part of a big object that is scanned in slices. */
typedef enum PartKind {
  PART_ARRAY,       /* of a table */
  PART_NODES,       /* keys and values strong */
  PART_WEAK_VALUES, /* keys strong */
  PART_ALL_WEAK,
  PART_EPHEMERONS,
  PART_VALUES, /* fixed: constants, user values, native upvalues */
  PART_STACK   /* of a thread */
} PartKind;
typedef struct Part {
  Object *owner;
  const void *base; /* where the part was when its scan began */
  uint32_t position, count;
  PartKind kind;
} Part;

typedef struct List { /* of objects, in chunks: growing never copies them */
  Object ***chunk;
  size_t count, chunks, capacity; /* capacity: of `chunk` */
} List;
enum { LIST_CHUNK = 512 };
static inline Object **list_slot(const List *list, size_t i) {
  return &list->chunk[i / LIST_CHUNK][i % LIST_CHUNK];
}

/* Objects with finalizers, in chunks: that there are many never costs time at
 * once. The doomed are numbered as they come; a chunk holds FINALIZER_ITEMS of
 * them, and number n is item n % FINALIZER_ITEMS of its chunk. */
enum { FINALIZER_ITEMS = 252 };
typedef struct FinalizerChunk {
  struct FinalizerChunk *older, *newer;
  uint32_t count; /* of registered ones */
  Object *item[FINALIZER_ITEMS];
} FinalizerChunk;
typedef struct Finalizers {
  FinalizerChunk *newest;   /* of the registered, oldest first in each */
  FinalizerChunk *separate; /* the next in which to look for unreachable ones */
  size_t registered;
  size_t called, marked, doomed; /* the doomed: first not yet called, first not
                                    yet marked as a root, all so far */
  FinalizerChunk *head, *tail;   /* of the doomed, in calling order */
  FinalizerChunk *marking;       /* where `marked` is, if it is one of them */
  FinalizerChunk *spare;         /* linked by `newer` */
  size_t chunks;                 /* spare and of the doomed */
} Finalizers;

/* A value that becomes reachable with its key: an entry of a table with weak
 * keys whose key was white when it was looked at. */
typedef struct PendingEntry {
  Object *key;
  Value value;
  uint32_t next; /* entry of the same bucket + 1 */
} PendingEntry;
enum { PENDING_CHUNK = 2730 }; /* entries: 64 KB */
typedef struct Pending {
  PendingEntry **chunk;
  uint32_t chunks, chunk_capacity;
  uint32_t count;   /* entries */
  uint32_t *bucket; /* entry + 1 */
  uint32_t buckets; /* a power of two; 0: none yet */
} Pending;

typedef enum Phase {
  PHASE_PAUSE,
  PHASE_MARK,         /* trace; ends with a successful try */
  PHASE_SEPARATE,     /* find unreachable objects with finalizers */
  PHASE_CLEAR_VALUES, /* drop dead values of weak tables */
  PHASE_RESURRECT,    /* trace what those need; ends with a try */
  PHASE_CLEAR_KEYS,   /* drop dead keys, and values found meanwhile */
  PHASE_STRINGS,      /* drop dead strings from the intern table */
  PHASE_SWEEP,        /* old live bits, block by block */
  PHASE_COUNT
} Phase;

/* Bits of Object.gcbits. */
enum {
  GC_FINALIZER = 1,   /* registered for finalization */
  GC_PENDING_KEY = 2, /* key of entries in gc->pending */
  GC_UNSCANNED = 4,   /* marked, but the gray stack could not grow */
  GC_TOUCHED = 8,     /* thread: on the touched list; upvalue: on `written` */
  GC_WEAK = 16        /* << gc->mark: table on a list of weak ones. One of two
                         bits, so that none has to be cleared in the next cycle,
                         which scans each living table */
};

/* How bytes are told apart in the statistics: cells with a header, raw cells,
 * and cells of either kind above 32 KB. */
typedef enum StatKind {
  STAT_OBJECTS = CELL_OBJECT,
  STAT_PARTS = CELL_RAW,
  STAT_LARGE,
  STAT_KINDS
} StatKind;

/* What pace.c knows of the program and of the last cycles. */
typedef struct Pace {
  /* bytes */
  size_t threshold;          /* marking begins when gc->bytes reaches this */
  size_t goal;               /* and shall end before it reaches this */
  size_t judged;             /* gc->traced without what came meanwhile */
  unsigned survival, newest; /* percent of what came that is taken for live;
                                that was in the last cycle */
  size_t allocated_before;   /* since the VM was made, at the last start */
  size_t allocated_at_swap;  /* the same, at the end of tracing */
  size_t new_bytes;          /* allocated between the last two starts */
  size_t unpaced_before;     /* gc->unpaced when the goal was set */
  size_t known;              /* gc->traced and large cells since then */
  size_t foreseen;           /* to be allocated while marking */
  size_t paced_before;       /* allocated, unpaced cells apart, at its start */
  size_t meanwhile; /* allocated from start to swap, unpaced cells apart */
  size_t meanwhile_percent; /* the same per 100 reachable bytes, usually */
  size_t mark_tick;         /* bytes allocated between looks at the clock */
  size_t address_limit;     /* of the process; 0: none */

  /* units of work */
  size_t cycle_work;  /* of this cycle, sweeping apart */
  size_t marked_work; /* the same of PHASE_MARK, about bytes */
  size_t planned;     /* marked_work beyond which the pace is chosen anew */
  size_t effort;      /* the last one's per 100 reachable bytes */
  size_t credit;      /* owed for what was allocated */

  /* ns of gc->clock */
  int64_t allowed;     /* that a step may take, if any */
  uint64_t looked;     /* the last look at the clock */
  uint64_t cpu_looked; /* at cpu_clock, when the program asked for work */
  uint64_t trace_ns;   /* spent in this cycle, or the last, but for sweeping */
  uint64_t burst_ns;   /* what the next would take of that, in a burst */
  uint64_t rate_since; /* when, by cpu_clock, the rate was last measured, ... */
  uint64_t spent;      /* ... what the collector took since, ... */
  size_t rate_before;  /* ... and what had been allocated, as paced_before */
  size_t rate;         /* bytes allocated per us of the program's own */
  uint64_t recent_ms;  /* the present millisecond, and ... */
  uint32_t recent[RECENT]; /* ... what was taken of it and those before */
  uint32_t recent_sum;

  bool fast;  /* the program makes garbage faster than the usual share allows
                 for: bursts, however long */
  bool burst; /* tracing takes most of the time */
} Pace;

typedef struct Slice { /* what a step may do */
  size_t work;         /* units */
  uint64_t ns;         /* no portion begins later */
} Slice;

typedef struct GC {
  VM *vm;
  uint64_t (*clock)(void);     /* ns; tests turn their own */
  uint64_t (*cpu_clock)(void); /* the same, of this thread's CPU time */
  Pace pace;
  /* bitmaps: `mark` is the index of the mark bitmap */
  uint32_t mark;
  size_t mark_offset; /* bytes from a segment's start to the mark bitmap */
  Phase phase;
  bool black[2]; /* by CellKind: new cells are marked */

  /* gray */
  ptrdiff_t work; /* units left in this step, about bytes */
  Gray gray;      /* objects */
  Part *part;     /* stack of parts being scanned */
  uint32_t part_count, part_capacity;
  bool overflow; /* some object has GC_UNSCANNED */

  /* weak tables of this cycle */
  List weak_values, ephemerons, all_weak;
  size_t weak_origin, all_origin; /* how many need no more clearing */
  size_t ephemeron_next;          /* first not yet searched for white keys */
  size_t ephemeron_nodes;         /* of all of them when they were noted */
  Pending pending;
  struct {             /* progress of a clearing phase */
    size_t index;      /* in the lists, one after the other */
    uint32_t position; /* node */
    const void *base;
  } clear;

  /* threads whose stack may have changed since it was scanned */
  List touched;
  bool touched_lost;     /* memory refused: any thread may be meant */
  List written;          /* open upvalues whose slots are to be rescanned */
  uint32_t cycle;        /* number of this one, also of one given up */
  uint32_t late;         /* final steps put off for a big stack in vain */
  uint32_t late_left;    /* slots it had left at the last one */
  uint32_t tries;        /* final steps postponed although that did not help */
  size_t touched_before; /* how many there were at the last one */

  /* finalizers */
  Finalizers finalizers;
  bool closing;
  void (*call)(Thread *L, Value finalizer, Value object);

  uint32_t string_cursor;

  /* heap */
  SegmentInfo **segment; /* NULL where one was given back */
  uint32_t segment_count, segment_capacity;
  uint32_t run_most;    /* bytes claimed at once, RUN_MAX or less */
  uint32_t block_hint;  /* segments before have no free block */
  uint32_t free_blocks; /* in all segments */
  Segment *huge;        /* list of huge cells */
  Segment *doomed_huge; /* dead, being unmapped */
  Segment *spare_huge;  /* dead, kept for reuse */
  size_t spare_bytes;
  Segment *sweep_huge;
  uint32_t sweep_segment, sweep_block;
  uint8_t sweep_parity;
  ClassState class[2][HEAP_CLASSES];
  uint32_t class_cells[HEAP_CLASSES]; /* per block */
  uint64_t *pattern[HEAP_CLASSES];    /* cell starts of a block */

  /* bytes */
  size_t bytes;         /* claimed cells, live or not yet found dead */
  size_t black_bytes;   /* claimed black in this cycle */
  size_t traced;        /* reachable at the end of the last cycle */
  size_t traced_most;   /* highest `traced` */
  size_t peak;          /* highest `bytes` */
  size_t large_claimed; /* in large cells, since the last step */
  size_t unpaced;       /* allocated in cells too large for any pace */
  size_t limit;         /* of `bytes` (--memory-limit) */
  size_t reserve;       /* small cells may exceed it by that until the next
                           safepoint */
  size_t alarm;         /* `bytes` beyond it: an emergency */
  ptrdiff_t tick;       /* what debt was set to, negated */
  /* since the VM was made, by StatKind */
  size_t allocated[STAT_KINDS], kept[STAT_KINDS], swept[STAT_KINDS];
  int pause, step_multiplier; /* as collectgarbage knows them */
  int major_multiplier;       /* instead of pause in generational mode */
  bool generational;
  bool stopped;    /* by collectgarbage("stop") */
  bool busy;       /* in a step: not re-entrant */
  bool finalizing; /* running a finalizer */
  bool whole;      /* in a cycle the program cannot interrupt */
  bool emergency;  /* memory is short: collect at the next safepoint */
  bool refused;    /* an allocation failed */
  bool low;        /* the last free blocks are being given out */
  bool hopeless;   /* what was refused last is more than could be freed */
  uint32_t refusals_in_vain, refusals_skipped;
  uint64_t cycles; /* completed */
#ifdef WEFT_STRESS
  uint64_t stress_steps;
#endif
  struct GCStats *stats; /* NULL: nobody asked */
} GC;

/* The debt at which any safepoint, that of a store too, collects. */
enum { EMERGENCY_DEBT = 1 << 30 };

extern const uint16_t wf_heap_class_size[HEAP_CLASSES];

static inline Segment *segment_of(const void *p) {
  return (Segment *)((uintptr_t)p & ~(SEGMENT_SIZE - 1));
}
static inline uint32_t granule_of(const void *p) {
  return (uint32_t)(((uintptr_t)p & (SEGMENT_SIZE - 1)) / GRANULE);
}
static ALWAYS_INLINE uint64_t *mark_word(const GC *gc, const void *p) {
  uintptr_t a = (uintptr_t)p;
  return (uint64_t *)((a & ~(SEGMENT_SIZE - 1)) + gc->mark_offset +
                      (a & (SEGMENT_SIZE - 1)) / 1024 * 8);
}
/* True when p was not marked. */
static ALWAYS_INLINE bool mark_cell(GC *gc, const void *p) {
  uintptr_t a = (uintptr_t)p;
  uint64_t *word = mark_word(gc, p);
  uint64_t bit = 1ull << (a / GRANULE & 63);
  if (*word & bit)
    return false;
  *word |= bit;
  return true;
}
static ALWAYS_INLINE bool cell_is_marked(const GC *gc, const void *p) {
  return *mark_word(gc, p) >> ((uintptr_t)p / GRANULE & 63) & 1;
}
static inline bool cell_is_live(const GC *gc, const void *p) {
  uint32_t i = granule_of(p);
  return segment_of(p)->bits[gc->mark ^ 1][i / 64] >> (i % 64) & 1;
}
/* Between the end of tracing and the swap: what is unmarked is dead. */
static inline bool phase_is_clearing(Phase p) {
  return p >= PHASE_SEPARATE && p <= PHASE_STRINGS;
}

static inline bool phase_is_tracing(Phase p) {
  return p >= PHASE_MARK && p <= PHASE_STRINGS;
}
/* Since the VM was made. */
static inline size_t allocated_bytes(const GC *gc) {
  return gc->allocated[STAT_OBJECTS] + gc->allocated[STAT_PARTS] +
         gc->allocated[STAT_LARGE];
}

/* ---- pace.c ---- */
void wf_pace_open(GC *gc);
/* Says when the next cycle begins: one has ended, or a limit has changed. */
void wf_pace_set_threshold(GC *gc);
/* Whether a cycle may begin: there is enough to do, and no burst has to wait.
 */
bool wf_pace_may_start(GC *gc);
/* Most of what came lately is reachable. */
bool wf_pace_is_growing(const GC *gc);
/* A cycle begins, is done with tracing, is over. */
void wf_pace_start(GC *gc);
void wf_pace_traced(GC *gc);
void wf_pace_finish(GC *gc);
/* Sets how many bytes may be allocated before the next look. */
void wf_pace_schedule(GC *gc);
void wf_pace_idle(GC *gc); /* the same while the collector may not work */
/* Whether a step may begin: the program has run long enough since the last.
 * Else the next look at the clock comes after more bytes. */
bool wf_pace_step_is_due(GC *gc);
/* What this step may do; `allocated` bytes came since the last. */
Slice wf_pace_slice(GC *gc, size_t allocated);
/* `done` units of work were done in it. */
void wf_pace_stepped(GC *gc, size_t done);
/* The same for work that the program asked for, which began at this look. */
void wf_pace_look(GC *gc);
void wf_pace_worked(GC *gc, size_t done);
/* Units of work for `bytes` allocated, or asked for by a step. */
size_t wf_pace_work_for(const GC *gc, size_t bytes);
/* So many bytes were allocated outside of what steps count. */
void wf_pace_owe(GC *gc, size_t bytes);

/* ---- heap.c, huge.c, heap_walk.c ---- */
bool wf_heap_open(GC *gc);
void wf_heap_close(GC *gc);
/* New cells of this kind are marked from now on, until the swap. */
void wf_heap_blacken(GC *gc, CellKind kind);
/* Clears every mark bit: the cycle is given up. */
void wf_heap_clear_marks(GC *gc);
/* Swaps the bitmaps' roles; sweeping may begin. */
void wf_heap_swap(GC *gc);
/* Sweeps some blocks or unmaps a piece; true when the heap is swept, and in a
 * whole cycle all that is dead unmapped. */
bool wf_heap_sweep(GC *gc);
/* Unmaps all that is dead and unused; true when there was any. */
bool wf_heap_release(GC *gc);
/* Free blocks are few and no more can be mapped. */
bool wf_heap_is_low(GC *gc);
/* Unmaps a piece of what is dead, if there is any: outside of sweeping. */
void wf_heap_unmap(GC *gc);
static inline bool heap_may_unmap(const GC *gc) {
  return gc->doomed_huge != NULL;
}
/* Bytes in runs that no one has used yet. */
size_t wf_heap_unused(const GC *gc);
/* Kind and size of the live cell that starts at p; false when none does. */
bool wf_heap_find_cell(const GC *gc, const void *p, CellKind *kind,
                       size_t *size);
/* Calls fn for every marked object cell that was handed out. */
void wf_heap_each_marked(GC *gc, void (*fn)(GC *gc, Object *o));

/* Calls fn for every live cell that was handed out, of either kind. */
void wf_heap_each_live(const GC *gc,
                       void (*fn)(void *ud, CellKind kind, const void *cell,
                                  size_t size),
                       void *ud);

/* ---- mark.c ---- */
bool wf_mark_open(GC *gc);
void wf_mark_close(GC *gc);
void wf_mark_value(GC *gc, Value v);
void wf_mark_object(GC *gc, Object *o);
/* Marks what is reachable without an object in between. */
void wf_mark_roots(GC *gc);
/* The thread's stack is to be rescanned by the final step. */
void wf_mark_touch(GC *gc, Thread *t);
/* The final step shall scan the slot of open upvalue u; false when it already
 * has to scan too many. */
bool wf_mark_written(GC *gc, UpVal *u);
/* No longer, if its stack is small: it is rescanned at once. */
void wf_mark_left(GC *gc, Thread *t);
/* Works on gray objects for gc->work units, then rescans roots and touched
 * stacks. True when everything reachable is marked and no stack holds a stale
 * value. */
bool wf_mark_run(GC *gc);
/* Forgets all gray objects and touched threads. */
void wf_mark_reset(GC *gc);
/* A raw cell is given back: what is left of it is not scanned. */
void wf_mark_forget_cell(GC *gc, const void *cell, size_t size);
/* An entry was stored into a table on a list of weak ones: what it holds
 * weakly stays white. */
void wf_mark_weak_entry(GC *gc, Table *t, Node *n);
static inline bool is_noted_weak(const GC *gc, const Table *t) {
  return gc->phase == PHASE_MARK && t->gcbits & GC_WEAK << gc->mark &&
         t->flags & (TABLE_WEAK_KEYS | TABLE_WEAK_VALUES);
}
/* Scans a table's nodes [from, to) in the manner of `kind`. */
void wf_mark_nodes(GC *gc, Node *nodes, uint32_t from, uint32_t to,
                   PartKind kind);

/* ---- weak.c ---- */
/* Notes a table with this weakness (TABLE_WEAK_*); false: no memory. */
bool wf_weak_add(GC *gc, Table *t, uint32_t weakness);
/* value is reachable when key is; key is white. */
void wf_weak_defer(GC *gc, Object *key, Value value);
/* Prefetches what that will touch. */
void wf_weak_defer_soon(const GC *gc, const Object *key);
/* Marks the values deferred under key, which has just become reachable. */
void wf_weak_key_marked(GC *gc, Object *key);
/* Clear dead values (keys) from the tables noted, for gc->work units; true
 * when done. */
bool wf_weak_clear_values(GC *gc);
bool wf_weak_clear_keys(GC *gc);
/* The table will no longer be weak, or otherwise. */
void wf_weak_forget(GC *gc, Table *t);
void wf_weak_reset(GC *gc);
void wf_weak_close(GC *gc);

/* ---- finalize.c ---- */
/* Begins to look for unreachable ones among the registered. */
void wf_finalize_begin(GC *gc);
/* Moves them to the doomed, for gc->work units; true when done. */
bool wf_finalize_separate(GC *gc);
/* Some of what it found have to be traced. */
static inline bool resurrection_is_due(const GC *gc) {
  return gc->finalizers.marked < gc->finalizers.doomed;
}
/* The doomed that follows is to be marked next. */
static inline void finalize_marked_one(Finalizers *f) {
  if (++f->marked % FINALIZER_ITEMS == 0)
    f->marking = f->marking->newer;
}
/* How many finalizers are due. */
static inline size_t finalize_queue(const GC *gc) {
  return gc->finalizers.doomed - gc->finalizers.called;
}
static inline bool finalize_is_due(const GC *gc) {
  return finalize_queue(gc) > 0;
}
/* Calls up to `most` of them; not between tracing and the swap.
 * GC: runs Lua. */
void wf_finalize_call(Thread *L, size_t most);
/* The VM closes: all registered objects are doomed, and no more are taken. */
void wf_finalize_doom_all(GC *gc);
void wf_finalize_close(GC *gc);

/* ---- list.c ---- */
/* Appends; false when memory is exhausted. */
bool wf_list_add(List *list, Object *o);
void wf_list_free(List *list);

/* ---- stats.c ---- */
/* Nanoseconds of CPU time of the calling thread. */
uint64_t wf_stats_clock(void);
/* A step of the collector that began in phase `first` lasted from `start` to
 * now. */
void wf_stats_record(GC *gc, Phase first, uint64_t start);
/* A whole collection that the program asked for began at `start`. */
void wf_stats_record_asked(GC *gc, uint64_t start);
void wf_stats_close(GC *gc);

#endif
