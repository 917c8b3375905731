expect CAPTURE_INDEX
function stack=2 flags=2
  NIL
  CLOSURE 0
  RETURN_1
  function stack=1
    local 1
    RETURN_0
  end
end
