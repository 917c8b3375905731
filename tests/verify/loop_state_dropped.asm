; The state was dropped and three nils pushed in its place.
expect LOOP_STATE
function stack=3
  NILS 3
  FOR_PREP out
body:
  POP_N 3
  NILS 3
  FOR_LOOP body
out:
  RETURN_0
end
