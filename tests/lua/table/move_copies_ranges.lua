local function show(t, n) local r = {} for i = 1, n do r[i] = tostring(t[i]) end return table.concat(r, " ") end
print(show(table.move({1, 2, 3}, 1, 3, 2), 5)) -- expect: 1 1 2 3 nil
print(show(table.move({1, 2, 3, 4, 5}, 2, 5, 1), 5)) -- expect: 2 3 4 5 5
print(show(table.move({1, 2, 3}, 1, 3, 1, {}), 3), show(table.move({1, 2, 3}, 2, 1, 5), 5)) -- expect: 1 2 3	1 2 3 nil nil
print(show(table.move({1, 2, 3}, 1, 3, 3), 5)) -- expect: 1 2 1 2 3
local dst = {"a", "b"}
print(table.move({10, 20}, 1, 2, 3, dst) == dst, show(dst, 4)) -- expect: true	a b 10 20
print(pcall(table.move, {}, 1, math.maxinteger, 2)) -- expect: false	bad argument #4 to 'table.move' (destination wrap around)
print(pcall(table.move, {}, math.mininteger, 1, 2)) -- expect: false	bad argument #3 to 'table.move' (too many elements to move)
print(pcall(table.move, {}, 1, 2)) -- expect: false	bad argument #4 to 'table.move' (number expected, got no value)
print(pcall(table.move, {}, 1, 2, 3, 5)) -- expect: false	bad argument #5 to 'table.move' (table expected, got number)
local t = table.move({[-2] = "x", [-1] = "y", [0] = "z"}, -2, 0, 1)
print(t[1], t[2], t[3]) -- expect: x	y	z
