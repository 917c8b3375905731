print(debug.getmetatable("").__index == string, debug.getmetatable(5), debug.getmetatable({})) -- expect: true	nil	nil
local t = {}
local mt = {__metatable = "hidden", __tostring = function() return "T" end}
print(debug.setmetatable(t, mt) == t, getmetatable(t), debug.getmetatable(t) == mt, tostring(t)) -- expect: true	hidden	true	T
print(debug.setmetatable(t, nil) == t, debug.getmetatable(t)) -- expect: true	nil
print(pcall(debug.setmetatable, t, 5)) -- expect: false	bad argument #2 to 'debug.setmetatable' (nil or table expected, got number)
print(type(debug.getregistry()), debug.getregistry()[2] == _G) -- expect: table	true
print(debug.getuservalue(5), debug.getuservalue(io.stdout, 1)) -- expect: nil	nil
print(debug.getuservalue({}, 1)) -- expect: nil
print(pcall(debug.setuservalue, {}, 1)) -- expect: false	bad argument #1 to 'debug.setuservalue' (userdata expected, got table)
print(debug.setuservalue(io.stdout, 1, 5)) -- expect: nil
