expect OVERFLOW
function stack=2
  NIL
  CALL 0 4294967295
  RETURN_0
end
