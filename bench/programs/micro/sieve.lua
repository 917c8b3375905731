-- Sieve of Eratosthenes: one flat array, written and read by integer index.
-- quick: 200000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 8000000

local function sieve(limit)
  local composite = {}
  for i = 1, limit do
    composite[i] = false
  end
  local count, sum = 0, 0
  for i = 2, limit do
    if not composite[i] then
      count = count + 1
      sum = (sum + i) % 1000000007
      for j = i * i, limit, i do
        composite[j] = true
      end
    end
  end
  return count, sum
end

print(string.format("sieve %d %d", sieve(N)))
