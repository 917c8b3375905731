; Does not go to a loop instruction.
expect FOR_IN_TARGET
function stack=5 flags=2
  NILS 4
  FOR_IN_PREP next
next:
  RETURN_0
end
