-- table.sort in its default order: integers, floats and strings.
-- quick: 4000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 190000

local seed = 7
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end

local function build(make)
  local list = {}
  for i = 1, N do
    list[i] = make(i)
  end
  return list
end

local integers = build(function() return random(1000000) end)
local floats = build(function() return random(1000000) / 1024 end)
local words = build(function()
  return string.char(97 + random(26), 97 + random(26), 97 + random(26))
    .. random(1000)
end)
local sorted = build(function(i) return i end)
local reversed = build(function(i) return N - i end)

local middle = math.floor(N / 2)
for _, list in ipairs { integers, floats, words, sorted, reversed } do
  table.sort(list)
  for i = 2, N do
    assert(not (list[i] < list[i - 1]), "not sorted")
  end
end
print(string.format("sort %d %.10f %s %d %d", integers[middle], floats[middle],
                    words[middle], sorted[middle], reversed[middle]))
