expect JOIN_SLOTS
function stack=2 flags=2
  NIL
  TRUE
  JUMP_IF_TRUE join
  TO_CLOSE
  JUMP join
join:
  RETURN_0
end
