expect NOT_A_TABLE
function stack=3 flags=1
  NIL
  VARARG_OPEN
  APPEND_SPREAD 0 1
  RETURN_1
end
