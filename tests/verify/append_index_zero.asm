; Items count from 1.
expect APPEND_INDEX
function stack=2
  NEW_TABLE 0 0
  NIL
  APPEND 1 0
  RETURN_1
end
