; Deeper than any walk over functions goes.
expect NESTING
function stack=1
  RETURN_0
  deep 201
end
