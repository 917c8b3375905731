local y = "a"
local function sety() y = "b" return "c" end
print(y .. sety() .. y) -- expect: acb
local a, b = 1, 2
a, b = b, a
print(a, b) -- expect: 2	1
