expect VARARG_NEEDED
function stack=1
  VARARG 1
  RETURN_1
end
