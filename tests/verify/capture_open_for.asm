; Captured before it becomes a loop's variable.
expect CAPTURE_OPEN
function stack=4 flags=2
  NILS 3
  CLOSURE 0
  POP
  FOR_PREP out
body:
  FOR_LOOP body
out:
  RETURN_0
  function stack=1
    local 2
    RETURN_0
  end
end
