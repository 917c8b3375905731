-- 64-bit xorshift generators: shifts and exclusive ors over the whole integer
-- range. Needs the integers of Lua 5.3 and later.
-- quick: 200000
-- peers: lua5.4

local N = tonumber((...)) or 9000000

local function xorshift64(state)
  state = state ~ (state << 13)
  state = state ~ (state >> 7)
  return state ~ (state << 17)
end

local function xorshift128plus(n, a, b)
  local sum = 0
  for _ = 1, n do
    local s, t = a, b
    a = t
    s = s ~ (s << 23)
    s = s ~ t ~ (s >> 18) ~ (t >> 5)
    b = s
    sum = sum + (s + t)
  end
  return sum
end

local state = 88172645463325252
for _ = 1, N do
  state = xorshift64(state)
end
print(string.format("xorshift %d %016x", state, xorshift128plus(N, state, 1)))
