expect MULTI_MISSING
function stack=1
  RETURN_SPREAD 0
end
