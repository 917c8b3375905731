expect FALLS_OFF
function stack=1
  NIL
end
