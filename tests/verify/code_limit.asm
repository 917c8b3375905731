; Claims more code than there is: must be refused before it is read.
expect CODE_LIMIT
function stack=1 size=0x4000001
  RETURN_0
end
