expect STACK_LIMIT
function stack=255
  RETURN_0
end
