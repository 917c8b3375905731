local root = {}
local node = root
for i = 1, 5000 do node.next = {value = i} node = node.next if i % 500 == 0 then collectgarbage("step") end end
collectgarbage()
local n, sum = 0, 0
node = root.next
while node do n, sum, node = n + 1, sum + node.value, node.next end
print(n, sum) -- expect: 5000	12502500
local co = coroutine.wrap(function(x) local t = {x} while true do x = coroutine.yield(t[1]) t[1] = t[1] .. x end end)
co("a") collectgarbage() print(co("b")) collectgarbage() print(co("c")) -- expect: ab
-- expect: abc
local function closure() local t = {1, 2, 3} return function() return #t end end
local f = closure()
collectgarbage()
print(f()) -- expect: 3
local strs = {}
for i = 1, 1000 do strs[i] = "string number " .. i end
collectgarbage()
print(strs[1], strs[1000], strs["x"]) -- expect: string number 1	string number 1000	nil
