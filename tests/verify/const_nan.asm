; A NaN whose bits are a tagged pointer.
expect CONST_NAN
function stack=1
  nan 0xFFF2000000000010
  CONST 0
  RETURN_1
end
