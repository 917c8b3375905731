; Captured and shared slots, closed on every way out of their block.
expect OK
function params=2 stack=8 flags=3
  local 0 _ENV
  string x
top:
  NIL               ; slot 2
  NIL               ; slot 3, local function
  CLOSURE 0
  SET_LOCAL_3
  GET_LOCAL_2
  JUMP_IF_TRUE done
  GET_LOCAL_3
  CALL_1 0
  JUMP_IF_TRUE leave
  CLOSE 2
  POP_N 2
  JUMP top
leave:
  CLOSE 2
  POP_N 2
  JUMP end
done:
  GET_LOCAL_3
  RETURN_1
end:
  CLOSURE 1
  TAIL_CALL 0
  function stack=2 flags=0
    local 2 x
    local 3 f
    outer 0 _ENV
    GET_UPVAL 0
    INT_1
    ADD
    SET_UPVAL 0
    RETURN_0
  end
  function stack=3 env=0
    outer 0 _ENV
    local 1 b
    string print
    GET_GLOBAL 0
    GET_UPVAL 1
    TAIL_CALL 1
  end
end
