local base = {x = 1, y = 2}
local t = setmetatable({y = 20}, {__index = base})
print(t.x, t.y, t.z, rawget(t, "x")) -- expect: 1	20	nil	nil
local f = setmetatable({}, {__index = function(self, k) return k .. "!", "dropped" end})
print(f.hello, f[1], (f.x)) -- expect: hello!	1!	x!
local chain = setmetatable({}, {__index = setmetatable({a = "A"}, {__index = setmetatable({b = "B"}, {__index = f})})})
print(chain.a, chain.b, chain.c) -- expect: A	B	c!
base.z = 3
print(t.z) -- expect: 3
print(setmetatable({}, {__index = "abc"}).len == string.len, setmetatable({}, {__index = string}).format == string.format) -- expect: true	true
print(pcall(function() return setmetatable({}, {__index = 5}).x end)) -- expect: false	index_can_be_a_table_or_a_function.lua:11: attempt to index a number value
print(pcall(function() local v = setmetatable({}, {__index = true}) return v[1] end)) -- expect: false	index_can_be_a_table_or_a_function.lua:12: attempt to index a boolean value
