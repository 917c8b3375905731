; Slot 0 is to be closed on one path alone.
expect JOIN_SLOTS
function stack=2 flags=2
  NIL
  TRUE
  JUMP_IF_TRUE join
  TO_CLOSE
join:
  RETURN_0
end
