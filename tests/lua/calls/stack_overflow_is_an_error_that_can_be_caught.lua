local function f() return f() + 1 end
local ok, msg = pcall(f)
print(ok, type(msg), msg:match("^[^\n]-stack overflow")) -- expect: false	string	stack_overflow_is_an_error_that_can_be_caught.lua:1: stack overflow
local n = 0
local function g() n = n + 1 g() n = n - 1 end
print((pcall(g)), n > 1000) -- expect: false	true
local t = setmetatable({}, {})
getmetatable(t).__index = function(s, k) return s[k] end
local ok2, msg2 = pcall(function() return t.a end)
print(ok2, (msg2:find("overflow")) ~= nil) -- expect: false	true
print(pcall(function() return "still works" end)) -- expect: true	still works
