-- Many short-lived binary trees beside one long-lived tree.
-- quick: 8
-- peers: lua5.4 luajit

local N = tonumber((...)) or 14

local MIN_DEPTH = 4

local function build(depth)
  if depth == 0 then
    return {}
  end
  return { left = build(depth - 1), right = build(depth - 1) }
end

local function count(tree)
  if tree.left then
    return 1 + count(tree.left) + count(tree.right)
  end
  return 1
end

local stretch = count(build(N + 1))
local lasting = build(N)
local out = { string.format("stretch %d", stretch) }
local trees = 1
for _ = 1, N do
  trees = trees * 2
end
for depth = MIN_DEPTH, N, 2 do
  local nodes = 0
  for _ = 1, trees do
    nodes = nodes + count(build(depth))
  end
  out[#out + 1] = string.format("%d:%d", trees, nodes)
  trees = math.floor(trees / 4)
end
out[#out + 1] = string.format("lasting %d", count(lasting))
print("binary_trees " .. table.concat(out, " "))
