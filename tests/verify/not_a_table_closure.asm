; The closure assigns the slot, then lets go of it.
expect NOT_A_TABLE
function stack=3 flags=2
  NEW_TABLE 0 0
  CLOSURE 0
  CALL_0 0
  CLOSE 0
  NIL
  APPEND 1 1
  RETURN_1
  function stack=1
    local 0
    NIL
    SET_UPVAL 0
    RETURN_0
  end
end
