expect SLOT_WRITE
function stack=6 flags=2
  NILS 4
  FOR_IN_PREP next
body:
  SET_LOCAL 3
next:
  FOR_IN_LOOP 1 body
  CLOSE 3
  POP_N 4
  RETURN_0
end
