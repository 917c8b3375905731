local d = string.dump(function() return 1 end)
print(load("\27", "=x"))
print(load(d:sub(1, #d - 1), "=x") == nil)
print(load("\27Luaxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "=x") == nil)
print(load(d .. "trailing", "=x") ~= nil)
local rejected = 0
for i = 1, #d - 1 do if not load(d:sub(1, i), "=x", "b") then rejected = rejected + 1 end end
print(rejected == #d - 1)
print(pcall(string.dump, print))
print(pcall(string.dump))
print(pcall(string.dump, 5))
-- expect: nil	x: bad binary format (truncated chunk)
-- expect: true
-- expect: true
-- expect: true
-- expect: true
-- expect: false	unable to dump given function
-- expect: false	bad argument #1 to 'string.dump' (function expected, got no value)
-- expect: false	bad argument #1 to 'string.dump' (function expected, got number)
