-- Generators: coroutine.wrap under for-in, recursive walks and pipelines.
-- quick: 15
-- peers: lua5.4 luajit

local N = tonumber((...)) or 1000

local yield, wrap = coroutine.yield, coroutine.wrap

local function range(first, last)
  return wrap(function()
    for i = first, last do
      yield(i)
    end
  end)
end

local function keep(source, wanted)
  return wrap(function()
    for value in source do
      if wanted(value) then
        yield(value)
      end
    end
  end)
end

local function pairwise(source)
  return wrap(function()
    local previous
    for value in source do
      if previous then
        yield(previous, value)
      end
      previous = value
    end
  end)
end

local function permute(list, n)
  if n == 1 then
    yield(list)
  else
    for i = 1, n do
      list[i], list[n] = list[n], list[i]
      permute(list, n - 1)
      list[i], list[n] = list[n], list[i]
    end
  end
end

local function permutations(list)
  return wrap(function() permute(list, #list) end)
end

local function insert(tree, key)
  if not tree then
    return { key = key }
  elseif key < tree.key then
    tree.left = insert(tree.left, key)
  else
    tree.right = insert(tree.right, key)
  end
  return tree
end

local function walk(tree)
  if tree then
    walk(tree.left)
    yield(tree.key)
    walk(tree.right)
  end
end

local tree
local seed = 5
for _ = 1, 400 do
  seed = (seed * 16807) % 2147483647
  tree = insert(tree, seed % 10007)
end

local sum = 0
for round = 1, N do
  local odd = keep(range(1, 900), function(n) return n % (round % 7 + 2) > 0 end)
  for a, b in pairwise(odd) do
    sum = (sum + a * b) % 1000003
  end
  for list in permutations { 1, 2, 3, 4, 5, 6 } do
    sum = (sum * 7 + list[1] * list[6]) % 1000003
  end
  for key in wrap(function() walk(tree) end) do
    sum = (sum * 5 + key) % 1000003
  end
end
print(string.format("generators %d", sum))
