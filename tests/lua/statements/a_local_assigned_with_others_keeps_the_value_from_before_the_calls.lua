-- Every value but the last is taken when its turn comes; a call behind it that
-- assigns to the variable comes too late.
local p, q, t = 5, 7, {}
local function add() p, q = p + 100, q + 100 return 1 end
local a, b
a, b = p, add()
print(a, b) -- expect: 5	1
p, q = p, add() + q
print(p, q) -- expect: 105	208
t.x, b = p, add()
print(t.x, b) -- expect: 105	1
t[1], t[2] = q, -add()
print(t[1], t[2]) -- expect: 308	-1
global, b = p, add()
print(global, b) -- expect: 305	1
local function inner()
  a, b = p, add()
  return a, b
end
print(inner()) -- expect: 405	1
local object = setmetatable({}, {__index = function() p = "changed" end})
a, b = p, object.field
print(a, b, p) -- expect: 505	nil	changed
