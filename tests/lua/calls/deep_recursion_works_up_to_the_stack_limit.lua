local function depth(n) if n == 0 then return 0 end return 1 + depth(n - 1) end
print(depth(10000), depth(100000)) -- expect: 10000	100000
local function sum(t, i) if i > #t then return 0 end return t[i] + sum(t, i + 1) end
local t = {}
for i = 1, 1000 do t[i] = i end
print(sum(t, 1)) -- expect: 500500
local function infinite() return 1 + infinite() end
local ok, message = pcall(infinite)
print(ok, (message:gsub("\n.*", "")):match("stack overflow")) -- expect: false	stack overflow
print(depth(50000)) -- expect: 50000
