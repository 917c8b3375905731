; The child asks for its parent's upvalue 1; there is only 0.
expect OUTER_UPVAL
function stack=1
  local 0 _ENV
  CLOSURE 0
  RETURN_1
  function stack=1
    outer 1
    RETURN_0
  end
end
