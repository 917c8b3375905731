-- Every kind of loop, integer and float, with arithmetic and no tables.
-- quick: 6
-- peers: lua5.4 luajit

local N = tonumber((...)) or 400

local function nested(n)
  local sum = 0
  for i = 1, n do
    for j = 1, n do
      sum = sum + (i * j) % 7
    end
  end
  return sum
end

local function countdown(n)
  local steps = 0
  while n > 0 do
    if n % 2 == 0 then
      n = n - 2
    else
      n = n - 1
    end
    steps = steps + 1
  end
  return steps
end

local function hailstone(start)
  local n, steps = start, 0
  repeat
    if n % 2 == 0 then
      n = n / 2
    else
      n = 3 * n + 1
    end
    steps = steps + 1
  until n == 1
  return steps
end

local function harmonic(n)
  local sum = 0.0
  for x = 1.0, n, 0.5 do
    sum = sum + 1 / (x * x)
  end
  return sum
end

local function skip(n)
  local taken = 0
  for i = n, 1, -3 do
    if i % 5 == 0 then
      goto continue
    end
    taken = taken + i
    if taken > 1000000 then
      break
    end
    ::continue::
  end
  return taken
end

local total, series = 0, 0.0
for round = 1, N do
  total = total + nested(220) + countdown(20000) + skip(2000)
  for start = 2, 150 do
    total = total + hailstone(start + round % 3)
  end
  series = series + harmonic(5000 + round)
end
print(string.format("loops %d %.9f", total, series))
