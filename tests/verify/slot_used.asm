; The loop's state as operands of an addition.
expect SLOT_USED
function stack=4
  NILS 3
  FOR_PREP out
body:
  ADD
  RETURN_1
out:
  RETURN_0
end
