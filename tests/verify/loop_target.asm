; Back to before the preparation.
expect LOOP_TARGET
function stack=3
  NILS 3
again:
  FOR_PREP out
body:
  FOR_LOOP again
out:
  RETURN_0
end
