expect FOR_IN_COUNT
function stack=4 flags=2
  NILS 4
  FOR_IN_PREP next
body:
next:
  FOR_IN_LOOP 0 body
  CLOSE 3
  POP_N 4
  RETURN_0
end
