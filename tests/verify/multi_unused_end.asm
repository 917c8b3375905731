expect MULTI_UNUSED
function stack=1 flags=1
  VARARG_OPEN
end
