expect CONST_STRING
function stack=2
  float 1.5
  NIL
  METHOD 0
  CALL_1 1
  RETURN_1
end
