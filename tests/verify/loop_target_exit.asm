; The preparation leaves elsewhere than after the loop.
expect LOOP_TARGET
function stack=3
  NILS 3
  FOR_PREP out
body:
  FOR_LOOP body
  RETURN_0
out:
  RETURN_0
end
