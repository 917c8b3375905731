; One value too many on top.
expect LOOP_STATE
function stack=4
  NILS 3
  FOR_PREP out
body:
  NIL
  FOR_LOOP body
out:
  RETURN_0
end
