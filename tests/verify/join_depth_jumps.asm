expect JOIN_DEPTH
function stack=2
  TRUE
  JUMP_IF_TRUE join
  NIL
  JUMP join
join:
  RETURN_0
end
