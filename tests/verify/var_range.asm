expect VAR_RANGE
function stack=1
  var x 0 0 2
  RETURN_0
end
