local t = setmetatable({}, {__index = function() return "mm" end, __newindex = function() end,
  __len = function() return 99 end, __eq = function() return true end})
print(t.x, rawget(t, "x"), #t, rawlen(t), t == setmetatable({}, getmetatable(t))) -- expect: mm	nil	99	0	true
t.x = 1
print(rawget(t, "x")) -- expect: nil
print(rawset(t, "x", 2) == t, rawget(t, "x")) -- expect: true	2
print(rawequal(t, t), rawequal(t, {}), rawequal("a", "a"), rawequal(1, 1.0), rawequal("1", 1)) -- expect: true	false	true	true	false
print(rawlen({1, 2}), rawlen("abc")) -- expect: 2	3
print(pcall(rawequal, 1)) print(pcall(rawlen)) print(pcall(rawget, {})) print(pcall(rawset, 1, 2, 3)) -- expect: false	bad argument #2 to 'rawequal' (value expected)
-- expect: false	bad argument #1 to 'rawlen' (table or string expected, got no value)
-- expect: false	bad argument #2 to 'rawget' (value expected)
-- expect: false	bad argument #1 to 'rawset' (table expected, got number)
