local max, min = math.maxinteger, math.mininteger
local n = 0
for i = max - 2, max do n = n + 1 end
print(n) -- expect: 3
n = 0
for i = min + 2, min, -1 do n = n + 1 end
print(n) -- expect: 3
for i = max - 5, max, 4 do print(i) end -- expect: 9223372036854775802
-- expect: 9223372036854775806
for i = min, max, max do print(i) end -- expect: -9223372036854775808
-- expect: -1
-- expect: 9223372036854775806
for i = max, min, min do print(i) end -- expect: 9223372036854775807
-- expect: -1
for i = 1, 3, max do print(i) end -- expect: 1
for i = -1, -3, min do print(i) end -- expect: -1
