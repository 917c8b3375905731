-- Closures made, kept and called: counters, composition, currying, map/filter/
-- fold; upvalues shared, open and closed.
-- quick: 200
-- peers: lua5.4 luajit

local N = tonumber((...)) or 11000

local function counter(start)
  local value = start
  local function increment(by)
    value = value + by
    return value
  end
  local function get()
    return value
  end
  return increment, get
end

local function compose(f, g)
  return function(x)
    return f(g(x))
  end
end

local function adder(a)
  return function(b)
    return function(c)
      return a + b + c
    end
  end
end

local function map(list, f)
  local out = {}
  for i, value in ipairs(list) do
    out[i] = f(value)
  end
  return out
end

local function filter(list, keep)
  local out = {}
  for _, value in ipairs(list) do
    if keep(value) then
      out[#out + 1] = value
    end
  end
  return out
end

local function fold(list, initial, f)
  local result = initial
  for _, value in ipairs(list) do
    result = f(result, value)
  end
  return result
end

local numbers = {}
for i = 1, 200 do
  numbers[i] = i
end

local double = function(x) return x * 2 end
local step = function(x) return x + 1 end
local total = 0
for round = 1, N do
  local increment, get = counter(round)
  for i = 1, 300 do
    increment(i)
  end
  total = total + get()

  local pipeline = compose(double, compose(step, double))
  local limit = round % 150
  local sum = fold(
    map(filter(numbers, function(x) return x > limit end), pipeline),
    0, function(a, b) return a + b end)
  total = total + sum

  local late = {}
  for i = 1, 40 do
    late[i] = function() return i * round end
  end
  for i = 1, #late do
    total = total + late[i]() + adder(i)(round)(1)
  end
  total = total % 1000000007
end
print(string.format("closures %d", total))
