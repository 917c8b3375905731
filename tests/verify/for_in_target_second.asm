; A second loop instruction for one preparation.
expect FOR_IN_TARGET
function stack=5 flags=2
  NILS 4
  FOR_IN_PREP next
body:
  POP
next:
  FOR_IN_LOOP 1 body
  FOR_IN_LOOP 1 body
  RETURN_0
end
