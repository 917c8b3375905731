expect UNDERFLOW
function stack=2
  NIL
  CALL_0 4294967295
  RETURN_0
end
