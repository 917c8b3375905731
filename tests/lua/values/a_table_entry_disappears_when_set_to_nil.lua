local t = {a = 1, b = 2, 10, 20}
t.a = nil
t[1] = nil
print(t.a, t[1], t.b, t[2]) -- expect: nil	nil	2	20
local n = 0
for k in pairs(t) do n = n + 1 end
print(n) -- expect: 2
t.b, t[2] = nil, nil
print(next(t)) -- expect: nil
