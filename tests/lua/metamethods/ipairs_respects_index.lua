local t = setmetatable({1, 2}, {__index = function(_, i) if i <= 4 then return i * 10 end end})
for i, v in ipairs(t) do print(i, v) end -- expect: 1	1
-- expect: 2	2
-- expect: 3	30
-- expect: 4	40
local n = 0
for _ in ipairs(setmetatable({}, {__index = {"a", "b", "c"}})) do n = n + 1 end
print(n) -- expect: 3
for i in ipairs {1, nil, 3} do print("stops", i) end -- expect: stops	1
print(pcall(ipairs)) -- expect: false	bad argument #1 to 'ipairs' (value expected)
print(select("#", ipairs(nil)), pcall(function() for k in ipairs(nil) do end end)) -- expect: 3	false	attempt to index a nil value
print(pcall(function() for _ in ipairs(5) do end end)) -- expect: false	attempt to index a number value
