local function f(...) return ... end
print(f(), (f()), f(1, nil, 3)) -- expect: nil	nil	1	nil	3
print(select("#", f()), select("#", f(nil)), select("#", f(nil, nil))) -- expect: 0	1	2
local function g(a, ...) local b, c = ... return a, b, c, select("#", ...) end
print(g(1)) print(g(1, 2)) print(g(1, 2, 3, 4)) -- expect: 1	nil	nil	0
-- expect: 1	2	nil	1
-- expect: 1	2	3	3
local function h(...) local t = {n = select("#", ...), ...} return t.n, #t end
print(h(1, 2, 3)) -- expect: 3	3
print(load("return ...")(1, 2)) -- expect: 1	2
print(load("function f() return ... end")) -- expect: nil	[string "function f() return ... end"]:1: cannot use '...' outside a vararg function near '...'
print(load("local x = function() return function() return ... end end")) -- expect: nil	[string "local x = function() return function() return..."]:1: cannot use '...' outside a vararg function near '...'
