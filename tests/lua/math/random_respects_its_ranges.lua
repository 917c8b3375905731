math.randomseed(42)
local a = {math.random(), math.random(10), math.random(5, 8), math.random(0)}
math.randomseed(42)
print(a[1] == math.random(), a[2] == math.random(10), a[3] == math.random(5, 8), a[4] == math.random(0)) -- expect: true	true	true	true
local ok = true
for i = 1, 2000 do
  local x, y, z, w = math.random(), math.random(6), math.random(-3, 3), math.random(math.mininteger, math.maxinteger)
  ok = ok and x >= 0 and x < 1 and y >= 1 and y <= 6 and z >= -3 and z <= 3 and math.type(w) == "integer"
end
print(ok, math.type(math.random(0)), math.random(7, 7), math.random(1)) -- expect: true	integer	7	1
local seen = {}
for i = 1, 500 do seen[math.random(4)] = true end
print(#seen) -- expect: 4
print(pcall(math.random, 0.5)) print(pcall(math.random, 2, 1)) print(pcall(math.random, 1, 2, 3)) print(pcall(math.random, -5)) -- expect: false	bad argument #1 to 'math.random' (number has no integer representation)
-- expect: false	bad argument #1 to 'math.random' (interval is empty)
-- expect: false	wrong number of arguments
-- expect: false	bad argument #1 to 'math.random' (interval is empty)
print(pcall(math.random, "x")) -- expect: false	bad argument #1 to 'math.random' (number expected, got string)
