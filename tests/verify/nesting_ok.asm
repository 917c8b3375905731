; The deepest nesting allowed.
expect OK
function stack=1
  RETURN_0
  deep 200
end
