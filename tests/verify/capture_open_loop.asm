; Captured the first time round, dropped the second.
expect CAPTURE_OPEN
function stack=4 flags=2
  NIL
top:
  TRUE
  JUMP_IF_TRUE capture
  POP
  RETURN_0
capture:
  CLOSURE 0
  POP
  JUMP top
  function stack=1
    local 0
    RETURN_0
  end
end
