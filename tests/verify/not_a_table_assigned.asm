; Overwritten in between.
expect NOT_A_TABLE
function stack=3
  NEW_TABLE 0 0
  TRUE
  SET_LOCAL_0
  NIL
  APPEND 1 1
  RETURN_1
end
