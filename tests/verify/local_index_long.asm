expect LOCAL_INDEX
function stack=250
  NIL
  GET_LOCAL 240
  RETURN_1
end
