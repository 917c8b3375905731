expect CLOSE_FLAG
function stack=1
  NIL
  TO_CLOSE
  RETURN_0
end
