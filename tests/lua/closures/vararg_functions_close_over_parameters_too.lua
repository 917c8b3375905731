local function f(a, ...)
  local args = {...}
  local n = select("#", ...)
  return function() a = a + n return a, args[1] end
end
local g = f(10, "x", "y", "z")
print(g()) print(g()) -- expect: 13	x
-- expect: 16	x
local function many(...)
  local a, b = ...
  return function() a, b = b, a return a, b end
end
local swap = many(1, 2, 3)
print(swap()) print(swap()) -- expect: 2	1
-- expect: 1	2
