expect CONST_INDEX
function stack=1
  int 1
  CONST 1
  RETURN_1
end
