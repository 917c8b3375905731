; A jump from before the NEW_TABLE comes in behind it.
expect NOT_A_TABLE
function stack=3
  NIL
  TRUE
  JUMP_IF_TRUE in
  POP
  NEW_TABLE 0 0
in:
  NIL
  APPEND 1 1
  RETURN_1
end
