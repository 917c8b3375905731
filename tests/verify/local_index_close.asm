expect LOCAL_INDEX
function stack=3 flags=2
  NIL
  CLOSE 1
  RETURN_0
end
