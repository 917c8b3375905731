-- A token passed around a ring of coroutines: resume, yield and little else.
-- quick: 100
-- peers: lua5.4 luajit

local N = tonumber((...)) or 6000

local RING = 503

local function member(id)
  return coroutine.create(function(token)
    local seen = 0
    while true do
      seen = seen + 1
      token = coroutine.yield((token * 3 + id + seen) % 1000003)
    end
  end)
end

local ring = {}
for id = 1, RING do
  ring[id] = member(id)
end

local resume = coroutine.resume
local token = 1
for _ = 1, N do
  for id = 1, RING do
    local alive, value = resume(ring[id], token)
    assert(alive, value)
    token = value
  end
end
print(string.format("coroutine_ring %d", token))
