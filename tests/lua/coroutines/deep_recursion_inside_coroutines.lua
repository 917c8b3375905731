local function depth(n) if n == 0 then return coroutine.yield("bottom") end return 1 + depth(n - 1) end
local co = coroutine.create(depth)
print(coroutine.resume(co, 5000)) -- expect: true	bottom
print(coroutine.resume(co, 0)) -- expect: true	5000
local over = coroutine.create(function() local function f() return 1 + f() end return f() end)
local ok, message = coroutine.resume(over)
print(ok, (message:match("stack overflow"))) -- expect: false	stack overflow
print(coroutine.status(over)) -- expect: dead
local list = {}
for i = 1, 1000 do list[i] = coroutine.wrap(function() local x = i while true do x = x + coroutine.yield(x) end end) list[i]() end
local sum = 0
for i = 1, 1000 do sum = sum + list[i](i) end
print(sum) -- expect: 1001000
