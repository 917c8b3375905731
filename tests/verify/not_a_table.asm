expect NOT_A_TABLE
function stack=2
  string x
  NILS 2
  INIT_FIELD 0
  RETURN_1
end
