expect LOCAL_INDEX
function stack=3
  NIL
  SET_LOCAL 4294967295
  RETURN_0
end
