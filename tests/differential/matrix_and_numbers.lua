-- Matrices, rationals, complex numbers: operators over mixed numbers.
local M = {}
M.__index = M
local function matrix(rows) return setmetatable(rows, M) end
function M.identity(n)
  local r = {}
  for i = 1, n do r[i] = {} for j = 1, n do r[i][j] = i == j and 1 or 0 end end
  return matrix(r)
end
M.__mul = function(a, b)
  if type(a) == "number" then a, b = b, a end
  local r = {}
  for i = 1, #a do
    r[i] = {}
    if type(b) == "number" then
      for j = 1, #a[i] do r[i][j] = a[i][j] * b end
    else
      for j = 1, #b[1] do
        local s = 0
        for k = 1, #b do s = s + a[i][k] * b[k][j] end
        r[i][j] = s
      end
    end
  end
  return matrix(r)
end
M.__add = function(a, b)
  local r = {}
  for i = 1, #a do r[i] = {} for j = 1, #a[i] do r[i][j] = a[i][j] + b[i][j] end end
  return matrix(r)
end
M.__pow = function(a, n)
  local r = M.identity(#a)
  while n > 0 do
    if n % 2 == 1 then r = r * a end
    a, n = a * a, n // 2
  end
  return r
end
M.__eq = function(a, b)
  for i = 1, #a do for j = 1, #a[i] do if a[i][j] ~= b[i][j] then return false end end end
  return true
end
M.__tostring = function(a)
  local lines = {}
  for i = 1, #a do lines[i] = table.concat(a[i], " ") end
  return table.concat(lines, "; ")
end
function M:det()
  if #self == 1 then return self[1][1] end
  local d, sign = 0, 1
  for c = 1, #self do
    local minor = {}
    for i = 2, #self do
      minor[i - 1] = {}
      for j = 1, #self do if j ~= c then table.insert(minor[i - 1], self[i][j]) end end
    end
    d, sign = d + sign * self[1][c] * matrix(minor):det(), -sign
  end
  return d
end
local fib = matrix {{1, 1}, {1, 0}}
for _, n in ipairs {1, 2, 10, 50, 90, 92, 93, 100} do print(n, (fib ^ n)[1][2]) end
print(fib * 2, 2.5 * fib, fib + fib, fib * M.identity(2) == fib)
print(matrix {{2, 0, 1}, {1, 3, 2}, {1, 1, 4}}:det(), matrix {{0.5, 1}, {2, 8}}:det())

local Q = {}
local function gcd(a, b) while b ~= 0 do a, b = b, a % b end return a end
local function rat(n, d)
  d = d or 1
  if d < 0 then n, d = -n, -d end
  local g = gcd(math.abs(n), d)
  return setmetatable({n = n // g, d = d // g}, Q)
end
local function torat(x) return math.type(x) == "integer" and rat(x) or x end
Q.__add = function(a, b) a, b = torat(a), torat(b) return rat(a.n * b.d + b.n * a.d, a.d * b.d) end
Q.__sub = function(a, b) return a + -torat(b) end
Q.__mul = function(a, b) a, b = torat(a), torat(b) return rat(a.n * b.n, a.d * b.d) end
Q.__div = function(a, b) a, b = torat(a), torat(b) return rat(a.n * b.d, a.d * b.n) end
Q.__unm = function(a) return rat(-a.n, a.d) end
Q.__eq = function(a, b) return a.n == b.n and a.d == b.d end
Q.__lt = function(a, b) a, b = torat(a), torat(b) return a.n * b.d < b.n * a.d end
Q.__le = function(a, b) return not (b < a) end
Q.__tostring = function(a) return a.d == 1 and tostring(a.n) or a.n .. "/" .. a.d end
Q.__idiv = function(a, b) local q = a / b return q.n // q.d end
local h = rat(0)
for i = 1, 12 do h = h + rat(1, i) end
print(h, h - 3, h * rat(2, 3), h / 2, -h, h // 1, 1 - h, 2 * h, 1 / h)
print(rat(1, 2) == rat(2, 4), rat(1, 2) < rat(2, 3), rat(1, 2) <= 1, 1 > rat(1, 2), rat(3) >= rat(3))
print(pcall(function() return h + 0.5 end))
print(pcall(function() return rat(1, 0) end))

local C = {}
C.__index = C
local function complex(re, im) return setmetatable({re = re, im = im or 0}, C) end
C.__add = function(a, b) return complex(a.re + b.re, a.im + b.im) end
C.__mul = function(a, b) return complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re) end
C.__len = function(a) return (a.re ^ 2 + a.im ^ 2) ^ 0.5 end
local rows = {}
for y = -4, 4 do
  local row = {}
  for x = -10, 4 do
    local c, z, n = complex(x / 5, y / 4), complex(0, 0), 0
    while n < 30 and #z < 2 do z = z * z + c n = n + 1 end
    row[#row + 1] = n == 30 and "#" or n > 6 and "+" or n > 3 and "." or " "
  end
  rows[#rows + 1] = table.concat(row)
end
print(table.concat(rows, "|\n"))
