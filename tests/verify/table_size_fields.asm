expect TABLE_SIZE
function stack=1
  NEW_TABLE 0 4294967295
  RETURN_1
end
