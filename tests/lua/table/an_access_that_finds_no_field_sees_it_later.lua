-- One access in a function, tables with and without the field in turn: a field
-- that is absent, appears, disappears, or comes from a metatable.
local function get(t) return t.left end
local function index(t, k) return t[k] end
local function put(t, k, v) t[k] = v end
local leaf, inner = { key = 1 }, { key = 2, left = "L" }
for _ = 1, 3 do print(get(leaf), get(inner), index(leaf, "left"), index(inner, "left")) end -- expect: nil	L	nil	L
-- expect: nil	L	nil	L
-- expect: nil	L	nil	L
leaf.left = "new"
print(get(leaf), index(leaf, "left")) -- expect: new	new
leaf.left = nil
print(get(leaf), index(leaf, "left")) -- expect: nil	nil
setmetatable(leaf, { __index = { left = "inherited" } })
print(get(leaf), index(leaf, "left")) -- expect: inherited	inherited
getmetatable(leaf).__index = function(_, k) return "computed " .. k end
print(get(leaf), index(leaf, "left")) -- expect: computed left	computed left
setmetatable(leaf, nil)
print(get(leaf), index(leaf, "left")) -- expect: nil	nil
local noted = setmetatable({ key = 3 }, {
  __newindex = function(t, k, v) rawset(t, k, v .. " noted") end,
})
for i = 1, 3 do
  put(inner, "left", i)
  put(noted, "left", i)
  put(noted, "key", i)
  print(get(inner), get(noted), noted.key) -- expect: 1	1 noted	1
  -- expect: 2	2	2
  -- expect: 3	3 noted	3
  if i == 2 then noted.left = nil end
end
local class = {}
class.__index = class
local object = setmetatable({}, class)
local function call(o) return o.method and o:method() end
for i = 1, 4 do
  put(class, "method", i % 2 == 0 and function() return i end or nil)
  print(call(object)) -- expect: nil
  -- expect: 2
  -- expect: nil
  -- expect: 4
end
put(class, "__index", function(_, k) return k == "left" and "late" or nil end)
print(get(object), call(object)) -- expect: late	nil
local words = {}
for i = 1, 200 do put(words, "w" .. i, i) end
for i = 1, 200 do put(words, "w" .. i, index(words, "w" .. i) + 1) end
local sum = 0
for i = 1, 200 do sum = sum + index(words, "w" .. i) end
print(sum, index(words, "w201"), #words, #"four", #("x"):rep(100)) -- expect: 20300	nil	0	4	100
for k, v in pairs({ 10, 20, nil, 40 }) do print(k, v) end -- expect: 1	10
-- expect: 2	20
-- expect: 4	40
local found = {}
for k, v in pairs({ [0] = "zero", "one" }) do found[v] = k end
print(found.zero, found.one) -- expect: 0	1
for k, v, extra in next, { 5 } do print(k, v, extra) end -- expect: 1	5	nil
