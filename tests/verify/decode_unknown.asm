expect DECODE
function stack=1
  byte 255
end
