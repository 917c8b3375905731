-- Short-lived strings, short and long, most of them new. Of the N strings that
-- the loop keeps, the last SIZE (second argument) live, so each slot of this
-- window is replaced N / SIZE - 1 times: 4 or more for one that really turns.
-- quick: 9000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 600000
local SIZE = tonumber((select(2, ...))) or 512

-- With "time" as third argument each operation is timed and the latencies
-- are printed too, in microseconds of CPU time.
local clock = select(3, ...) == "time" and os.clock
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

local window = {}
local length, sum = 0, 0
for i = 1, N do
  local start = clock and clock()
  local key = "key:" .. i % 5000
  local value = key .. "=" .. i * 7 .. ";"
  if i % 16 == 0 then
    value = value:rep(12)
  end
  local slot = i % SIZE + 1
  local old = window[slot]
  if old then
    length = length + #old
    sum = (sum * 31 + old:byte(-2)) % 1000003
  end
  window[slot] = value:sub(3) .. value:upper():sub(1, 6)
  if start then
    note(start)
  end
end
print(string.format("string_churn %d %d", length, sum))
report()
