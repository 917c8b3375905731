-- N live strings beside which short-lived ones are made and dropped: interning,
-- the intern table growing and shrinking, string churn over a large live set.
-- quick: 5000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 200000

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

local live, seed, sum = {}, 1, 0
for i = 1, N do
  local start = clock and clock()
  live[i] = "live string number " .. i
  if start then
    note(start)
  end
end
for i = 1, N * 4 do
  local start = clock and clock()
  seed = (seed * 16807) % 2147483647
  local s = "short-lived " .. seed % 100000
  local upper = s:sub(3, 9):upper() .. i
  if seed % 16 == 0 then
    live[seed % N + 1] = upper
  end
  sum = (sum + #s + #upper + live[i % N + 1]:byte(-1)) % 1000003
  if start then
    note(start)
  end
end
local count = 0
for i = 1, #live do
  count = (count * 7 + #live[i]) % 1000003
end
print(string.format("live_strings %d %d", sum, count))
report()
