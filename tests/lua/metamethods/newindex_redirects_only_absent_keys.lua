local store, log = {}, {}
local t = setmetatable({old = 1}, {__newindex = function(self, k, v) log[#log + 1] = k rawset(self, k, v) end})
t.new, t.old, t.new = 1, 2, 3
print(t.new, t.old, table.concat(log, ",")) -- expect: 1	2	new
t.old = nil
t.old = 5
print(table.concat(log, ",")) -- expect: new,old
local r = setmetatable({}, {__newindex = store})
r.a = "stored"
print(rawget(r, "a"), store.a, r.a) -- expect: nil	stored	nil
local chain = setmetatable({}, {__newindex = r})
chain.b = "deep"
print(rawget(chain, "b"), rawget(r, "b"), store.b) -- expect: nil	nil	deep
local drop = setmetatable({}, {__newindex = function() end})
drop.x = 1
print(drop.x, next(drop)) -- expect: nil	nil
print(pcall(function() setmetatable({}, {__newindex = 5}).x = 1 end)) -- expect: false	newindex_redirects_only_absent_keys.lua:17: attempt to index a number value
print(rawset(drop, "x", 2) == drop, drop.x) -- expect: true	2
