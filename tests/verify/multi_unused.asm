expect MULTI_UNUSED
function stack=2 flags=1
  VARARG_OPEN
  NIL
  RETURN_1
end
