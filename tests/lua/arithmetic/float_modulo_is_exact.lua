-- x % y of floats, and of a float and an integer: the remainder is exact and
-- has the sign of y; zeros keep theirs.
local function show(...)
  local out = {}
  for i = 1, select("#", ...) do
    out[i] = string.format("%.17g", (select(i, ...)))
  end
  print(table.concat(out, " ")) -- expect: 1 3 2 -2 -1 1 3 1
  -- expect: 0 -0 0 -0 0
  -- expect: 1.5 1.5 0 0.5 0.099999999999999534
  -- expect: 2 1 2 1099511623681
  -- expect: 0 1 2764239490
  -- expect: 7 inf 1
end
local a, b = 7.0, 3
show(a % b, b % a, -a % b, a % -b, -a % -b, a % 3, 3 % a, a % 3.0)
show(6.0 % b, -6.0 % b, 6.0 % -b, -0.0 % b, 0.0 % b)
show(5.5 % 2, 5.5 % 2.0, 5 % 2.5, -5.5 % 2, 5.3 % 0.1)
show(2 ^ 53 % b, (2 ^ 53 + 2) % b, 2 ^ 70 % 7, 2 ^ 52 % (2 ^ 40 + 1))
show(4294967295.0 % 65537, 4294967296.0 % 65537, 1e15 % 4294967297)
show(a % math.huge, -a % math.huge, 1e300 % a)
local zero = 0.0
print(a % zero ~= a % zero, math.huge % a ~= math.huge % a) -- expect: true	true
print(pcall(function() return 1 % 0 end)) -- expect: false	float_modulo_is_exact.lua:24: attempt to perform 'n%0'
