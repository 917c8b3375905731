/* linked.h: the format of linked instructions.
 *
 *    0         8     10    12        16
 *   +---------+-----+-----+---------+----------------------
 *   | handler |  a  |  b  |    c    | words[] (8 bytes each)
 *   +---------+-----+-----+---------+----------------------
 *
 * handler: address (direct, tail) or opcode number (switch, token). Branch
 * displacements are in c: bytes from the instruction's own start. Lengths are
 * multiples of 16, so return addresses have four free low bits (frame.h). */
#ifndef WEFT_LINKED_H
#define WEFT_LINKED_H

#include "vm/base/base.h"

typedef enum LinkedOp {
#define L(name, words) LINK_##name,
#include "vm/load/linked.def"
#undef L
  LINKED_COUNT
} LinkedOp;

enum {
#define L(name, words) LEN_##name = 16 + 8 * (words),
#include "vm/load/linked.def"
#undef L
  LINKED_ALIGN = 16
};
#define L(name, words)                                                         \
  _Static_assert((words) % 2 == 0, "linked code stays 16-byte aligned");
#include "vm/load/linked.def"
#undef L

typedef struct LinkedHead {
  uint64_t handler;
  uint16_t a, b;
  int32_t c;
} LinkedHead;
_Static_assert(sizeof(LinkedHead) == 16, "head");

/* Slots from `top` on are dead at a NEW_TABLE (its c: items expected | top) and
 * a CLOSURE (its b): a collection there must not see what they hold. */
enum { NEW_TABLE_ITEMS = 0xFFFFF, NEW_TABLE_TOP = 20 };

/* Inline cache of field instructions: words 0..3. */
typedef struct FieldCache {
  uint64_t key;    /* String value */
  uint32_t shape;  /* of the receiver */
  uint32_t offset; /* I E: slot; N: node; P: epoch */
  union {
    uint64_t *slot;     /* P: the holder's slot */
    uint32_t new_shape; /* T: shape after the store */
    uint64_t constant;  /* K forms keep the value to store in word 3 */
  } u;
  union {
    struct Table *meta; /* P: metatable of the receiver */
    uint64_t value;     /* set, K forms: the constant */
  } v;
} FieldCache;
_Static_assert(sizeof(FieldCache) == 32, "cache words");

static inline LinkedHead *linked_head(char *pc) { return (LinkedHead *)pc; }
static inline uint64_t *linked_words(char *pc) {
  return (uint64_t *)(pc + sizeof(LinkedHead));
}
static inline FieldCache *linked_cache(char *pc) {
  return (FieldCache *)(pc + sizeof(LinkedHead));
}

extern const uint8_t wf_linked_length[LINKED_COUNT]; /* bytes */
extern const char *const wf_linked_name[LINKED_COUNT];
/* Handler word for an op, and back. Valid after wf_interp_init. */
uint64_t wf_linked_encode(LinkedOp op);
LinkedOp wf_linked_decode(uint64_t handler);

#endif
