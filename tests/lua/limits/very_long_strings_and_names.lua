local name = ("n"):rep(5000)
print(#load("local " .. name .. " = 'v' return " .. name)(), load(name .. " = 1 return " .. name)()) -- expect: 1	1
local s = ("x"):rep(100000)
print(#load("return '" .. s .. "'")(), #load("return [[" .. s .. "]]")()) -- expect: 100000	100000
print(load("return '" .. s .. "' == ('x'):rep(100000)")()) -- expect: true
print(pcall(string.rep, "x", 1 << 40, "yy") == false) -- expect: true
print(pcall(string.rep, "xx", math.maxinteger)) -- expect: false	resulting string too large
print(#("ab"):rep(100000, ",")) -- expect: 299999
print(load(("\n"):rep(10000) .. "x = =", "=c")) -- expect: nil	c:10001: unexpected symbol near '='
local line = select(2, pcall(load(("\n"):rep(70000) .. "error('far')", "=c")))
print(line) -- expect: c:70001: far
