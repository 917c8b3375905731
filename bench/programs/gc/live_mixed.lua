-- A small service with N records alive: an index by name, records with lists,
-- closures and coroutines, and a stream of requests that read and replace them.
-- quick: 2000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 30000

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

local by_name, by_id, seed, sum = {}, {}, 1, 0
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n + 1
end
local function record(id)
  local total = 0
  local r = { id = id, name = "record " .. id, tags = { id % 7, id % 11 },
              left = by_id[random(N)] }
  r.add = function(n)
    total = total + n
    return total
  end
  if id % 10 == 0 then
    r.task = coroutine.wrap(function()
      local n = id
      while true do
        n = (n * 5 + coroutine.yield(n)) % 9973
      end
    end)
    r.task()
  end
  if r.left then
    r.left.left = nil
  end
  return r
end

for i = 1, N do
  local start = clock and clock()
  local r = record(i)
  by_id[i] = r
  by_name[r.name] = r
  if start then
    note(start)
  end
end
for i = 1, N * 8 do
  local start = clock and clock()
  local id = random(N)
  local r = by_name["record " .. id]
  sum = (sum + r.add(i % 13) + r.tags[1] + #r.name) % 1000003
  if r.task then
    sum = (sum + r.task(i % 3)) % 1000003
  end
  local reply = { status = 200, body = string.format("%d:%s", sum, r.name) }
  sum = (sum + #reply.body) % 1000003
  if i % 4 == 0 then
    local new = record(id)
    by_id[id] = new
    by_name[new.name] = new
  end
  if start then
    note(start)
  end
end
print(string.format("live_mixed %d", sum))
report()
