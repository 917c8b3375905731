-- The second of two steps fails; the operand it names is that of this step.
local empty = setmetatable({}, {__concat = function() return nil end})
print(pcall(function() -- expect: false	...d_that_cannot_be_joined_blames_the_operand_before_it.lua:5: attempt to concatenate a nil value (local 'a')
  local a, b = nil, empty
  return a .. b .. a
end))
print(pcall(function() -- expect: false	...d_that_cannot_be_joined_blames_the_operand_before_it.lua:9: attempt to concatenate a nil value (local 'b')
  local a, b, c, d = true, empty, "x", 1
  return a .. c .. d .. b .. a
end))
print(pcall(function() -- expect: false	...d_that_cannot_be_joined_blames_the_operand_before_it.lua:13: attempt to concatenate a nil value (local 'b')
  local a, b = "x", empty
  return a .. a .. b .. 1
end))
print(pcall(function() -- expect: false	...d_that_cannot_be_joined_blames_the_operand_before_it.lua:17: attempt to concatenate a table value (local 't')
  local t, b = {}, empty
  return t .. "x" .. b .. t .. 1
end))
