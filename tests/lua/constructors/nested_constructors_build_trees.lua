local t = {a = {b = {c = {1, 2, {3}}}}, {{}, {{}}}}
print(t.a.b.c[3][1], #t[1], #t[1][2], t.a.b.c[2]) -- expect: 3	2	1	2
local fs = {function() return "f1" end, f = function(x) return x * 2 end}
print(fs[1](), fs.f(4)) -- expect: f1	8
local self = {}
self.me = self
print(self.me.me.me == self) -- expect: true
local i = 0
local function n() i = i + 1 return i end
local o = {n(), n(), k = n(), n(), [n()] = n()}
print(o[1], o[2], o.k, o[3], o[5]) -- expect: 1	2	3	4	6
