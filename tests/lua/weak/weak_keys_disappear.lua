local t = setmetatable({}, {__mode = "k"})
local key = {}
t[key], t[{}], t[{}] = "kept", "lost", "lost"
t["s"], t[1], t[true] = {}, {}, {}
collectgarbage()
local n = 0
for k, v in pairs(t) do n = n + 1 end
print(n, t[key], type(t.s), type(t[1]), type(t[true])) -- expect: 4	kept	table	table	table
key = nil
collectgarbage()
n = 0
for k in pairs(t) do n = n + 1 end
print(n) -- expect: 3
