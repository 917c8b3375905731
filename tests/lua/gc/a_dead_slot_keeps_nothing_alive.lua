-- Each loop waits until an object has been collected that is in no variable; a
-- slot of the frame in which it was an argument still holds it. Whichever
-- instruction of the loop allocates must not take that slot for live.
local function wait(name, body)
  print(name, body()) -- expect: list	true
  -- expect: all arguments	true
  -- expect: computed key	true
  -- expect: store by key	true
  -- expect: store in fields	true
  -- expect: function in a list	true
  -- expect: big integers	true
  -- expect: only stores	true
  -- expect: only integers	true
end

local LIMIT <const> = 300000

local function object(done)
  return { __gc = done }
end

wait("list", function()
  local u
  local finish, n = false, 0
  u = setmetatable({}, object(function() finish = true end))
  repeat u = {1}; n = n + 1 until finish or n > LIMIT
  return finish
end)

wait("all arguments", function()
  local function f(...)
    local u
    local finish, n = false, 0
    u = setmetatable({}, object(function() finish = true end))
    repeat u = {...}; n = n + 1 until finish or n > LIMIT
    return finish
  end
  return f(1)
end)

wait("computed key", function()
  local u
  local finish, n = false, 0
  u = setmetatable({}, object(function() finish = true end))
  repeat u = {[1.5] = 1}; n = n + 1 until finish or n > LIMIT
  return finish
end)

wait("store by key", function()
  local u
  local finish, n = false, 0
  u = setmetatable({}, object(function() finish = true end))
  repeat u = {}; u[1.5] = 1; n = n + 1 until finish or n > LIMIT
  return finish
end)

wait("store in fields", function()
  local u
  local finish, n = false, 0
  u = setmetatable({}, object(function() finish = true end))
  repeat
    u = {}
    u.a = 1 u.b = 2 u.c = 3 u.d = 4 u.e = 5
    n = n + 1
  until finish or n > LIMIT
  return finish
end)

wait("function in a list", function()
  local u
  local finish, n = false, 0
  u = setmetatable({}, object(function() finish = true end))
  repeat local i; u = {function() return i end}; n = n + 1
  until finish or n > LIMIT
  return finish
end)

wait("big integers", function()
  local u
  local finish, n, x = false, 0, 1
  u = setmetatable({}, object(function() finish = true end))
  repeat
    u = {}
    x = x * 6364136223846793005 + 1442695040888963407
    n = n + 1
  until finish or n > LIMIT
  return finish
end)

-- A loop that only stores collects, too: what it replaces does not pile up.
wait("only stores", function()
  collectgarbage()
  local before, t = collectgarbage("count"), {}
  for i = 1, 300000 do t[i % 7 + 0.5] = i + 0.25 end
  return collectgarbage("count") - before < 1000
end)

-- One that only computes big integers does, too.
wait("only integers", function()
  collectgarbage()
  local before, x = collectgarbage("count"), 1
  for i = 1, 2000000 do x = x * 6364136223846793005 + 1 end
  return collectgarbage("count") - before < 16000
end)
