-- A table grown by insertion to N scattered keys, integers and strings by turns,
-- with small tables as every fourth value; then half is removed and as much
-- inserted anew: rehashing under the clock.
-- quick: 20000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 400000

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

local t, seed = {}, 1
local function insert(i)
  seed = (seed * 16807) % 2147483647
  local key = i % 2 == 0 and seed * 4 or "k" .. seed
  t[key] = i % 4 == 0 and { i } or i
end

for i = 1, N do
  local start = clock and clock()
  insert(i)
  if start then
    note(start)
  end
end
local removed, kept, sum = 0, 0, 0
for key, v in pairs(t) do
  local i = type(v) == "table" and v[1] or v
  if i % 8 < 4 then
    t[key] = nil
    removed = removed + 1
  end
end
for i = N + 1, N + removed do
  local start = clock and clock()
  insert(i)
  if start then
    note(start)
  end
end
for _, v in pairs(t) do
  kept = kept + 1
  sum = (sum + (type(v) == "table" and v[1] or v)) % 1000003
end
print(string.format("huge_hash %d %d %d", removed, kept, sum))
report()
