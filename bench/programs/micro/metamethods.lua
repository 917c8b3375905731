-- Operator overloading and computed fields: complex numbers, rationals,
-- proxies with __index and __newindex functions, callable objects.
-- quick: 9000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 500000

local Complex = {}
Complex.__index = Complex
local function complex(re, im)
  return setmetatable({ re = re, im = im }, Complex)
end
function Complex.__add(a, b) return complex(a.re + b.re, a.im + b.im) end
function Complex.__sub(a, b) return complex(a.re - b.re, a.im - b.im) end
function Complex.__mul(a, b)
  return complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
end
function Complex.__unm(a) return complex(-a.re, -a.im) end
function Complex.__eq(a, b) return a.re == b.re and a.im == b.im end

local Version = {}
local function version(major, minor)
  return setmetatable({ major = major, minor = minor }, Version)
end
function Version.__lt(a, b)
  if a.major ~= b.major then
    return a.major < b.major
  end
  return a.minor < b.minor
end
function Version.__le(a, b) return not (b < a) end
function Version.__concat(a, b)
  local left = type(a) == "table" and a.major .. "." .. a.minor or a
  local right = type(b) == "table" and b.major .. "." .. b.minor or b
  return left .. right
end

local function observed(store, log)
  return setmetatable({}, {
    __index = function(_, key)
      log.reads = log.reads + 1
      return store[key]
    end,
    __newindex = function(_, key, value)
      log.writes = log.writes + 1
      store[key] = value
    end,
    __call = function(_, by) return store.count + by end,
  })
end

local log = { reads = 0, writes = 0 }
local proxy = observed({ count = 0 }, log)
local oldest, newest = version(1, 2), version(5, 4)
local turn, point = complex(0.6, 0.8), complex(1, 0)
local one, equal, ordered, length, called = complex(1, 0), 0, 0, 0, 0
for i = 1, N do
  point = point * turn + one - -one
  if point.re > 3 or point.im > 3 or point.re < -3 or point.im < -3 then
    point = complex(1, 0)
  end
  if point == one then
    equal = equal + 1
  end
  local v = version(i % 7, i % 5)
  if oldest < v and v <= newest then
    ordered = ordered + 1
  end
  if i % 8 == 0 then
    length = length + #("v" .. v)
  end
  proxy.count = proxy.count + i % 3
  called = (called + proxy(i)) % 1000000007
end
print(string.format("metamethods %.9f %.9f %d %d %d %d %d %d", point.re,
                    point.im, equal, ordered, length, called, log.reads,
                    log.writes))
