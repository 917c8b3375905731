expect VAR_NAME
function stack=1
  var - 0 0 1
  RETURN_0
end
