expect LINE_RANGE
function stack=1 line=0x80000000
  RETURN_0
end
