-- An array grown by appending to N slots, every second one a new table, then
-- overwritten here and there: one growing part, scanned in slices.
-- quick: 20000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 1500000

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

local list = {}
for i = 1, N do
  local start = clock and clock()
  list[i] = i % 2 == 0 and { i } or i
  if start then
    note(start)
  end
end
local at, sum = 1, 0
for i = 1, N do
  local start = clock and clock()
  at = (at * 16807) % 2147483647
  local slot = at % N + 1
  local old = list[slot]
  list[slot] = { type(old) == "table" and old[1] or old }
  if start then
    note(start)
  end
end
for i = 1, #list do
  local v = list[i]
  sum = (sum * 3 + (type(v) == "table" and v[1] or v)) % 1000003
end
print(string.format("huge_array %d %d", #list, sum))
report()
