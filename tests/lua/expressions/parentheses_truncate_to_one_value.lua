local function f() return 1, 2, 3 end
print((f())) -- expect: 1
print((f()), (f())) -- expect: 1	1
local t = {(f())}
print(#t) -- expect: 1
local function g(...) return (...) end
print(g(7, 8, 9), g()) -- expect: 7	nil
print(select("#", (f())), select("#", (g()))) -- expect: 1	1
