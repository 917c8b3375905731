expect SLOT_OPEN
function stack=5 flags=2
  NILS 4
  FOR_IN_PREP next
body:
  POP
next:
  FOR_IN_LOOP 1 body
  POP_N 4
  RETURN_0
end
