local function count(a, b, c)
  local n = 0
  for i = a, b, c do n = n + 1 if n >= 5 then break end end
  return n
end
print(count(1, math.huge, 1), count(1, -math.huge, 1)) -- expect: 5	0
print(count(1, -math.huge, -1), count(1, math.huge, -1)) -- expect: 5	0
print(count(1, 2.9, 1), count(1, -0.5, -1), count(3, 2.1, -1)) -- expect: 2	2	1
print(count(1, 1e100, 1), count(1, 0/0, 1), count(1, 0/0, -1)) -- expect: 5	0	5
print(count(math.maxinteger, 2^63, 1), count(math.mininteger, -2^63, -1)) -- expect: 1	1
for i = 1, 2.5 do print(i, math.type(i)) end -- expect: 1	integer
-- expect: 2	integer
