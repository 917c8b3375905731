-- 10,000 coroutines alive (N is rounds, tenths of them), each with its own
-- state, resumed in scattered order while others are born and die.
-- quick: 1
-- peers: lua5.4 luajit

local N = tonumber((...)) or 25

-- With "time" as second argument each operation is timed and the latencies
-- are printed too, in microseconds of CPU time.
local clock = select(2, ...) == "time" and os.clock
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

local ALIVE = N * 20 < 10000 and N * 20 or 10000
local function worker(id)
  local count, last = 0, { id }
  while true do
    local got = coroutine.yield(count + last[1] % 7)
    count = count + got
    last = { id + count }
    if count > 60 then
      return count
    end
  end
end
local function born(id)
  local co = coroutine.create(worker)
  coroutine.resume(co, id)
  return co
end

local list, seed, sum, ended = {}, 1, 0, 0
for i = 1, ALIVE do
  local start = clock and clock()
  list[i] = born(i)
  if start then
    note(start)
  end
end
for _ = 1, N * 20000 do
  local start = clock and clock()
  seed = (seed * 16807) % 2147483647
  local at = seed % ALIVE + 1
  local co = list[at]
  local _, value = coroutine.resume(co, seed % 5 + 1)
  sum = (sum + value) % 1000003
  if coroutine.status(co) == "dead" then
    list[at] = born(at)
    ended = ended + 1
  end
  if start then
    note(start)
  end
end
print(string.format("many_coroutines %d %d %d", ALIVE, ended, sum))
report()
