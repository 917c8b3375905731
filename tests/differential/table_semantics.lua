-- Tables growing, shrinking, borders, holes, mixed keys, traversal.
local function count(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
local t = {}
for i = 1, 1000 do t[i] = i end
print(#t, count(t))
for i = 1000, 501, -1 do t[i] = nil end
print(#t, count(t))
for i = 2, 500, 2 do t[i] = nil end
print(count(t), t[1], t[2], t[499], t[500])
local s = 0
for k, v in pairs(t) do s = s + k * v end
print(s)
local sparse = {}
for i = 0, 20 do sparse[1 << i] = i end
print(count(sparse), sparse[1], sparse[1024], sparse[1 << 20], sparse[3])
local neg = {}
for i = -50, 50 do neg[i] = i * i end
print(count(neg), #neg, neg[-50], neg[0], neg[50])
local f = {}
for i = 1, 20 do f[i / 2] = i end
print(count(f), f[1], f[1.5], f[10], f[0.5], #f >= 0)
local mixed = {1, 2, 3, a = "a", b = "b", [4] = 4, [5.0] = 5, [-1] = -1, [true] = "t"}
print(count(mixed), #mixed, mixed[5], mixed[true])
local order = {}
for i, v in ipairs(mixed) do order[#order + 1] = i .. "=" .. v end
print(table.concat(order, " "))
-- fields come and go
local obj = {}
for i = 1, 100 do obj["field" .. i] = i end
for i = 1, 100, 3 do obj["field" .. i] = nil end
for i = 101, 150 do obj["field" .. i] = i end
local sum = 0
for k, v in pairs(obj) do sum = sum + v assert(k == "field" .. v) end
print(count(obj), sum)
-- clearing while traversing
for k in pairs(obj) do obj[k] = nil end
print(next(obj), count(obj))
for i = 1, 10 do obj[i] = i end
for k, v in pairs(obj) do if v % 2 == 0 then obj[k] = nil else obj[k] = v * 10 end end
local left = {}
for i = 1, 10 do left[i] = tostring(obj[i]) end
print(table.concat(left, " "))
-- same keys in different order, one shape or not
local function point(x, y) return {x = x, y = y} end
local function point2(y, x) local p = {} p.y = y p.x = x return p end
local total = 0
for i = 1, 100 do
  local p = i % 2 == 0 and point(i, -i) or point2(i, -i)
  if i % 5 == 0 then p.z = 1 end
  if i % 7 == 0 then p.x = nil end
  total = total + (p.x or 1000) - p.y + (p.z or 0)
end
print(total)
-- string, integer and float keys that look alike
local k = {}
k["1"], k[1], k[1.5], k["1.5"], k[2^53], k["9007199254740992"] = "s1", "i1", "f1.5", "s1.5", "big", "sbig"
print(k["1"], k[1], k[1.0], k[1.5], k["1.5"], k[9007199254740992], k["9007199254740992"], k[2^53 | 0])
-- table.insert and remove as deque
local d = {}
for i = 1, 10 do table.insert(d, 1, i) end
print(table.concat(d, " "))
for i = 1, 5 do table.remove(d, 1) table.remove(d) end
print(#d, table.remove(d))
for i = 1, 300 do d[#d + 1] = i end
local rm = 0
while #d > 0 do rm = rm + table.remove(d, #d // 2 + 1) end
print(rm)
-- nested default tables
local function auto() return setmetatable({}, {__index = function(t, key) local v = auto() rawset(t, key, v) return v end}) end
local a = auto()
a.b.c.d = 1
a.b.x[5] = "five"
print(a.b.c.d, a.b.x[5], rawget(a, "zz"), count(a.b))
-- multiple returns in constructors
local function three() return 1, 2, 3 end
print(#{three()}, #{three(), three()}, #{(three())}, #{three(), nil}, #{n = three()}, select("#", table.unpack {three(), three(), three()}))
-- next with explicit keys
local n = {10, 20, 30}
print(next(n), next(n, 1), next(n, 2), next(n, 3))
print(pcall(next, n, "absent"))
print(rawlen(n), rawequal(n, n), rawget(n, 4), rawset(n, 4, 40) == n, #n)
local big = {}
for i = 1, 70 do big[("k%02d"):format(i)] = i end
local names = {}
for name in pairs(big) do names[#names + 1] = name end
table.sort(names)
print(#names, names[1], names[35], names[70])
for i = 1, 5 do big[{}] = i big[function() end] = i end
print(count(big))
