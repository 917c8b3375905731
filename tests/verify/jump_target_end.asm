; One past the last byte.
expect JUMP_TARGET
function stack=1
  JUMP +4
end
