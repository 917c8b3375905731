expect LINE_TABLE
function stack=1
  lines 1 2
  RETURN_0
end
