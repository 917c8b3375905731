expect LOCAL_INDEX
function stack=3
  NIL
  GET_LOCAL_1
  RETURN_1
end
