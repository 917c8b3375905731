; Popped and pushed anew.
expect NOT_A_TABLE
function stack=3
  NEW_TABLE 0 0
  NOT
  NIL
  APPEND 1 1
  RETURN_1
end
