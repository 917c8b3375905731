expect CONST_STRING
function stack=2
  int 1
  NIL
  GET_FIELD 0
  RETURN_1
end
