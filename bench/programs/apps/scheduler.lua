-- A discrete-event simulation of a small factory: tasks in a class hierarchy,
-- a priority queue of events, messages between tasks.
-- quick: 8000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 450000

local function class(parent)
  local c = setmetatable({}, { __index = parent })
  c.__index = c
  c.super = parent
  function c.new(...)
    local object = setmetatable({}, c)
    object:init(...)
    return object
  end
  return c
end

-- A binary heap of events ordered by time, then by serial number.
local Agenda = class()

function Agenda:init()
  self.size = 0
  self.serial = 0
end

local function earlier(a, b)
  return a.time < b.time or a.time == b.time and a.serial < b.serial
end

function Agenda:add(time, task, message)
  self.serial = self.serial + 1
  local event = {
    time = time, serial = self.serial, task = task, message = message,
  }
  self.size = self.size + 1
  local at = self.size
  while at > 1 do
    local up = math.floor(at / 2)
    if not earlier(event, self[up]) then
      break
    end
    self[at] = self[up]
    at = up
  end
  self[at] = event
end

function Agenda:take()
  local first, last = self[1], self[self.size]
  self[self.size] = nil
  self.size = self.size - 1
  local size, at = self.size, 1
  if size == 0 then
    return first
  end
  while true do
    local child = at * 2
    if child > size then
      break
    end
    if child < size and earlier(self[child + 1], self[child]) then
      child = child + 1
    end
    if not earlier(self[child], last) then
      break
    end
    self[at] = self[child]
    at = child
  end
  self[at] = last
  return first
end

local World = class()

function World:init()
  self.now = 0
  self.agenda = Agenda.new()
  self.seed = 12345
  self.handled = 0
end

function World:random(n)
  self.seed = (self.seed * 16807) % 2147483647
  return self.seed % n
end

function World:send(task, message, delay)
  self.agenda:add(self.now + delay, task, message)
end

function World:run(events)
  while self.handled < events do
    local event = self.agenda:take()
    self.now = event.time
    self.handled = self.handled + 1
    event.task:receive(event.message)
  end
end

local Task = class()

function Task:init(world, name)
  self.world = world
  self.name = name
  self.received = 0
end

function Task:receive(message)
  self.received = self.received + 1
  self:handle(message)
end

function Task:handle() end

function Task:state() return self.received end

local Source = class(Task)

function Source:init(world, name, target, pause)
  Task.init(self, world, name)
  self.target = target
  self.pause = pause
  self.made = 0
  world:send(self, "tick", 1)
end

function Source:handle()
  self.made = self.made + 1
  local part = { id = self.made, origin = self, cost = 1 + self.world:random(20) }
  self.world:send(self.target, part, 1)
  self.world:send(self, "tick", self.pause + self.world:random(5))
end

-- A machine works on one part at a time and queues the others.
local Machine = class(Task)

function Machine:init(world, name, target)
  Task.init(self, world, name)
  self.target = target
  self.first, self.last, self.queue = 1, 0, {}
  self.busy = nil
  self.worked = 0
end

function Machine:duration(part) return part.cost end

function Machine:start(part)
  self.busy = part
  self.world:send(self, "done", self:duration(part))
end

function Machine:handle(message)
  if message ~= "done" then
    if self.busy then
      self.last = self.last + 1
      self.queue[self.last] = message
    else
      self:start(message)
    end
    return
  end
  local part = self.busy
  self.busy = nil
  self.worked = self.worked + 1
  self:finish(part)
  if self.first <= self.last then
    local waiting = self.queue[self.first]
    self.queue[self.first] = nil
    self.first = self.first + 1
    self:start(waiting)
  end
end

function Machine:finish(part)
  self.world:send(self.target, part, 1)
end

function Machine:state() return self.received + self.worked * 3 end

local FastMachine = class(Machine)

function FastMachine:duration(part)
  return math.floor(Machine.duration(self, part) / 3) + 1
end

-- Sends every fifth part back to be worked on again.
local Inspector = class(FastMachine)

function Inspector:init(world, name, target, rework)
  FastMachine.init(self, world, name, target)
  self.rework = rework
  self.rejected = 0
end

function Inspector:finish(part)
  if self.worked % 5 == 0 then
    self.rejected = self.rejected + 1
    part.cost = math.max(1, part.cost - 5)
    self.world:send(self.rework, part, 2)
  else
    FastMachine.finish(self, part)
  end
end

function Inspector:state()
  return FastMachine.state(self) + self.rejected * 7
end

local Router = class(Task)

function Router:init(world, name, targets)
  Task.init(self, world, name)
  self.targets = targets
end

function Router:handle(part)
  local targets = self.targets
  self.world:send(targets[self.received % #targets + 1], part, 1)
end

local Store = class(Task)

function Store:init(world, name)
  Task.init(self, world, name)
  self.digest = 0
end

function Store:handle(part)
  self.digest = (self.digest * 31 + part.id * part.cost + self.world.now)
    % 1000003
end

function Store:state() return self.digest end

local world = World.new()
local store = Store.new(world, "store")
local machines = {}
local router = Router.new(world, "router", machines)
local inspector = Inspector.new(world, "inspector", store, router)
for i = 1, 4 do
  local kind = i % 2 == 0 and FastMachine or Machine
  machines[i] = kind.new(world, "machine" .. i, inspector)
end
local sources = {}
for i = 1, 3 do
  sources[i] = Source.new(world, "source" .. i, router, 6 + i)
end
world:run(N)

local sum = 0
for _, group in ipairs { sources, machines, { router, inspector, store } } do
  for _, task in ipairs(group) do
    sum = (sum * 17 + task:state() + #task.name) % 1000003
  end
end
print(string.format("scheduler %d %d %d", world.now, store.received, sum))
