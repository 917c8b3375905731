f = "global f"
local f = function() return f end
print(f()) -- expect: global f
local function g() return g end
print(g() == g) -- expect: true
local a <const> = 5
local a = a * 2
print(a) -- expect: 10
