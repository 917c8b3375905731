local calls = 0
local mt = {__eq = function(a, b) calls = calls + 1 return true end}
local a, b = setmetatable({}, mt), setmetatable({}, mt)
print(a == b, calls) -- expect: true	1
print(a == a, calls) -- expect: true	1
print(a == 1, a == "x", a == nil, calls) -- expect: false	false	false	1
print(a ~= b, calls) -- expect: false	2
print(rawequal(a, b), calls) -- expect: false	2
local c = setmetatable({}, {__eq = function() return nil end})
print(a == c, c == a, calls) -- expect: true	false	3
local d = setmetatable({}, {__eq = function() return 5 end})
print(d == {}, {} == d) -- expect: true	true
local t = {[a] = 1}
print(t[b], calls) -- expect: nil	3
