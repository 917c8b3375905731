-- Knuth's 64-bit linear congruential generator and a splitmix finaliser:
-- multiply, add and shift with wraparound. Needs Lua 5.3 integers.
-- quick: 300000
-- peers: lua5.4

local N = tonumber((...)) or 18000000

local function scramble(z)
  z = (z ~ (z >> 30)) * 0xbf58476d1ce4e5b9
  z = (z ~ (z >> 27)) * 0x94d049bb133111eb
  return z ~ (z >> 31)
end

local state, buckets = 1, {}
for i = 0, 15 do
  buckets[i] = 0
end
for i = 1, N do
  state = state * 6364136223846793005 + 1442695040888963407
  local top = state >> 60
  buckets[top] = buckets[top] + 1
  if i & 3 == 0 then
    state = state ~ scramble(i)
  end
end
local digest = 0
for i = 0, 15 do
  digest = digest * 31 + buckets[i]
end
print(string.format("lcg64 %016x %d", state, digest))
