expect STACK_LIMIT
function stack=251
  RETURN_0
end
