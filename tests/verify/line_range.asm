; Line 0 minus 1.
expect LINE_RANGE
function stack=1
  lines 0 1
  RETURN_0
end
