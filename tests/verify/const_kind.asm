expect CONST_KIND
function stack=1
  kind 3
  RETURN_0
end
