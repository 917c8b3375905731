-- Tables with __gc and variables with __close: every resource is released once.
-- Needs the finalizers of Lua 5.2 and the __close of Lua 5.4.
-- quick: 12000
-- peers: lua5.4

local N = tonumber((...)) or 900000

local opened, closed, collected = 0, 0, 0

local Resource = {}
Resource.__index = Resource

function Resource.__close(self)
  if self.open then
    self.open = false
    closed = closed + 1
  end
end

function Resource.__gc(self)
  collected = collected + 1
  if self.open then
    self.open = false
    closed = closed + 1
  end
end

local function acquire(size)
  opened = opened + 1
  return setmetatable({ open = true, size = size }, Resource)
end

local function scoped(i)
  local resource <close> = acquire(i)
  return resource.size % 10
end

local sum = 0
for i = 1, N do
  sum = sum + scoped(i)
  if i % 2 == 0 then
    acquire(i)
  end
end
collectgarbage()
collectgarbage()
print(string.format("finalizers %d %d %d %d", sum, opened, closed, collected))
