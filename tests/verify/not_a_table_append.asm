expect NOT_A_TABLE
function stack=2
  NILS 2
  APPEND 1 1
  RETURN_1
end
