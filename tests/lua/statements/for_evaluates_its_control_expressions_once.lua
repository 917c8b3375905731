local calls = 0
local function limit() calls = calls + 1 return 3 end
local n = 0
for i = (function() print("start") return 1 end)(), limit(), 1 do -- expect: start
  n = n + i
end
print(n, calls) -- expect: 6	1
local stop = 3
for i = 1, stop do stop = 10 n = i end
print(n) -- expect: 3
