expect PARAMS
function params=3 stack=2
  RETURN_0
end
