local t = setmetatable({}, {
  __add = function() error("in add") end,
  __index = function(_, k) return nil + 1 end,
  __call = function() error({code = 7}) end,
  __tostring = function() error("in tostring", 0) end,
  __eq = function() error("in eq", 2) end,
})
print(pcall(function() return t + 1 end)) -- expect: false	errors_inside_metamethods_have_positions.lua:2: in add
print(pcall(function() return t.x end)) -- expect: false	errors_inside_metamethods_have_positions.lua:3: attempt to perform arithmetic on a nil value
print(select(2, pcall(t)).code) -- expect: 7
print(pcall(tostring, t)) -- expect: false	in tostring
print(pcall(function() return t == setmetatable({}, getmetatable(t)) end)) -- expect: false	errors_inside_metamethods_have_positions.lua:12: in eq
