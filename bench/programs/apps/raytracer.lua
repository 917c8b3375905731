-- A ray tracer: spheres over a chequered floor, shadows and reflections, with
-- vectors as objects with overloaded operators.
-- quick: 30
-- peers: lua5.4 luajit

local N = tonumber((...)) or 210

local sqrt, floor = math.sqrt, math.floor

local Vector = {}
Vector.__index = Vector

local function vector(x, y, z)
  return setmetatable({ x = x, y = y, z = z }, Vector)
end

function Vector.__add(a, b) return vector(a.x + b.x, a.y + b.y, a.z + b.z) end
function Vector.__sub(a, b) return vector(a.x - b.x, a.y - b.y, a.z - b.z) end
function Vector.__mul(a, k) return vector(a.x * k, a.y * k, a.z * k) end
function Vector:dot(b) return self.x * b.x + self.y * b.y + self.z * b.z end
function Vector:blend(b) return vector(self.x * b.x, self.y * b.y, self.z * b.z) end
function Vector:unit() return self * (1 / sqrt(self:dot(self))) end
function Vector:reflect(normal) return self - normal * (2 * self:dot(normal)) end

local Sphere = {}
Sphere.__index = Sphere

function Sphere.new(center, radius, color, shine)
  return setmetatable(
    { center = center, radius = radius, color = color, shine = shine }, Sphere)
end

function Sphere:hit(origin, direction)
  local to = self.center - origin
  local along = to:dot(direction)
  local rest = self.radius * self.radius - (to:dot(to) - along * along)
  if rest < 0 then
    return nil
  end
  local half = sqrt(rest)
  if along - half > 1e-4 then
    return along - half
  elseif along + half > 1e-4 then
    return along + half
  end
  return nil
end

function Sphere:normal(point) return (point - self.center):unit() end
function Sphere:color_at() return self.color end

local Floor = {}
Floor.__index = Floor

function Floor.new(height)
  return setmetatable({ height = height, shine = 0.2 }, Floor)
end

function Floor:hit(origin, direction)
  if direction.y == 0 then
    return nil
  end
  local t = (self.height - origin.y) / direction.y
  return t > 1e-4 and t or nil
end

local UP, DARK, LIGHT = vector(0, 1, 0), vector(0.2, 0.2, 0.2), vector(0.9, 0.9, 0.8)

function Floor:normal() return UP end

function Floor:color_at(point)
  return (floor(point.x) + floor(point.z)) % 2 == 0 and DARK or LIGHT
end

local things = {
  Floor.new(-1),
  Sphere.new(vector(0, 0, 5), 1, vector(0.9, 0.2, 0.2), 0.3),
  Sphere.new(vector(1.8, -0.4, 4), 0.6, vector(0.2, 0.8, 0.3), 0.2),
  Sphere.new(vector(-1.7, 0.3, 6), 1.3, vector(0.3, 0.3, 0.9), 0.5),
  Sphere.new(vector(0.4, -0.7, 3), 0.3, vector(0.9, 0.9, 0.2), 0),
}
local lamp = vector(-4, 6, 0)
local SKY = vector(0.5, 0.7, 1.0)

local function nearest(origin, direction)
  local found, distance = nil, math.huge
  for _, thing in ipairs(things) do
    local t = thing:hit(origin, direction)
    if t and t < distance then
      found, distance = thing, t
    end
  end
  return found, distance
end

local function trace(origin, direction, depth)
  local thing, distance = nearest(origin, direction)
  if not thing then
    return SKY
  end
  local point = origin + direction * distance
  local normal = thing:normal(point)
  local to_lamp = lamp - point
  local lamp_distance = sqrt(to_lamp:dot(to_lamp))
  local light = to_lamp:unit()
  local brightness = 0.15
  local _, blocked = nearest(point, light)
  if blocked > lamp_distance then
    brightness = brightness + 0.85 * math.max(0, normal:dot(light))
  end
  local color = thing:color_at(point) * brightness
  if thing.shine > 0 and depth > 0 then
    local mirrored = trace(point, direction:reflect(normal):unit(), depth - 1)
    color = color * (1 - thing.shine) + mirrored * thing.shine
  end
  return color
end

local eye = vector(0, 0.5, -1)
local red, green, blue, sum = 0, 0, 0, 0
for row = 0, N - 1 do
  for column = 0, N - 1 do
    local direction = vector(column / N - 0.5, 0.5 - row / N, 1):unit()
    local color = trace(eye, direction, 3)
    red, green, blue = red + color.x, green + color.y, blue + color.z
    sum = (sum * 31 + floor(color.x * 255) + floor(color.y * 255) * 3) % 1000003
  end
end
local pixels = N * N
print(string.format("raytracer %.9f %.9f %.9f %d", red / pixels,
                    green / pixels, blue / pixels, sum))
