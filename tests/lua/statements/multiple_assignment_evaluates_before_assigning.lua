local i, a = 3, {}
i, a[i] = i + 1, 20
print(i, a[3], a[4]) -- expect: 4	20	nil
local x, y, z = 1, 2, 3
x, y, z = y, z, x
print(x, y, z) -- expect: 2	3	1
local t = {1, 2}
t[1], t[2] = t[2], t[1]
print(t[1], t[2]) -- expect: 2	1
local p = {v = 1}
local q = p
p.v, p = 2, {v = 9}
print(q.v, p.v) -- expect: 2	9
