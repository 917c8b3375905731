expect JOIN_DEPTH
function stack=2
  TRUE
  JUMP_IF_TRUE join
  NIL
join:
  RETURN_0
end
