; Closed, so no longer a loop.
expect FOR_IN_STATE
function stack=5 flags=2
  NILS 4
  FOR_IN_PREP next
body:
  POP
  CLOSE 3
  FOR_IN_LOOP 1 body
  RETURN_0
next:
  FOR_IN_LOOP 1 body
  RETURN_0
end
