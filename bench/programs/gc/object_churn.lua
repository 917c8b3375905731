-- Small records and arrays made and dropped, with a slowly turning live set.
-- quick: 15000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 900000

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

local SIZE = 2000
local alive = {}
for i = 1, SIZE do
  alive[i] = Particle.new(i % 100, i % 37, 0)
end
local sum, born = 0, SIZE
for i = 1, N do
  local slot = (i * 7919) % SIZE + 1
  local moved = alive[slot]:moved()
  local box = moved:bounds()
  sum = (sum + box[1] + box[2] * box[3] - box[4]) % 1000003
  if moved.age > 20 then
    born = born + 1
    moved = Particle.new(i % 100, i % 37, 0)
  end
  alive[slot] = moved
end
print(string.format("object_churn %d %d", sum, born))
