; Five bytes, but more than 32 bits.
expect DECODE
function stack=1
  byte 1 0x80 0x80 0x80 0x80 0x10
  RETURN_0
end
