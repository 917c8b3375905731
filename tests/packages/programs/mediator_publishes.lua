local Mediator = require "mediator"

local m = Mediator()
local function subscriber(name, ...)
  local results = { ... }
  return function(...)
    print(name, ...)
    return table.unpack(results)
  end
end
local a = m:subscribe({ "car", "doors" }, subscriber("doors", 1, true))
m:subscribe({ "car" }, subscriber("car", 2, true))
local b = m:subscribe({ "car", "doors" }, subscriber("doors 2", 3, true),
  { priority = 1 })
m:subscribe({ "car", "doors" }, subscriber("only open"),
  { predicate = function(what) return what == "open" end })
for _, channel in ipairs { { "car", "doors" }, { "car" }, { "boat" } } do
  for _, result in ipairs(m:publish(channel, "open", 4)) do
    print("result", result)
  end
end
a:update { fn = subscriber("changed", 9, true) }
m:publish({ "car", "doors" }, "close")
print(m:removeSubscriber(b.id, { "car", "doors" }) == b)
m:publish({ "car", "doors" }, "close")
print(m:getChannel({ "car" }):hasChannel("doors"), m:getSubscriber("none", {}))
