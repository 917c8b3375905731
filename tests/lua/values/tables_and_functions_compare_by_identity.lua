local a, b = {}, {}
print(a == b, a == a, a ~= b) -- expect: false	true	true
local c = a
c.x = 5
print(a.x, b.x) -- expect: 5	nil
local f = function() end
print(f == f, f == function() end) -- expect: true	false
print(print == print, print == type) -- expect: true	false
local t = {[a] = "a", [b] = "b", [f] = "f"}
print(t[a], t[b], t[f], t[{}]) -- expect: a	b	f	nil
