local t = setmetatable({1, 2, 3}, {__len = function(self) return rawlen(self) * 10 end})
print(#t, rawlen(t)) -- expect: 30	3
local odd = setmetatable({}, {__len = function() return "not a number" end})
print(#odd) -- expect: not a number
local multi = setmetatable({}, {__len = function() return 1, 2, 3 end})
print(#multi, select("#", #multi)) -- expect: 1	1
local none = setmetatable({}, {__len = function() end})
print(#none) -- expect: nil
print(rawlen("abc"), pcall(rawlen, 5)) -- expect: 3	false	bad argument #1 to 'rawlen' (table or string expected, got number)
print(pcall(rawlen, nil)) -- expect: false	bad argument #1 to 'rawlen' (table or string expected, got nil)
