local t = setmetatable({}, {__metatable = "locked"})
print(getmetatable(t), pcall(setmetatable, t, {})) -- expect: locked	false	cannot change a protected metatable
print(getmetatable("x").__index == string, getmetatable("x").__name) -- expect: true	nil
local f = setmetatable({}, {__metatable = false})
print(getmetatable(f), pcall(setmetatable, f, nil)) -- expect: false	false	cannot change a protected metatable
print(getmetatable({}), getmetatable(1), getmetatable(nil), getmetatable(print)) -- expect: nil	nil	nil	nil
print(pcall(setmetatable, 1, {})) -- expect: false	bad argument #1 to 'setmetatable' (table expected, got number)
print(pcall(setmetatable, {}, 1)) -- expect: false	bad argument #2 to 'setmetatable' (nil or table expected, got number)
print(pcall(setmetatable, {})) -- expect: false	bad argument #2 to 'setmetatable' (nil or table expected, got no value)
print(pcall(getmetatable)) -- expect: false	bad argument #1 to 'getmetatable' (value expected)
local u = setmetatable({}, {})
print(getmetatable(setmetatable(u, nil))) -- expect: nil
