; for i = 1, 10 do for k, v in f, s, c do if k then break end end end
; with one local of each kind around, and a goto out of both.
expect OK
function params=1 stack=20 flags=3 env=0 line=0
  local 0 _ENV
  string print
  int 10
  lines 0 2 5 2 6 4
  var a 0 0 40
  NIL               ; slot 1, to be closed
  TO_CLOSE
  INT_1
  INT8 10
  INT_1
  FOR_PREP out
body:
  GET_LOCAL_4
  INT_5
  LT
  JUMP_IF_FALSE skip
  CLOSE 1           ; goto gone
  POP_N 4
  JUMP gone
skip:
  NILS 4            ; slots 5..8
  FOR_IN_PREP next
inner:              ; 9, 10
  GET_LOCAL 9
  JUMP_IF_FALSE continue
  POP_N 2
  JUMP leave
continue:
  GET_GLOBAL 0
  GET_LOCAL 9
  GET_LOCAL 10
  CALL_0 2
  POP_N 2
next:
  FOR_IN_LOOP 2 inner
leave:
  CLOSE 8
  POP_N 4
  FOR_LOOP body
out:
  CLOSE 1
  POP
gone:
  GET_LOCAL_0
  VARARG_OPEN
  CALL_SPREAD_OPEN 0
  RETURN_SPREAD 0
end
