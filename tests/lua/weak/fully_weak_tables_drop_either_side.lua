local t = setmetatable({}, {__mode = "kv"})
local k, v = {}, {}
t[k], t[{}], t[v], t[1], t["x"] = v, v, {}, {}, v
collectgarbage()
local n = 0
for a, b in pairs(t) do n = n + 1 end
print(n, t[k] == v, t[v], t[1], t.x == v) -- expect: 2	true	nil	nil	true
local mode_late = {}
mode_late[1] = {}
setmetatable(mode_late, {__mode = "v"})
collectgarbage()
print(mode_late[1]) -- expect: nil
local strong_again = setmetatable({}, {__mode = "v"})
setmetatable(strong_again, {})
strong_again[1] = {}
collectgarbage()
print(type(strong_again[1])) -- expect: table
