; The slot would be reused with an open upvalue on it.
expect CAPTURE_OPEN
function stack=2 flags=2
  NIL
  CLOSURE 0
  POP_N 2
  RETURN_0
  function stack=1
    local 0
    RETURN_0
  end
end
