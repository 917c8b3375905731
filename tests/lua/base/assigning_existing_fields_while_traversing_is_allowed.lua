local t = {}
for i = 1, 100 do t["k" .. i] = i end
local n = 0
for k, v in pairs(t) do
  t[k] = nil
  n = n + 1
end
print(n, next(t)) -- expect: 100	nil
for i = 1, 50 do t[i] = i end
for i, v in ipairs(t) do t[i] = v * 2 end
print(t[1], t[50]) -- expect: 2	100
local sum = 0
for k, v in pairs(t) do t[k] = v + 1 sum = sum + t[k] end
print(sum) -- expect: 2600
for k in pairs(t) do if k % 2 == 0 then t[k] = nil end end
local left = 0
for _ in pairs(t) do left = left + 1 end
print(left) -- expect: 25
