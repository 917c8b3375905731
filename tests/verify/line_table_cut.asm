; A pc without its line.
expect LINE_TABLE
function stack=1
  lines 0 2 0
  RETURN_0
end
