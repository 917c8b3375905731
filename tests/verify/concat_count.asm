expect CONCAT_COUNT
function stack=1
  NIL
  CONCAT 1
  RETURN_1
end
