; A loop that was never prepared.
expect LOOP_STATE
function stack=3
  NILS 3
body:
  FOR_LOOP body
  RETURN_0
end
