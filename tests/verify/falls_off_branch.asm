; Only the path through the last conditional jump gets there.
expect FALLS_OFF
function stack=1
back:
  NIL
  JUMP_IF_TRUE back
end
