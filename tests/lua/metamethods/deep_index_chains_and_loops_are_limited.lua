local t = {}
for i = 1, 1000 do t = setmetatable({}, {__index = t}) end
print(t.x) -- expect: nil
local a, b = {}, {}
setmetatable(a, {__index = b}) setmetatable(b, {__index = a})
print(pcall(function() return a.x end)) -- expect: false	deep_index_chains_and_loops_are_limited.lua:6: '__index' chain too long; possible loop
setmetatable(a, {__newindex = b}) setmetatable(b, {__newindex = a})
print(pcall(function() a.x = 1 end)) -- expect: false	deep_index_chains_and_loops_are_limited.lua:8: '__newindex' chain too long; possible loop
local self = setmetatable({}, {})
getmetatable(self).__index = self
print(pcall(function() return self.x end)) -- expect: false	deep_index_chains_and_loops_are_limited.lua:11: '__index' chain too long; possible loop
