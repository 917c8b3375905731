expect PROTO_INDEX
function stack=1
  CLOSURE 0
  RETURN_1
end
