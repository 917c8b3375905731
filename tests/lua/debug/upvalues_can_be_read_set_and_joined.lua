local a, b = 1, 2
local function f() return a, b end
local function g() return b end
print(debug.getupvalue(f, 1)) print(debug.getupvalue(f, 2)) print(debug.getupvalue(f, 3)) -- expect: a	1
-- expect: b	2
-- expect:
print(debug.setupvalue(f, 1, "new a"), a, f()) -- expect: a	new a	new a	2
print(debug.upvalueid(f, 2) == debug.upvalueid(g, 1), debug.upvalueid(f, 1) == debug.upvalueid(g, 1)) -- expect: true	false
debug.upvaluejoin(g, 1, f, 1)
print(g()) -- expect: new a
print(pcall(debug.upvalueid, f, 10)) -- expect: true	nil
print(pcall(debug.upvaluejoin, f, 10, g, 1)) -- expect: false	bad argument #2 to 'debug.upvaluejoin' (invalid upvalue index)
print(debug.getupvalue(print, 1), debug.setupvalue(f, 5, 1)) -- expect: nil
print(pcall(debug.getupvalue, 5, 1)) -- expect: false	bad argument #1 to 'debug.getupvalue' (function expected, got number)
local main = load("return x")
print(debug.setupvalue(main, 1, {x = "env"}), main()) -- expect: _ENV	env
