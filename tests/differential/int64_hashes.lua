-- 64-bit integer arithmetic: hashes, generators, bit tricks.
local function fnv1a(s)
  local h = 0xcbf29ce484222325
  for i = 1, #s do h = (h ~ s:byte(i)) * 0x100000001b3 end
  return h
end
local function xorshift(seed)
  local x = seed
  return function()
    x = x ~ (x << 13)
    x = x ~ (x >> 7)
    x = x ~ (x << 17)
    return x
  end
end
local function splitmix(seed)
  return function()
    seed = seed + 0x9e3779b97f4a7c15
    local z = seed
    z = (z ~ (z >> 30)) * 0xbf58476d1ce4e5b9
    z = (z ~ (z >> 27)) * 0x94d049bb133111eb
    return z ~ (z >> 31)
  end
end
local function popcount(x)
  x = x - ((x >> 1) & 0x5555555555555555)
  x = (x & 0x3333333333333333) + ((x >> 2) & 0x3333333333333333)
  x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f
  return (x * 0x0101010101010101) >> 56
end
local function rotl(x, n) return (x << n) | (x >> (64 - n)) end
local function udivmod(a, b)
  local q = ((a >> 1) // b) << 1
  local r = a - q * b
  if not math.ult(r, b) then q, r = q + 1, r - b end
  return q, r
end
local function udec(x)
  if x >= 0 then return tostring(x) end
  local q, r = udivmod(x, 10)
  return udec(q) .. r
end
for _, s in ipairs {"", "a", "foobar", "The quick brown fox"} do
  local h = fnv1a(s)
  print(("%s %016x %d %s"):format(s, h, h, udec(h)):sub(1, 90))
end
local r = xorshift(88172645463325252)
for i = 1, 8 do io.write(r(), i % 2 == 0 and "\n" or " ") end
local sm = splitmix(42)
for i = 1, 8 do io.write(("%016x"):format(sm()), i % 4 == 0 and "\n" or " ") end
local total = 0
for i = 1, 2000 do total = total + popcount(sm()) end
print("bits", total)
for _, x in ipairs {0, 1, -1, math.mininteger, math.maxinteger, 0xff00ff00} do
  print(x, popcount(x), udec(x), ("%x"):format(rotl(x, 8)), x // 3, x % 7, x * x, -x, ~x, x >> 1, x << 1)
end
local sum, xor, prod = 0, 0, 1
for i = -50, 50 do
  local v = i * 0x0123456789abcdef
  sum, xor = sum + v, xor ~ v
  if i ~= 0 then prod = prod * (2 * i + 1) end
end
print(sum, xor, prod)
for _, b in ipairs {49, 50, 51, 52, 53, 61, 62, 63} do
  local p = 1 << b
  print(b, p, p - 1, p + 1, -p, -p - 1, p // 3, p % 1000, (p - 1) + 1 == p, p + 0.0 == p, p | 1, p < p + 1, p * 2)
end
local keys = {}
for b = 40, 63 do keys[1 << b] = b keys[-(1 << b)] = -b end
for b = 40, 63 do io.write(tostring(keys[1 << b]), "/", tostring(keys[-(1 << b)]), " ") end
print()
for i = math.maxinteger - 2, math.maxinteger do io.write(i, " ") end
for i = math.mininteger + 2, math.mininteger, -1 do io.write(i, " ") end
for i = (1 << 50) - 2, (1 << 50) + 2 do io.write(i, " ") end
print()
print(math.maxinteger // -1, math.mininteger // -1, math.mininteger % -1, math.tointeger(2.0^62), 2^63 == math.mininteger, -2^63 == math.mininteger)
