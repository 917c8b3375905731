; A closure made in the constructor may assign the table.
expect NOT_A_TABLE
function stack=4 flags=2
  NEW_TABLE 0 0
  CLOSURE 0
  APPEND 1 1
  RETURN_1
  function stack=1
    local 0
    RETURN_0
  end
end
