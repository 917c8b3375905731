; The closure could assign the loop's variable.
expect CAPTURE_LOOP
function stack=4 flags=2
  NILS 3
  FOR_PREP out
body:
  CLOSURE 0
  POP
  FOR_LOOP body
out:
  RETURN_0
  function stack=1
    local 2
    NIL
    SET_UPVAL 0
    RETURN_0
  end
end
