-- A live heap of number arrays, long and short: memory per element counts.
-- quick: 1
-- peers: lua5.4 luajit

local N = tonumber((...)) or 56

local long, short = {}, {}
for i = 1, N do
  local list = {}
  for k = 1, 100000 do
    list[k] = k * i % 1000
  end
  long[i] = list
  for _ = 1, 3000 do
    short[#short + 1] = { i, i + 1, i + 2, i + 3, i / 2, i / 4 }
  end
end
local sum = 0.0
for stride = 2, 7 do
  for i, list in ipairs(long) do
    for k = i, #list, stride do
      sum = sum + list[k]
    end
  end
end
for _, list in ipairs(short) do
  for _, value in ipairs(list) do
    sum = sum + value
  end
end
print(string.format("heap_arrays %d %d %.3f", #long, #short, sum))
