; A six-byte number.
expect DECODE
function stack=1
  byte 1 0x80 0x80 0x80 0x80 0x80 0
  RETURN_0
end
