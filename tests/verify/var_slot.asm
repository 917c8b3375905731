expect VAR_SLOT
function stack=1
  var x 1 0 1
  RETURN_0
end
