expect TAIL_OPEN
function stack=6 flags=2
  NILS 4
  FOR_IN_PREP next
body:
  TAIL_CALL 0
next:
  FOR_IN_LOOP 1 body
  CLOSE 3
  POP_N 4
  RETURN_0
end
