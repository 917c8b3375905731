-- FNV-1a over the bytes of strings: 64-bit wrapping multiplication.
-- Needs the integers of Lua 5.3 and later.
-- quick: 2500
-- peers: lua5.4

local N = tonumber((...)) or 140000

local BASIS <const> = 0xcbf29ce484222325
local PRIME <const> = 0x100000001b3

local function fnv1a(text)
  local hash = BASIS
  for i = 1, #text do
    hash = (hash ~ text:byte(i)) * PRIME
  end
  return hash
end

local samples = {}
for i = 1, 32 do
  samples[i] = ("sample %d of a text to be hashed; "):format(i):rep(i % 5 + 1)
end

local mixed = 0
for round = 1, N do
  mixed = mixed * 31 + fnv1a(samples[round % #samples + 1])
end
print(string.format("fnv1a %016x %016x", fnv1a("weft"), mixed))
