expect FOR_IN_STATE
function stack=5 flags=2
  NILS 4
body:
  FOR_IN_LOOP 1 next
next:
  RETURN_0
end
