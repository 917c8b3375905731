-- A live heap of small records that point at each other: memory per table and
-- marking count.
-- quick: 1
-- peers: lua5.4 luajit

local N = tonumber((...)) or 20

local records = {}
for i = 1, N * 20000 do
  records[i] = {
    id = i, weight = i % 17, score = i / 4,
    friend = records[(i * 7919) % 30000 + 1],
  }
end
local sum, distance = 0.0, 0
for i, record in ipairs(records) do
  sum = sum + record.weight * record.score
  local hops, at = 0, record
  while at.friend and hops < 5 do
    at = at.friend
    hops = hops + 1
  end
  distance = distance + hops + at.id % 3
  record.hops = hops
end
print(string.format("heap_tables %d %.3f %d", #records, sum, distance))
