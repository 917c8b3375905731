; Also in dead code.
expect JUMP_TARGET
function stack=1
  RETURN_0
  JUMP +2
end
