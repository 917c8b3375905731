; Grows by one value each time round.
expect JOIN_DEPTH
function stack=200
again:
  NIL
  JUMP again
end
