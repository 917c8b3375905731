local log = {}
local function leaf() return 1 end
local function tail() return leaf() end
local function f() leaf() tail() string.rep("x", 1) end
debug.sethook(function(e) local i = debug.getinfo(2, "nS") log[#log + 1] = e .. ":" .. tostring(i.name) .. "(" .. i.what .. ")" end, "cr")
f()
debug.sethook()
for _, l in ipairs(log) do print(l) end -- expect: return:sethook(C)
-- expect: call:f(Lua)
-- expect: call:leaf(Lua)
-- expect: return:leaf(Lua)
-- expect: call:tail(Lua)
-- expect: tail call:nil(Lua)
-- expect: return:nil(Lua)
-- expect: call:rep(C)
-- expect: return:rep(C)
-- expect: return:f(Lua)
-- expect: call:sethook(C)
