local t = {"a", "b", "c", "d"}
print(table.remove(t), table.remove(t, 1), table.concat(t, ",")) -- expect: d	a	b,c
print(table.remove(t, 3), #t) -- expect: nil	2
print(table.remove(t, 2), table.remove(t), table.remove(t), #t) -- expect: c	b	nil	0
print(table.remove({}), table.remove({}, 0), select("#", table.remove({}))) -- expect: nil	nil	1
print(pcall(table.remove, {1, 2, 3}, 5)) -- expect: false	bad argument #1 to 'table.remove' (position out of bounds)
print(pcall(table.remove, {1, 2, 3}, 0)) -- expect: false	bad argument #1 to 'table.remove' (position out of bounds)
print(pcall(table.remove, {1, 2, 3}, -1)) -- expect: false	bad argument #1 to 'table.remove' (position out of bounds)
print(table.remove({[0] = "zero"}, 0)) -- expect: zero
local u = {1, 2, 3, n = 3}
print(table.remove(u, 4), u[4]) -- expect: nil	nil
print(pcall(table.remove, 5)) -- expect: false	bad argument #1 to 'table.remove' (table expected, got number)
