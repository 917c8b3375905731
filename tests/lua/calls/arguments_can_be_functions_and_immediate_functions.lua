print((function(a, b) return a + b end)(3, 4)) -- expect: 7
print((function(...) return select("#", ...) end)(nil, nil)) -- expect: 2
local function apply(f, ...) return f(...) end
print(apply(math.max, 3, 9, 2), apply(apply, apply, string.rep, "ab", 2)) -- expect: 9	abab
local function compose(f, g) return function(...) return f(g(...)) end end
print(compose(tostring, math.abs)(-5), compose(string.upper, string.rep)("a", 3)) -- expect: 5	AAA
local t = {f = function() return function() return "inner" end end}
print(t.f()()) -- expect: inner
print(({10, 20})[2], ({x = {y = 1}}).x.y, ("abc"):sub(2)) -- expect: 20	1	bc
