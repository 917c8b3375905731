; A slot is marked once.
expect SLOT_OPEN
function stack=1 flags=2
  NIL
  TO_CLOSE
  TO_CLOSE
  RETURN_0
end
