local t = {10, 20, 30, x = "x"}
local keys = {}
for k, v in pairs(t) do keys[#keys + 1] = tostring(k) .. "=" .. tostring(v) end
print(table.concat(keys, " ")) -- expect: 1=10 2=20 3=30 x=x
local list = {}
for i = 1, 20 do list[i] = i end
local order = {}
for k in pairs(list) do order[#order + 1] = k end
print(table.concat(order, " ")) -- expect: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20
for k, v in pairs({}) do print("never") end
for k, v in pairs({nil, 2}) do print(k, v) end -- expect: 2	2
