expect MULTI_MISSING
function stack=1
  NIL
  RETURN_SPREAD 1
end
