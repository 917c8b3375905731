; The state of the other kind of loop.
expect LOOP_STATE
function stack=5 flags=2
  NILS 4
  FOR_IN_PREP next
body:
  POP
  FOR_LOOP body
next:
  FOR_IN_LOOP 1 body
  RETURN_0
end
