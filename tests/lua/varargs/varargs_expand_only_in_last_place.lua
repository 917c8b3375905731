local function f(...) return ..., "after" end
print(f(1, 2, 3)) -- expect: 1	after
print((f(1, 2, 3))) -- expect: 1
local function g(...) return {..., ...} end
print(#g(1, 2, 3)) -- expect: 4
local function h(...) return (...) end
print(h(1, 2, 3), h()) -- expect: 1	nil
local function s(...) return ... + 1, -..., not ..., #{...}, ... == 5 end
print(s(5, 6)) -- expect: 6	-5	false	2	true
local function k(...) local a, b, c = ..., "x" return a, b, c end
print(k(1, 2)) -- expect: 1	x	nil
local function m(...) for _, v in ipairs {...} do io.write(v, " ") end print() end -- expect: 3 1 2
m(3, 1, 2)
