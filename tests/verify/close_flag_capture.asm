expect CLOSE_FLAG
function stack=2
  NIL
  CLOSURE 0
  RETURN_1
  function stack=1
    local 0
    RETURN_0
  end
end
