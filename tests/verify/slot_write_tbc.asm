expect SLOT_WRITE
function stack=2 flags=2
  NIL
  TO_CLOSE
  TRUE
  SET_LOCAL_0
  RETURN_0
end
