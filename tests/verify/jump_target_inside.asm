; Into the operand of INT16, which would read as other code.
expect JUMP_TARGET
function stack=1
  JUMP +5
  INT16 0x0101
  RETURN_1
end
