local t = table.pack(1, nil, 3, nil)
print(t.n, t[1], t[2], t[3], t[4]) -- expect: 4	1	nil	3	nil
print(table.unpack(t, 1, t.n)) -- expect: 1	nil	3	nil
print(table.unpack({1, 2, 3})) -- expect: 1	2	3
print(table.unpack({1, 2, 3}, 2)) print(table.unpack({1, 2, 3}, 2, 3)) -- expect: 2	3
-- expect: 2	3
print(table.unpack({1, 2}, 0, 3)) print(table.unpack({}, 5, 4)) print(table.unpack({[-1] = "x"}, -1, -1)) -- expect: nil	1	2	nil
-- expect:
-- expect: x
print(table.pack().n, table.unpack({}), select("#", table.unpack({}, 1, 2))) -- expect: 0	nil	2
print(table.unpack({1, 2, 3}, math.maxinteger)) print(table.unpack({1, 2}, math.maxinteger, math.mininteger)) -- expect:
-- expect:
print(pcall(table.unpack, {}, math.mininteger, math.maxinteger)) -- expect: false	too many results to unpack
print(pcall(table.unpack, nil)) -- expect: false	attempt to get length of a nil value
local p = setmetatable({}, {__index = function(_, i) return i * i end})
print(table.unpack(p, 1, 4)) -- expect: 1	4	9	16
