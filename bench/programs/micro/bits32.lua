-- CRC-32, Adler-32 and population counts: bit operators on integers below 2^32.
-- Needs the operators of Lua 5.3 and later.
-- quick: 50
-- peers: lua5.4

local N = tonumber((...)) or 2600

local crc_table = {}
for i = 0, 255 do
  local c = i
  for _ = 1, 8 do
    if c & 1 == 1 then
      c = (c >> 1) ~ 0xEDB88320
    else
      c = c >> 1
    end
  end
  crc_table[i] = c
end

local function crc32(text)
  local crc = 0xFFFFFFFF
  for i = 1, #text do
    crc = (crc >> 8) ~ crc_table[(crc ~ text:byte(i)) & 0xFF]
  end
  return crc ~ 0xFFFFFFFF
end

local function adler32(text)
  local a, b = 1, 0
  for i = 1, #text do
    a = (a + text:byte(i)) % 65521
    b = (b + a) % 65521
  end
  return b << 16 | a
end

local function popcount(x)
  x = x - (x >> 1 & 0x55555555)
  x = (x & 0x33333333) + (x >> 2 & 0x33333333)
  x = x + (x >> 4) & 0x0F0F0F0F
  return (x * 0x01010101 & 0xFFFFFFFF) >> 24
end

local text = ("All work and no play makes a dull machine. "):rep(40)
local crc, adler, bits = 0, 0, 0
for round = 1, N do
  local sample = text:sub(1 + round % 50)
  crc = crc ~ crc32(sample)
  adler = (adler + adler32(sample)) & 0xFFFFFFFF
  for i = 1, 1000 do
    bits = bits + popcount(i * round)
  end
end
print(string.format("bits32 %08x %08x %d", crc, adler, bits))
