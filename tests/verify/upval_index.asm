expect UPVAL_INDEX
function stack=1
  local 0 _ENV
  GET_UPVAL 1
  RETURN_1
end
