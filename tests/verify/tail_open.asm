; The frame would be reused with a slot still to be closed in it.
expect TAIL_OPEN
function stack=2 flags=2
  NIL
  TO_CLOSE
  NIL
  TAIL_CALL 0
end
