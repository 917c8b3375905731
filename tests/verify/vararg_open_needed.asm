expect VARARG_NEEDED
function stack=1
  VARARG_OPEN
  RETURN_SPREAD 0
end
