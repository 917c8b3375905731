-- A live heap of strings: many short ones as keys, fewer long ones as values.
-- quick: 1
-- peers: lua5.4 luajit

local N = tonumber((...)) or 45

local index, names, bodies = {}, {}, {}
local body = ("0123456789abcdef"):rep(8)
for i = 1, N * 10000 do
  local name = "name_" .. i * 37
  names[i] = name
  index[name] = i
  if i % 8 == 0 then
    bodies[#bodies + 1] = body .. i
  end
end
local sum, length = 0, 0
for i, name in ipairs(names) do
  sum = (sum + index[name] * (i % 5)) % 1000003
end
for _, text in ipairs(bodies) do
  length = length + #text
end
print(string.format("heap_strings %d %d %d", #names, sum, length))
