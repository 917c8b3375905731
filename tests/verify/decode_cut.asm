; The operand runs past the end.
expect DECODE
function stack=1
  byte 8 14
end
