-- x ~ (y << n) and x ~ (y >> n) with every kind of operand: small and 64-bit
-- integers, floats, strings, objects, and errors with the right name.
local function left(x, y)
  return x ~ (y << 13), (y << 17) ~ x, x ~ y ~ (y << 1)
end
local function right(x, y)
  local z = x ~ (y >> 7)
  z = z ~ (z >> 9)
  return z, (y >> 63) ~ x
end
local big = 88172645463325252
print(left(1, 2)) -- expect: 16385	262145	7
print(left(big, big)) -- expect: 2965895207380843076	-9213564447908988348	176345290926650504
print(left(-1, math.mininteger)) -- expect: -1	-1	9223372036854775807
print(left(3.0, 16.0)) -- expect: 131075	2097155	51
print(pcall(left, 3.0, "16")) -- expect: false	a_shift_inside_an_exclusive_or.lua:4: attempt to perform bitwise operation on a string value (local 'y')
print(right(1, 1024)) -- expect: 9	1
print(right(-1, -1)) -- expect: -108367866033602560	-2
print(right(big, 5)) -- expect: 88343755913602553	88172645463325252
print(right(16.0, 2.0 ^ 40)) -- expect: 8606711824	16
local same = 6148914691236517205
same = same ~ (same << 1)
print(same) -- expect: -1
print(5 ~ (1 << 64), 5 ~ (1 << -1), 5 ~ (1 >> -3), 5 ~ (-1 >> 64)) -- expect: 5	5	13	5
local meta = {}
meta.__shl = function(a, b) return type(a) == "table" and 32 or 64 end
meta.__bxor = function(a, b) return (type(a) == "table") and 100 or 200 end
local object = setmetatable({}, meta)
print(left(1, object)) -- expect: 33	33	232
print(left(object, 1)) -- expect: 100	200	102
print(pcall(left, 1, {})) -- expect: false	a_shift_inside_an_exclusive_or.lua:4: attempt to perform bitwise operation on a table value (local 'y')
print(pcall(left, nil, 1)) -- expect: false	a_shift_inside_an_exclusive_or.lua:4: attempt to perform bitwise operation on a nil value (local 'x')
print(pcall(right, 1, 1.5)) -- expect: false	a_shift_inside_an_exclusive_or.lua:7: number (local 'y') has no integer representation
print(pcall(right, "x", 1)) -- expect: false	a_shift_inside_an_exclusive_or.lua:7: attempt to perform bitwise operation on a string value (local 'x')
