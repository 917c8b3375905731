; On the other path the slot holds nil.
expect NOT_A_TABLE
function stack=3
  TRUE
  JUMP_IF_TRUE other
  NEW_TABLE 0 0
join:
  NIL
  APPEND 1 1
  RETURN_1
other:
  NIL
  JUMP join
end
