; A CLOSE below the loop gives its state up.
expect SLOT_READ
function stack=5 flags=2
  NIL
  TO_CLOSE
  NILS 3
  FOR_PREP out
body:
  CLOSE 0
  GET_LOCAL_2
  POP_N 5
  RETURN_0
out:
  RETURN_0
end
