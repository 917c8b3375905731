expect VAR_RANGE
function stack=1
  var x 0 1 0
  RETURN_0
end
