local log = {}
local function obj(name) return setmetatable({name = name}, {__gc = function(o) log[#log + 1] = o.name end}) end
do local a = obj "a" end
collectgarbage() collectgarbage()
print(table.concat(log, ",")) -- expect: a
local kept = obj "kept"
collectgarbage()
print(table.concat(log, ",")) -- expect: a
kept = nil
collectgarbage() collectgarbage()
print(table.concat(log, ",")) -- expect: a,kept
