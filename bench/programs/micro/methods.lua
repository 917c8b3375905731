-- Method calls: direct, inherited at several depths, polymorphic, chained.
-- quick: 20000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 1100000

local function class(parent)
  local c = {}
  c.__index = c
  return setmetatable(c, parent)
end

local Shape = class()
function Shape.new(kind, fields)
  return setmetatable(fields, kind)
end
function Shape:area() return 0 end
function Shape:scale(k)
  self.factor = (self.factor or 1) * k
  return self
end
function Shape:weight() return self:area() * self.density end

local Square = class(Shape)
function Square:area() return self.side * self.side end

local Rectangle = class(Shape)
function Rectangle:area() return self.width * self.height end

local Disc = class(Shape)
function Disc:area() return 3 * self.radius * self.radius end

local Plate = class(Rectangle)
local Panel = class(Plate)
function Panel:weight() return 2 * Plate.weight(self) end

local Account = class()
function Account.new() return setmetatable({ balance = 0 }, Account) end
function Account:deposit(n)
  self.balance = self.balance + n
  return self
end
function Account:withdraw(n)
  self.balance = self.balance - n
  return self
end
function Account:get() return self.balance end

local shapes = {
  Shape.new(Square, { side = 3, density = 2 }),
  Shape.new(Rectangle, { width = 2, height = 5, density = 1 }),
  Shape.new(Disc, { radius = 2, density = 3 }),
  Shape.new(Plate, { width = 4, height = 1, density = 4 }),
  Shape.new(Panel, { width = 1, height = 6, density = 2 }),
}

local account, total = Account.new(), 0
for i = 1, N do
  account:deposit(i % 10):withdraw(3):deposit(1)
  total = total + account:get()
  local shape = shapes[i % #shapes + 1]
  total = total + shape:area() + shape:scale(1):weight()
  total = (total + shapes[5]:weight()) % 1000000007
end
print(string.format("methods %d %d", total, account:get()))
