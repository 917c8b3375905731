; A body that always leaves: its FOR_LOOP is dead.
expect OK
function stack=4
  INT_1
  INT_2
  INT_1
  FOR_PREP out
body:
  POP_N 3
  JUMP out
  FOR_LOOP body
out:
  RETURN_0
end
