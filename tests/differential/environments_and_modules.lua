-- Sandboxes, _ENV tricks, modules from preload, strict globals.
local function sandbox(code, env)
  local f, err = load(code, "=sandbox", "t", env)
  if not f then return false, err end
  return pcall(f)
end
print(sandbox("return x", {x = 1}))
print(sandbox("y = 5; return y", {}))
print(sandbox("return print", {}))
print(sandbox("local a <const> = 5; return a + b", {b = 2}))
print(sandbox("return nope.x", {}))
print(sandbox("nope()", {}))
print(sandbox("return _ENV", {}) == true)
print(sandbox("syntax here", {}))
print(y)
local counts = {}
local spy = setmetatable({}, {
  __index = function(_, k) counts[k] = (counts[k] or 0) + 1 return _G[k] end,
  __newindex = function(t, k, v) counts["set " .. k] = (counts["set " .. k] or 0) + 1 rawset(t, k, v) end,
})
print(sandbox([[
  a = 1
  a = 2
  b = tostring(a) .. tostring(nil)
  for i = 1, 3 do c = math.max(i, 2) end
  local function f() return a + c end
  return f(), b
]], spy))
local names = {}
for k in pairs(counts) do names[#names + 1] = k end
table.sort(names)
for _, k in ipairs(names) do io.write(k, "=", counts[k], " ") end
print()
-- strict globals
local strict = setmetatable({print = print, pcall = pcall}, {
  __index = function(_, k) error("undeclared variable '" .. k .. "'", 2) end,
  __newindex = function(_, k) error("assignment to undeclared '" .. k .. "'", 2) end,
})
local f = load([[
  local declared = 1
  print(pcall(function() return missing end))
  print(pcall(function() missing = 1 end))
  print(declared)
]], "=strict", "t", strict)
f()
-- _ENV as parameter, upvalue and local
local function with(_ENV) return a + b end
print(with {a = 1, b = 2}, with(setmetatable({a = 10}, {__index = {b = 20}})))
local function make(_ENV) return function() n = (n or 0) + 1 return n end end
local e1, e2 = {}, {}
local m1, m2 = make(e1), make(e2)
m1() m1() m2()
print(e1.n, e2.n)
do
  local print = print
  local _ENV = {}
  v = "in block"
  print(v, _ENV.v)
end
print(v)
local function nested()
  local _ENV = setmetatable({level = 1}, {__index = _ENV})
  local function inner()
    local _ENV = setmetatable({deep = level + 1}, {__index = _ENV})
    return function() return level, deep, type(print) end
  end
  return inner()()
end
print(nested())
-- modules
package.preload["geo.shapes"] = function(name, where)
  local M = {name = name, where = where}
  function M.area(w, h) return w * h end
  return M
end
package.preload["geo"] = function(name)
  local _ENV = setmetatable({_NAME = name}, {__index = _G})
  shapes = require(name .. ".shapes")
  function square(n) return shapes.area(n, n) end
  function version() return "1.0 of " .. _NAME end
  return _ENV
end
local geo = require "geo"
print(geo.square(4), geo.version(), geo.shapes.where, require "geo.shapes" == geo.shapes, square, package.loaded.geo == geo)
package.preload.failing = function() error "module error" end
print(pcall(require, "failing"))
print(package.loaded.failing)
package.preload.cyclic = function() local ok, e = pcall(require, "cyclic2") return {other = e} end
package.preload.cyclic2 = function() return {name = "second", first = package.loaded.cyclic} end
print(require "cyclic".other.name, require "cyclic2".first)
-- upvalue surgery
local g1 = load("return value", "=g1", "t", {value = "one"})
local g2 = load("return value", "=g2", "t", {value = "two"})
print(g1(), g2())
debug.upvaluejoin(g1, 1, g2, 1)
print(g1(), debug.getupvalue(g1, 1), debug.setupvalue(g2, 1, {value = "three"}))
print(g1(), g2())
-- chunks with varargs and returns
print(load("return ...", "=v")(1, nil, 3), select("#", load("local a, b = ... return b, a")(1, 2, 3)))
local parts = {"local t = {}", " for i = 1, ", "10 do t[i] = i", " * i end return ", "table.unpack(t)"}
local i = 0
print(load(function() i = i + 1 return parts[i] end)())
print(pcall(load, function() error("reader") end))
local dumped = string.dump(load("local n = ... return n * 2, function() return n end", "=d"))
local d, fn = load(dumped, "d", "b")(21)
print(d, fn(), load(dumped, "d", "t"))
