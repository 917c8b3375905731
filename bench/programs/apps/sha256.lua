-- SHA-256 with string.pack and unpack: 32-bit logic in Lua 5.3 integers.
-- quick: 8
-- peers: lua5.4

local N = tonumber((...)) or 350

local function primes(count)
  local list, n = {}, 2
  while #list < count do
    local prime = true
    for _, p in ipairs(list) do
      if p * p > n then
        break
      elseif n % p == 0 then
        prime = false
        break
      end
    end
    if prime then
      list[#list + 1] = n
    end
    n = n + 1
  end
  return list
end

local function fraction_bits(x)
  return math.floor((x - math.floor(x)) * 2.0 ^ 32)
end

local K, INITIAL = {}, {}
for i, p in ipairs(primes(64)) do
  K[i] = fraction_bits(p ^ (1 / 3))
  if i <= 8 then
    INITIAL[i] = fraction_bits(p ^ 0.5)
  end
end

local function rotate(x, n)
  return (x >> n | x << (32 - n)) & 0xffffffff
end

local function pad(message)
  local length = #message
  local zeros = (55 - length) % 64
  return message .. "\x80" .. ("\0"):rep(zeros) .. (">I8"):pack(length * 8)
end

local FORMAT <const> = ">" .. ("I4"):rep(16)

local function compress(state, block, at)
  local w = { FORMAT:unpack(block, at) }
  for i = 17, 64 do
    local x, y = w[i - 15], w[i - 2]
    local s0 = rotate(x, 7) ~ rotate(x, 18) ~ x >> 3
    local s1 = rotate(y, 17) ~ rotate(y, 19) ~ y >> 10
    w[i] = w[i - 16] + s0 + w[i - 7] + s1 & 0xffffffff
  end
  local a, b, c, d, e, f, g, h = table.unpack(state)
  for i = 1, 64 do
    local s1 = rotate(e, 6) ~ rotate(e, 11) ~ rotate(e, 25)
    local choice = e & f ~ ~e & g
    local t1 = h + s1 + choice + K[i] + w[i]
    local s0 = rotate(a, 2) ~ rotate(a, 13) ~ rotate(a, 22)
    local majority = a & b ~ a & c ~ b & c
    h, g, f, e = g, f, e, d + t1 & 0xffffffff
    d, c, b, a = c, b, a, t1 + s0 + majority & 0xffffffff
  end
  local add = { a, b, c, d, e, f, g, h }
  for i = 1, 8 do
    state[i] = state[i] + add[i] & 0xffffffff
  end
end

local function sha256(message)
  local state = table.move(INITIAL, 1, 8, 1, {})
  local padded = pad(message)
  for at = 1, #padded, 64 do
    compress(state, padded, at)
  end
  return (("%08x"):rep(8)):format(table.unpack(state))
end

assert(sha256("abc") ==
  "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")

local digest = "weft"
for round = 1, N do
  digest = sha256(digest:rep(40) .. round)
end
print("sha256 " .. digest)
