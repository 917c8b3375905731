-- Weak tables: a memo with weak values, attributes under weak keys, and an
-- object registry, all under allocation pressure.
-- quick: 9000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 750000

local memo = setmetatable({}, { __mode = "v" })
local attributes = setmetatable({}, { __mode = "k" })
local registry = setmetatable({}, { __mode = "kv" })

local function point(x, y)
  local key = x * 1000 + y
  local p = memo[key]
  if not p then
    p = { x = x, y = y }
    memo[key] = p
  end
  return p
end

local held, SIZE = {}, 3000
local sum = 0
for i = 1, N do
  local p = point(i * 31 % 211, i * 17 % 97)
  local slot = i % SIZE + 1
  held[slot] = p
  attributes[p] = { weight = p.x + p.y }
  registry[p] = p
  local other = held[i * 7 % SIZE + 1]
  if other then
    sum = (sum + attributes[other].weight + (registry[other] == other and 1 or 0))
      % 1000003
  end
end

held, registry = nil, nil
collectgarbage()
collectgarbage()
local left = 0
for _ in pairs(memo) do
  left = left + 1
end
print(string.format("weak_memo %d %d", sum, left))
