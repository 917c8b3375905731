expect SLOT_READ
function stack=4
  NILS 3
  FOR_PREP out
body:
  GET_LOCAL_0
  POP
  FOR_LOOP body
out:
  RETURN_0
end
