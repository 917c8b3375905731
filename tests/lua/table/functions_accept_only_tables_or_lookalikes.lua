local proxy = setmetatable({}, {__index = {1, 2, 3}, __len = function() return 3 end, __newindex = function() end})
print(table.concat(proxy, ","), table.unpack(proxy)) -- expect: 1,2,3	1	2	3
print(pcall(table.insert, "str", 1)) -- expect: false	bad argument #1 to 'table.insert' (table expected, got string)
print(pcall(table.remove, print)) -- expect: false	bad argument #1 to 'table.remove' (table expected, got function)
print(pcall(table.concat, nil)) -- expect: false	bad argument #1 to 'table.concat' (table expected, got nil)
print(pcall(table.sort, nil)) -- expect: false	bad argument #1 to 'table.sort' (table expected, got nil)
print(pcall(table.move, 1, 1, 1, 1)) -- expect: false	bad argument #1 to 'table.move' (table expected, got number)
local badlen = setmetatable({}, {__len = function() return "x" end})
print(pcall(table.insert, badlen, 1)) -- expect: false	object length is not an integer
print(pcall(table.unpack, badlen)) -- expect: false	object length is not an integer
local floatlen = setmetatable({}, {__len = function() return 2.0 end})
table.insert(floatlen, "v") print(floatlen[3]) -- expect: v
print(pcall(table.insert, setmetatable({}, {__len = function() return 2.5 end}), 1)) -- expect: false	object length is not an integer
print(pcall(table.sort, setmetatable({}, {__len = function() return math.maxinteger end}))) -- expect: false	bad argument #1 to 'table.sort' (array too big)
