local up = 10
local function f() up = (up or 0) + 1 return up end
local g = load(string.dump(f), "g", "b")
print(pcall(g)) -- expect: false	dumped_upvalues_are_fresh.lua:2: attempt to perform arithmetic on a table value
print(up) -- expect: 10
local function useglobal() return type(print) end
print(pcall(load(string.dump(useglobal)))) -- expect: true	function
local a, b = 1, 2
local function two() return a, b end
local h = load(string.dump(two), "h", "b", "first")
print(h()) -- expect: first	nil
debug.setupvalue(h, 2, "second")
print(h()) -- expect: first	second
