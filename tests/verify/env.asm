expect ENV
function stack=1 env=1
  local 0 _ENV
  RETURN_0
end
