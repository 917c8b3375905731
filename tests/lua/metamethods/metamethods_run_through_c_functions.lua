local t = setmetatable({}, {__index = function(_, i) if i <= 3 then return "v" .. i end end, __len = function() return 3 end})
print(table.concat(t, ","), table.unpack(t)) -- expect: v1,v2,v3	v1	v2	v3
local log = {}
local w = setmetatable({}, {__newindex = function(self, k, v) log[#log + 1] = k .. "=" .. v rawset(self, k, v) end})
table.insert(w, "a") table.insert(w, "b") table.insert(w, 1, "c")
print(table.concat(log, " "), w[1], w[2], w[3]) -- expect: 1=a 2=b 3=b	c	a	b
print(pcall(next, setmetatable({}, {__index = {1}}))) -- expect: true	nil
print(string.rep("x", 3, setmetatable({}, {}) and ",")) -- expect: x,x,x
