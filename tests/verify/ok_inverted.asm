; A loop whose body lies before its condition and is reached from behind only.
expect OK
function params=1 stack=6
  JUMP condition
body:
  GET_LOCAL_0
  CALL_0 0
  NEW_TABLE 1 0
  NIL
  APPEND 1 1
  POP
condition:
  GET_LOCAL_0
  JUMP_IF_TRUE body
  RETURN_0
  NIL               ; dead
  POP_N 7
  JUMP body
end
