/* state.c: names of types and events, and what every value has. */
#include "vm/value/state.h"

const char *const wf_state_event_names[EVENT_COUNT] = {
    [EVENT_INDEX] = "__index",
    [EVENT_NEWINDEX] = "__newindex",
    [EVENT_GC] = "__gc",
    [EVENT_MODE] = "__mode",
    [EVENT_LEN] = "__len",
    [EVENT_EQ] = "__eq",
    [EVENT_ADD] = "__add",
    [EVENT_SUB] = "__sub",
    [EVENT_MUL] = "__mul",
    [EVENT_MOD] = "__mod",
    [EVENT_POW] = "__pow",
    [EVENT_DIV] = "__div",
    [EVENT_IDIV] = "__idiv",
    [EVENT_BAND] = "__band",
    [EVENT_BOR] = "__bor",
    [EVENT_BXOR] = "__bxor",
    [EVENT_SHL] = "__shl",
    [EVENT_SHR] = "__shr",
    [EVENT_UNM] = "__unm",
    [EVENT_BNOT] = "__bnot",
    [EVENT_LT] = "__lt",
    [EVENT_LE] = "__le",
    [EVENT_CONCAT] = "__concat",
    [EVENT_CALL] = "__call",
    [EVENT_CLOSE] = "__close",
    [EVENT_NAME] = "__name",
    [EVENT_TOSTRING] = "__tostring",
    [EVENT_PAIRS] = "__pairs",
    [EVENT_METATABLE] = "__metatable"};
_Static_assert(EVENT_COUNT <= 32, "shapes keep a bit per event");

const char *const wf_state_type_names[TYPE_COUNT] = {
    [TYPE_NIL] = "nil",
    [TYPE_BOOLEAN] = "boolean",
    [TYPE_LIGHTUSERDATA] = "userdata",
    [TYPE_NUMBER] = "number",
    [TYPE_STRING] = "string",
    [TYPE_TABLE] = "table",
    [TYPE_FUNCTION] = "function",
    [TYPE_USERDATA] = "userdata",
    [TYPE_THREAD] = "thread"};

BasicType wf_state_type_of(Value v) {
  switch (value_tag(v)) {
  case TAG_SPECIAL:
    return value_is_light(v) ? TYPE_LIGHTUSERDATA
           : value_is_nil(v) ? TYPE_NIL
                             : TYPE_BOOLEAN;
  case TAG_TABLE:
    return TYPE_TABLE;
  case TAG_STRING:
    return TYPE_STRING;
  case TAG_FUNCTION:
    return TYPE_FUNCTION;
  case TAG_OBJECT:
    return value_is_thread(v) ? TYPE_THREAD : TYPE_USERDATA;
  default:
    return TYPE_NUMBER;
  }
}

Table *wf_state_metatable(const VM *vm, Value v) {
  if (value_is_table(v))
    return value_as_table(v)->meta;
  BasicType type = wf_state_type_of(v);
  return type == TYPE_USERDATA ? value_as_userdata(v)->meta
                               : vm->metatables[type];
}
