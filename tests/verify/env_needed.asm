expect ENV_NEEDED
function stack=1
  local 0 _ENV
  string print
  GET_GLOBAL 0
  RETURN_1
end
