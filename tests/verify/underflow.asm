expect UNDERFLOW
function stack=2
  NIL
  ADD
  RETURN_1
end
