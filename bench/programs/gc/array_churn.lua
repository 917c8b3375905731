-- Arrays that grow by appending, are merged and dropped: merge sort and
-- breadth-first layers over fresh tables.
-- quick: 2
-- peers: lua5.4 luajit

local N = tonumber((...)) or 130

local seed = 321
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end

local function merge(a, b)
  local out, i, j = {}, 1, 1
  while a[i] and b[j] do
    if b[j] < a[i] then
      out[#out + 1] = b[j]
      j = j + 1
    else
      out[#out + 1] = a[i]
      i = i + 1
    end
  end
  for k = i, #a do
    out[#out + 1] = a[k]
  end
  for k = j, #b do
    out[#out + 1] = b[k]
  end
  return out
end

local function merge_sort(list, first, last)
  if first == last then
    return { list[first] }
  end
  local middle = math.floor((first + last) / 2)
  return merge(merge_sort(list, first, middle),
               merge_sort(list, middle + 1, last))
end

local function layers(root, limit)
  local layer, seen, count = { root }, { [root] = true }, 0
  while #layer > 0 do
    local following = {}
    for _, node in ipairs(layer) do
      count = count + 1
      for _, neighbour in ipairs { node * 2 % limit, (node * 3 + 1) % limit } do
        if not seen[neighbour] then
          seen[neighbour] = true
          following[#following + 1] = neighbour
        end
      end
    end
    layer = following
  end
  return count
end

local sum = 0
for round = 1, N do
  local list = {}
  for i = 1, 3000 do
    list[i] = random(100000)
  end
  local sorted = merge_sort(list, 1, #list)
  for i = 1, #sorted, 10 do
    sum = (sum * 31 + sorted[i]) % 1000003
  end
  sum = sum + layers(round, 4001)
end
print(string.format("array_churn %d", sum))
