expect SLOT_USED
function stack=4
  NILS 3
  FOR_PREP out
body:
  RETURN 2
out:
  RETURN_0
end
