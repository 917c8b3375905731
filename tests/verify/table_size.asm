; A few bytes of code asking for gigabytes.
expect TABLE_SIZE
function stack=1
  NEW_TABLE 4294967295 0
  RETURN_1
end
