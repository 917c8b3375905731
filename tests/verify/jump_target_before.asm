expect JUMP_TARGET
function stack=1
  JUMP -1
end
