print(next({}), next({10}), next({10}, 1)) -- expect: nil	1	nil
local t = {1, 2, 3, x = 1, y = 2}
local n, k = 0, nil
repeat k = next(t, k) if k ~= nil then n = n + 1 end until k == nil
print(n) -- expect: 5
print(pcall(next, {}, 1)) -- expect: false	invalid key to 'next'
print(pcall(next, {1, 2}, 3)) -- expect: false	invalid key to 'next'
print(pcall(next)) -- expect: false	bad argument #1 to 'next' (table expected, got no value)
print(pcall(next, 5)) -- expect: false	bad argument #1 to 'next' (table expected, got number)
print(next({}, nil)) -- expect: nil
for key in next, {a = 1} do print(key) end -- expect: a
print(pcall(next, {1,2}, 1.5)) -- expect: false	invalid key to 'next'
