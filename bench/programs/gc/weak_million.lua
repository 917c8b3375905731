-- Weak tables with N entries each: weak keys whose values refer to their keys
-- (ephemerons), weak values, both; a tenth of the objects is replaced all the
-- time, so that entries die.
-- quick: 4000
-- peers: lua5.4

local N = tonumber((...)) or 60000

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

local by_key = setmetatable({}, { __mode = "k" })
local by_value = setmetatable({}, { __mode = "v" })
local both = setmetatable({}, { __mode = "kv" })
local held, seed = {}, 1

local function put(slot, id)
  local object = { id }
  held[slot] = object
  by_key[object] = { object, id * 2 }
  by_value[id] = object
  both[object] = object
end

for i = 1, N do
  local start = clock and clock()
  put(i, i)
  if start then
    note(start)
  end
end
local sum = 0
for i = N + 1, N * 4 do
  local start = clock and clock()
  seed = (seed * 16807) % 2147483647
  put(seed % math.ceil(N / 10) + 1, i)
  local object = held[seed % N + 1]
  local entry = by_key[object]
  sum = (sum + entry[2] + entry[1][1] + by_value[object[1]][1] + both[object][1])
    % 1000003
  if start then
    note(start)
  end
end
collectgarbage()
collectgarbage()
local keys, values, pairs_left = 0, 0, 0
for _ in pairs(by_key) do
  keys = keys + 1
end
for _ in pairs(by_value) do
  values = values + 1
end
for _ in pairs(both) do
  pairs_left = pairs_left + 1
end
print(string.format("weak_million %d %d %d %d", sum, keys, values, pairs_left))
report()
