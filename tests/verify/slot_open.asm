expect SLOT_OPEN
function stack=1 flags=2
  NIL
  TO_CLOSE
  POP
  RETURN_0
end
