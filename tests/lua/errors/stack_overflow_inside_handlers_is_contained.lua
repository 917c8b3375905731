local function loop() return 1 + loop() end
local ok, msg = xpcall(loop, function(m) return "handled " .. tostring(m):match("stack overflow") end)
print(ok, msg) -- expect: false	handled stack overflow
print(select(2, pcall(loop)):match("^[^:]+:%d+: stack overflow")) -- expect: stack_overflow_inside_handlers_is_contained.lua:1: stack overflow
local ok2, msg2 = xpcall(loop, function(m) return loop() end)
print(ok2, type(msg2)) -- expect: false	string
print(pcall(string.rep, "x", -1)) -- expect: true
local t = setmetatable({}, {__tostring = function(s) return tostring(s) end})
local ok3, msg3 = pcall(tostring, t)
print(ok3, msg3:find("overflow") ~= nil) -- expect: false	true
