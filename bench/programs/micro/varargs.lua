-- Variable arguments: forwarded, counted, selected, packed and unpacked.
-- quick: 6000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 380000

local select, unpack = select, table.unpack or unpack

local function sum_selected(...)
  local total = 0
  for i = 1, select("#", ...) do
    total = total + (select(i, ...))
  end
  return total
end

local function sum_packed(...)
  local total = 0
  for _, value in ipairs { ... } do
    total = total + value
  end
  return total
end

local function forward(f, ...)
  return f(...)
end

local function swap(a, b, ...)
  return b, a, ...
end

local function largest(first, ...)
  if select("#", ...) == 0 then
    return first
  end
  local rest = largest(...)
  return first > rest and first or rest
end

local function bind(f, ...)
  local fixed, count = { ... }, select("#", ...)
  return function(...)
    if count == 2 then
      return f(fixed[1], fixed[2], ...)
    end
    return f(unpack(fixed, 1, count))
  end
end

local list = { 3, 1, 4, 1, 5, 9, 2, 6 }
local bound = bind(sum_packed, 10, 20)
local total = 0
for i = 1, N do
  total = total + sum_selected(i, 2, 3, 4, 5)
  total = total + forward(sum_packed, i, i + 1, i + 2)
  total = total + forward(forward, sum_selected, unpack(list))
  local a, b, c, d = swap(i, 2, 3)
  total = total + a - b + c + (d or 1)
  total = total + largest(i % 7, i % 11, i % 13, i % 17)
  total = total + bound(i) + math.max(unpack(list))
  total = total % 1000000007
end
print(string.format("varargs %d", total))
