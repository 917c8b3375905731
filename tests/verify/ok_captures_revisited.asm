; A loop around branches, visited again because its last instruction captures
; what was free when it was first entered.
expect OK
function params=2 stack=8 flags=2
  INT_1
  INT_7
  INT_1
  FOR_PREP out
body:
  GET_LOCAL_4
  JUMP_IF_FALSE one
  JUMP two
one:
  GET_LOCAL_0
  JUMP_IF_FALSE two
  NIL
  POP
two:
  GET_LOCAL_1
  JUMP_IF_FALSE three
  JUMP four
three:
  NIL
  POP
four:
  CLOSURE 0
  POP
  GET_LOCAL_0
  JUMP_IF_TRUE five
  CLOSURE 1
  POP
five:
  FOR_LOOP body
out:
  RETURN_0
  function stack=1
    local 0
    RETURN_0
  end
  function stack=1
    local 1
    RETURN_0
  end
end
