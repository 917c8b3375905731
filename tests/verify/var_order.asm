expect VAR_ORDER
function stack=2
  var x 0 1 2
  var y 1 0 2
  NIL
  RETURN_1
end
