-- A round-robin scheduler with sleep, channels, errors and cancellation.
local tasks, now, log = {}, 0, {}
local function say(...) print(now, ...) end

local function spawn(name, f, ...)
  local t = {name = name, co = coroutine.create(f), wake = 0, args = table.pack(...)}
  tasks[#tasks + 1] = t
  return t
end
local function sleep(n) return coroutine.yield("sleep", n) end
local function channel() return {items = {}, waiting = {}} end
local function send(ch, v) ch.items[#ch.items + 1] = v coroutine.yield("ready") end
local function receive(ch)
  while #ch.items == 0 do coroutine.yield("ready") end
  return table.remove(ch.items, 1)
end

local function run(limit)
  while #tasks > 0 and now < limit do
    local i = 1
    while i <= #tasks do
      local t = tasks[i]
      if t.wake <= now then
        local r = table.pack(coroutine.resume(t.co, table.unpack(t.args, 1, t.args.n)))
        t.args = {n = 0}
        if not r[1] then
          say("task " .. t.name .. " failed:", r[2])
          print(coroutine.close(t.co))
          table.remove(tasks, i)
        elseif coroutine.status(t.co) == "dead" then
          say("task " .. t.name .. " done:", table.unpack(r, 2, r.n))
          table.remove(tasks, i)
        else
          if r[2] == "sleep" then t.wake = now + r[3] end
          i = i + 1
        end
      else
        i = i + 1
      end
    end
    now = now + 1
  end
  for _, t in ipairs(tasks) do say("cancel " .. t.name, coroutine.close(t.co)) end
end

local ch = channel()
spawn("producer", function(n)
  for i = 1, n do say("send", i) send(ch, i * i) sleep(2) end
  send(ch, false)
  return "produced", n
end, 4)
spawn("consumer", function()
  local sum = 0
  for v in function() return receive(ch) or nil end do
    say("got", v)
    sum = sum + v
  end
  return sum
end)
spawn("faulty", function()
  local guard <close> = setmetatable({}, {__close = function(_, e) say("guard closed with", e) end})
  sleep(3)
  error("broken at " .. now)
end)
spawn("protected", function()
  local ok, e = pcall(function()
    sleep(1)
    error({code = 42})
  end)
  say("caught", ok, e.code)
  local r = table.pack(xpcall(function(...) sleep(1) return ... end, debug.traceback, 1, nil, 3))
  return table.unpack(r, 1, r.n)
end)
spawn("endless", function()
  local g <close> = setmetatable({}, {__close = function() say("endless closed") end})
  while true do sleep(5) end
end)
run(25)
print(#tasks, now)
