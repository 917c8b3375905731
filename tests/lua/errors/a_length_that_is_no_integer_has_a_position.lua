local t = setmetatable({}, {__len = function() return 2.5 end})
print(pcall(function() return table.concat(t) end)) -- expect: false	a_length_that_is_no_integer_has_a_position.lua:2: object length is not an integer
print(pcall(function() table.insert(t, 1) end)) -- expect: false	a_length_that_is_no_integer_has_a_position.lua:3: object length is not an integer
print(pcall(table.unpack, t)) -- expect: false	object length is not an integer
