-- A persistent search tree (treap): each update copies a path and shares the
-- rest; old versions stay reachable for a while.
-- quick: 1000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 40000

local function node(key, value, priority, left, right)
  return {
    key = key, value = value, priority = priority, left = left, right = right,
  }
end

local function insert(tree, key, value, priority)
  if not tree then
    return node(key, value, priority)
  elseif key == tree.key then
    return node(key, value, tree.priority, tree.left, tree.right)
  elseif key < tree.key then
    local left = insert(tree.left, key, value, priority)
    if left.priority > tree.priority then
      return node(left.key, left.value, left.priority, left.left,
                  node(tree.key, tree.value, tree.priority, left.right,
                       tree.right))
    end
    return node(tree.key, tree.value, tree.priority, left, tree.right)
  end
  local right = insert(tree.right, key, value, priority)
  if right.priority > tree.priority then
    return node(right.key, right.value, right.priority,
                node(tree.key, tree.value, tree.priority, tree.left,
                     right.left),
                right.right)
  end
  return node(tree.key, tree.value, tree.priority, tree.left, right)
end

local function find(tree, key)
  while tree and tree.key ~= key do
    tree = key < tree.key and tree.left or tree.right
  end
  return tree and tree.value
end

local function size(tree)
  return tree and 1 + size(tree.left) + size(tree.right) or 0
end

local seed = 1
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end

local versions, current, sum = {}, nil, 0
for i = 1, N do
  current = insert(current, random(20000), i, random(1000000000))
  versions[i % 200 + 1] = current
  local old = versions[random(200) + 1]
  sum = (sum + (find(old, random(20000)) or 1)) % 1000003
end
print(string.format("persistent_map %d %d %d", size(current),
                    size(versions[1]), sum))
