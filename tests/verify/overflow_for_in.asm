; The loop's variables need a fifth slot.
expect OVERFLOW
function stack=4 flags=2
  NILS 4
  FOR_IN_PREP next
body:
  POP
next:
  FOR_IN_LOOP 1 body
  CLOSE 3
  POP_N 4
  RETURN_0
end
