; The popped slot itself.
expect LOCAL_INDEX
function stack=3
  NIL
  SET_LOCAL_0
  RETURN_0
end
