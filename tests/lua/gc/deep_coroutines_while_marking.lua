-- Coroutines suspended in the depth of a recursion, gone on with, closed, failed
-- and forgotten there, while the collector marks.
local rounds = 0
local function churn()
  rounds = rounds + 1
  local junk = {}
  for i = 1, 4 do junk[i] = {rounds, tostring(i)} end
  if rounds % 8 == 0 then collectgarbage("step", 0) end
end
local bad = 0
local function check(t, n)
  if type(t) ~= "table" or t[1] ~= n or #t[2] ~= 2 then bad = bad + 1 end
end
local function make(n) return {n, {{}, n}} end

-- yields every few levels, up and down
local function go(n, sum)
  local t = make(n)
  churn()
  if n % 50 == 0 then
    local given = coroutine.yield(make(n))
    check(given, -n)
  end
  if n > 0 then go(n - 1) end
  if n % 70 == 0 then check(coroutine.yield(t), -n) end
  check(t, n)
end
local list = {}
for i = 1, 6 do list[i] = coroutine.create(go) end
local given, alive, switches = {}, #list, 0
while alive > 0 do
  for i = 1, #list do
    local co = list[i]
    if coroutine.status(co) == "suspended" then
      local ok, t = coroutine.resume(co, given[i] or 900 + 10 * i)
      if not ok then print(t) end
      switches = switches + 1
      if t then
        check(t, t[1])
        given[i] = make(-t[1])
      else
        alive = alive - 1
      end
    end
    churn()
  end
end
print(switches > 180, bad) -- expect: true	0

-- one resumes another, each in the depth of its stack
local function nest(level)
  local function down(n)
    local t = make(n)
    churn()
    if n > 0 then down(n - 1)
    elseif level > 0 then
      local co = coroutine.wrap(nest)
      local r = co(level - 1)
      check(r, level - 1)
      check(co(), -1)
    end
    check(t, n)
    return t
  end
  down(300)
  coroutine.yield(make(level))
  down(200)
  return make(-1)
end
local top = coroutine.wrap(nest)
check(top(5), 5)
check(top(), -1)
print(bad) -- expect: 0

-- closed in the depth: each frame has a variable to be closed
local closed = 0
local function closer(n)
  return setmetatable(make(n), {__close = function(t)
    check(t, n)
    churn()
    closed = closed + 1
  end})
end
local function closing(n)
  local t <close> = closer(n)
  local u = make(n)
  local f = function() u = make(n) end
  churn()
  if n > 1 then
    f()
    closing(n - 1)
  else
    coroutine.yield()
    error("failed")
  end
  check(u, n)
end
for i = 1, 16 do
  local co = coroutine.create(closing)
  coroutine.resume(co, 400)
  for j = 1, i * 40 do churn() end
  if not coroutine.close(co) or coroutine.status(co) ~= "dead" then
    bad = bad + 1
  end
end

print(closed, bad) -- expect: 6400	0

-- failed in the depth: by a coroutine.wrap, and left as it is
for i = 1, 3 do
  local f = coroutine.wrap(closing)
  f(400)
  print((select(2, pcall(f)):gsub("^.*: ", ""))) -- expect: failed
  -- expect: failed
  -- expect: failed
end
local function fail(n)
  local t = make(n)
  if n > 0 then fail(n - 1) else error(t) end
  check(t, n)
end
local dead = {}
for i = 1, 5 do
  dead[i] = coroutine.create(fail)
  local ok, e = coroutine.resume(dead[i], 600)
  check(e, 0)
  for j = 1, 200 do churn() end
end
for i = 1, 5 do
  check(select(2, debug.getlocal(dead[i], 1, 2)), 0)
  print((coroutine.close(dead[i]))) -- expect: false
  -- expect: false
  -- expect: false
  -- expect: false
  -- expect: false
end
print(closed, bad) -- expect: 7600	0

-- forgotten
for i = 1, 30 do
  local co = coroutine.wrap(go)
  co(700)
  churn()
end
collectgarbage()
print(bad) -- expect: 0
