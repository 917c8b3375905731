collectgarbage()
local before = collectgarbage("count")
for i = 1, 50 do local t = {} for j = 1, 1000 do t[j] = {j} end end
collectgarbage()
print(collectgarbage("count") < before + 500) -- expect: true
local kept = {}
for i = 1, 10000 do kept[i] = {i} end
collectgarbage()
print(collectgarbage("count") > before + 100) -- expect: true
kept = nil
collectgarbage()
print(collectgarbage("count") < before + 500) -- expect: true
local s = 0
for i = 1, 100000 do local x = {i} s = s + x[1] end
print(s) -- expect: 5000050000
