-- Weak tables, ephemerons, finalizers and resurrection, all forced.
local function count(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
local function full() collectgarbage() collectgarbage() end
local cache = setmetatable({}, {__mode = "v"})
local made = 0
local function get(k)
  local v = cache[k]
  if not v then made = made + 1 v = {key = k} cache[k] = v end
  return v
end
local keep = {}
for i = 1, 20 do keep[i] = get(i % 5) end
print(made, count(cache))
keep = {get(1)}
full()
print(made, count(cache), get(1) == keep[1], made)
get(2)
full()
print(made, count(cache))
local ids = setmetatable({}, {__mode = "k"})
local objs = {}
for i = 1, 10 do objs[i] = {} ids[objs[i]] = "id" .. i end
for i = 1, 10, 2 do objs[i] = nil end
full()
local names = {}
for o, id in pairs(ids) do names[#names + 1] = id end
table.sort(names)
print(table.concat(names, " "))
local chain = setmetatable({}, {__mode = "k"})
local head = {}
local k = head
for i = 1, 50 do local n = {} chain[k] = n k = n end
k = nil
full()
local len, node = 0, head
while chain[node] do node = chain[node] len = len + 1 end
print(len, count(chain))
node, head = nil, nil
full()
print(count(chain))
local log = {}
local function fin(name) return setmetatable({name = name}, {__gc = function(o) log[#log + 1] = o.name end}) end
do
  local a, b, c = fin "a", fin "b", fin "c"
  a.ref, b.ref, c.ref = b, c, a
end
full()
print(table.concat(log, " "))
log = {}
local weak_to_fin = setmetatable({}, {__mode = "v"})
local key_to_fin = setmetatable({}, {__mode = "k"})
do
  local o = setmetatable({}, {__gc = function(o) log[#log + 1] = tostring(weak_to_fin[1]) .. "/" .. tostring(key_to_fin[o]) end})
  weak_to_fin[1] = o
  key_to_fin[o] = "still here"
end
full()
print(table.concat(log, " "), weak_to_fin[1], count(key_to_fin))
local zombie
do local z = setmetatable({n = 0}, {__gc = function(o) o.n = o.n + 1 zombie = o end}) end
full()
print(zombie.n)
setmetatable(zombie, getmetatable(zombie))
zombie = nil
full()
print(zombie and zombie.n)
log = {}
for i = 1, 5 do setmetatable({}, {__gc = function() log[#log + 1] = i end}) end
full()
print(table.concat(log, " "))
do setmetatable({}, {__gc = function() error("ignored error") end}) end
full()
print("survived")
local created = 0
local function breeding(n) setmetatable({}, {__gc = function() created = created + 1 if n > 0 then breeding(n - 1) end end}) end
breeding(5)
for i = 1, 10 do full() end
print(created)
local co_log = {}
do
  local co = coroutine.create(function()
    local g <close> = setmetatable({}, {__close = function() co_log[#co_log + 1] = "closed" end})
    local f = setmetatable({}, {__gc = function() co_log[#co_log + 1] = "finalized" end})
    coroutine.yield()
  end)
  coroutine.resume(co)
end
full()
print(table.concat(co_log, " "))
collectgarbage("generational")
local old = {}
for i = 1, 1000 do old[i] = {i} end
full()
for r = 1, 20 do
  for i = 1, 1000, 7 do old[i] = {i, {r}} end
  for i = 1, 2000 do local junk = {i, tostring(i)} end
end
full()
local sum = 0
for i = 1, 1000 do sum = sum + old[i][1] + (old[i][2] and old[i][2][1] or 0) end
print(sum, collectgarbage("incremental"))
collectgarbage("stop")
print(collectgarbage("isrunning"))
for i = 1, 1000 do local x = {} end
collectgarbage("restart")
local steps = 0
repeat steps = steps + 1 until collectgarbage("step", 100) or steps > 100000
print(collectgarbage("isrunning"), steps > 0, collectgarbage("count") > 0)
local strings = {}
for i = 1, 2000 do strings[i] = ("s"):rep(i % 60) .. i end
full()
local ok = true
for i = 1, 2000 do ok = ok and strings[i] == ("s"):rep(i % 60) .. i end
print(ok)
exit_object = setmetatable({}, {__gc = function() print("finalized at exit") end})
