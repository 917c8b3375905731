; { 1, 2, x = a and b or c, [k] = { f() }, ... } with branches inside, and a
; table in a local that is assigned afterwards.
expect OK
function params=3 stack=12 flags=3
  string x
  float 0.5
  NEW_TABLE 3 2
  INT_1
  CONST 1
  APPEND 2 1
  GET_LOCAL_0
  AND or
  GET_LOCAL_1
or:
  OR value
  GET_LOCAL_2
value:
  INIT_FIELD 0
  TRUE
  NEW_TABLE 0 0
  GET_LOCAL_0
  JUMP_IF_FALSE second
  INT_2
  JUMP first
second:
  INT_3
first:
  APPEND 1 1
  GET_LOCAL_0
  CALL_OPEN 0
  APPEND_SPREAD 0 2
  INIT_INDEX
  CLOSURE 0
  INIT_FIELD 0
  VARARG_OPEN
  APPEND_SPREAD 0 3
loop:
  GET_LOCAL_3
  GET_FIELD 0
  JUMP_IF_FALSE out
  NIL
  SET_LOCAL_3
  JUMP loop
out:
  GET_LOCAL_3
  RETURN_1
  function stack=1
    local 0
    RETURN_0
  end
end
