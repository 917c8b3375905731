-- The table library and iteration: insert, remove, concat, unpack, pairs,
-- ipairs, next, the length operator, deletion while traversing.
-- quick: 15
-- peers: lua5.4 luajit

local N = tonumber((...)) or 1000

local insert, remove, concat = table.insert, table.remove, table.concat

local function stack_and_queue(n)
  local items, sum = {}, 0
  for i = 1, n do
    insert(items, i)
  end
  for i = 1, 20 do
    insert(items, 1, i)
  end
  for _ = 1, 20 do
    sum = sum + remove(items, 1)
  end
  while #items > 0 do
    sum = sum + remove(items)
  end
  return sum
end

local function keyed(n)
  local map, sum = {}, 0
  for i = 1, n do
    map["key" .. i] = i
  end
  for key, value in pairs(map) do
    sum = sum + #key + value
  end
  for key, value in pairs(map) do
    if value % 3 == 0 then
      map[key] = nil
    end
  end
  local left = 0
  for _ in next, map do
    left = left + 1
  end
  return sum + left
end

local function sparse(n)
  local cells, count = {}, 0
  for i = 1, n do
    cells[(i * 7919) % 100003] = i
  end
  for place, value in pairs(cells) do
    count = count + (place + value) % 5
  end
  return count
end

local function joined(n)
  local list = {}
  for i = 1, n do
    list[#list + 1] = i % 100
  end
  local sum = #concat(list, ",")
  for _, value in ipairs(list) do
    sum = sum + value
  end
  return sum
end

local total = 0
for round = 1, N do
  total = total + stack_and_queue(400) + keyed(300) + sparse(400)
    + joined(500 + round % 10)
end
print(string.format("table_ops %d", total))
