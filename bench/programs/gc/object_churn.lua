-- Small records and arrays made and dropped, with a slowly turning live set.
-- N records are replaced one by one, among SIZE (second argument) that live, so
-- each of these N / SIZE times: 4 or more for a live set that really turns. They
-- are visited 7919 slots apart, all of them when 7919 does not divide SIZE.
-- quick: 15000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 900000
local SIZE = tonumber((select(2, ...))) or 2000
assert(SIZE % 7919 ~= 0, "the number of records must not be a multiple of 7919")

-- With "time" as third argument each operation is timed and the latencies
-- are printed too, in microseconds of CPU time.
local clock = select(3, ...) == "time" and os.clock
local latency, operations, longest = {}, 0, 0
if clock then
  for us = 0, 1999 do
    latency[us] = 0
  end
end
local function note(start)
  local us = (clock() - start) * 1000000
  local whole = math.floor(us + 0.5)
  operations = operations + 1
  if us > longest then
    longest = us
  end
  latency[whole < 1999 and whole or 1999] = latency[whole < 1999 and whole or 1999] + 1
end
local function report()
  if not clock then
    return
  end
  local out, seen, us = {}, 0, -1
  for _, share in ipairs { 0.5, 0.99, 0.999, 0.9999 } do
    while seen < operations * share and us < 1999 do
      us = us + 1
      seen = seen + latency[us]
    end
    out[#out + 1] = string.format("%d", us)
  end
  print(string.format("latency %d %s %.0f", operations,
    table.concat(out, " "), longest))
end

local Particle = {}
Particle.__index = Particle

function Particle.new(x, y, age)
  return setmetatable({ x = x, y = y, dx = 1, dy = -1, age = age }, Particle)
end

function Particle:moved()
  return Particle.new(self.x + self.dx, self.y + self.dy, self.age + 1)
end

function Particle:bounds()
  return { self.x - 1, self.y - 1, self.x + 1, self.y + 1 }
end

local alive = {}
for i = 1, SIZE do
  local start = clock and clock()
  alive[i] = Particle.new(i % 100, i % 37, 0)
  if start then
    note(start)
  end
end
local sum, born = 0, SIZE
for i = 1, N do
  local start = clock and clock()
  local slot = (i * 7919) % SIZE + 1
  local moved = alive[slot]:moved()
  local box = moved:bounds()
  sum = (sum + box[1] + box[2] * box[3] - box[4]) % 1000003
  if moved.age > 20 then
    born = born + 1
    moved = Particle.new(i % 100, i % 37, 0)
  end
  alive[slot] = moved
  if start then
    note(start)
  end
end
print(string.format("object_churn %d %d", sum, born))
report()
