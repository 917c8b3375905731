; Dead code must still be code.
expect DECODE
function stack=1
  RETURN_0
  byte 250
end
