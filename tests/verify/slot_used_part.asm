; Half a loop cannot be dropped.
expect SLOT_USED
function stack=4
  NILS 3
  FOR_PREP out
body:
  POP
  RETURN_0
out:
  RETURN_0
end
