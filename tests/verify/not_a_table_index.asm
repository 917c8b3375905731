expect NOT_A_TABLE
function stack=3
  NILS 3
  INIT_INDEX
  RETURN_1
end
