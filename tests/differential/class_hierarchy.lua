-- Classes, multiple inheritance by search, operators, properties.
local function class(name, ...)
  local parents = {...}
  local c = {__name = name, parents = parents}
  c.__index = function(self, k)
    local v = rawget(c, k)
    if v ~= nil then return v end
    for _, p in ipairs(parents) do
      v = p.lookup(k)
      if v ~= nil then return v end
    end
    local getter = c.lookup("get_" .. tostring(k))
    if getter then return getter(self) end
  end
  function c.lookup(k)
    local v = rawget(c, k)
    if v ~= nil then return v end
    for _, p in ipairs(parents) do
      v = p.lookup(k)
      if v ~= nil then return v end
    end
  end
  for _, event in ipairs {"__add", "__eq", "__lt", "__le", "__tostring", "__call", "__len", "__concat", "__unm"} do
    for _, p in ipairs(parents) do c[event] = c[event] or p[event] end
  end
  return setmetatable(c, {__call = function(cls, ...)
    local o = setmetatable({}, cls)
    local init = cls.lookup "init"
    if init then init(o, ...) end
    return o
  end, __tostring = function() return "class " .. name end})
end

local Named = class "Named"
function Named:init(n) self.name = n end
function Named:hello() return "I am " .. self.name end
function Named:get_upper() return self.name:upper() end
Named.__tostring = function(o) return "<" .. o.name .. ">" end
Named.__concat = function(a, b) return tostring(a) .. tostring(b) end

local Counter = class "Counter"
function Counter:init(n) self.n = n or 0 end
function Counter:inc(k) self.n = self.n + (k or 1) return self end
Counter.__add = function(a, b)
  local x = type(a) == "number" and a or a.n
  local y = type(b) == "number" and b or b.n
  return Counter(x + y)
end
Counter.__eq = function(a, b) return a.n == b.n end
Counter.__lt = function(a, b) return a.n < b.n end
Counter.__le = function(a, b) return a.n <= b.n end
Counter.__len = function(a) return a.n end
Counter.__call = function(self, x) return self.n * x end
Counter.__unm = function(self) return Counter(-self.n) end

local Both = class("Both", Named, Counter)
function Both:init(name, n)
  Named.init(self, name)
  Counter.init(self, n)
end
function Both:hello() return Named.hello(self) .. " with " .. self.n end

print(Named, Counter, Both)
local a, b = Named "ann", Counter(3)
print(a:hello(), a.upper, tostring(a), a .. "!", "x" .. a)
print(b:inc():inc(5).n, #b, b(10), (b + 1).n, (1 + b).n, (b + b).n, (-b).n)
print(b == Counter(9), b < Counter(10), b <= Counter(9), b > Counter(1), b ~= Counter(9))
local c = Both("carl", 7)
print(c:hello(), c:inc().n, c.upper, #c, c(2), tostring(c), c .. c)
print(c < Both("d", 100), c == Both("other", 8), rawequal(c, c))
print(a.nothing, pcall(function() return a:nothing() end))
print(pcall(function() return a + 1 end))
print(pcall(function() return a < b end))
print(getmetatable(c) == Both, Both.parents[1] == Named, c.lookup("inc") == Counter.inc)
local objs = {}
for i, n in ipairs {5, 3, 9, 1} do objs[i] = Counter(n) end
table.sort(objs)
for _, o in ipairs(objs) do io.write(o.n, " ") end
print()
table.sort(objs, function(x, y) return x > y end)
for _, o in ipairs(objs) do io.write(o.n, " ") end
print()
