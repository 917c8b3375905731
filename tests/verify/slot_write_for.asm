; Garbage where the loop keeps its variable.
expect SLOT_WRITE
function stack=4
  NILS 3
  FOR_PREP out
body:
  TRUE
  SET_LOCAL_2
  FOR_LOOP body
out:
  RETURN_0
end
