expect FLAGS
function flags=4
  RETURN_0
end
