local log = {}
local src = setmetatable({}, {__index = function(_, k) log[#log + 1] = "get" .. k return k * 10 end})
local dst = setmetatable({}, {__newindex = function(t, k, v) log[#log + 1] = "set" .. k rawset(t, k, v) end})
table.move(src, 1, 3, 5, dst)
print(table.concat(log, " "), dst[5], dst[7]) -- expect: get1 set5 get2 set6 get3 set7	10	30
log = {}
local both = setmetatable({}, {__index = function(_, k) log[#log + 1] = "g" .. k return k end, __newindex = function(_, k, v) log[#log + 1] = "s" .. k .. "=" .. v end})
table.move(both, 1, 3, 2)
print(table.concat(log, " ")) -- expect: g3 s4=3 g2 s3=2 g1 s2=1
log = {}
table.move(both, 2, 4, 1)
print(table.concat(log, " ")) -- expect: g2 s1=2 g3 s2=3 g4 s3=4
