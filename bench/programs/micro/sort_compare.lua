-- table.sort with comparators: a native function calling back into Lua.
-- quick: 2000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 90000

local seed = 11
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end

local people = {}
for i = 1, N do
  people[i] = {
    id = i,
    age = 18 + random(60),
    name = string.char(65 + random(26), 97 + random(26), 97 + random(26)),
  }
end

local function signature()
  local sum = 0
  for i, person in ipairs(people) do
    sum = (sum * 17 + person.id + i) % 1000003
  end
  return sum
end

table.sort(people, function(a, b) return a.id > b.id end)
local by_id = signature()
table.sort(people, function(a, b)
  if a.age ~= b.age then
    return a.age < b.age
  end
  return a.id < b.id
end)
local by_age = signature()
table.sort(people, function(a, b)
  if a.name ~= b.name then
    return a.name < b.name
  elseif a.age ~= b.age then
    return a.age > b.age
  end
  return a.id < b.id
end)
print(string.format("sort_compare %d %d %d", by_id, by_age, signature()))
