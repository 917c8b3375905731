expect OVERFLOW
function stack=2
  NILS 3
  RETURN_0
end
