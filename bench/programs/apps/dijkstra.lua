-- Shortest paths over a random road map: adjacency lists, a binary heap with
-- lazy deletion, path reconstruction.
-- quick: 700
-- peers: lua5.4 luajit

local N = tonumber((...)) or 26000

local floor = math.floor

local seed = 31337
local function random(n)
  seed = (seed * 16807) % 2147483647
  return seed % n
end

local function connect(graph, from, to, cost)
  local edges = graph[from]
  edges[#edges + 1] = { to = to, cost = cost }
end

local function build(n)
  local graph = {}
  for i = 1, n do
    graph[i] = {}
  end
  for i = 1, n do
    for _ = 1, 4 do
      local j = random(n) + 1
      local cost = 1 + random(100)
      connect(graph, i, j, cost)
      connect(graph, j, i, cost)
    end
    connect(graph, i, i % n + 1, 150)
  end
  return graph
end

local Queue = {}
Queue.__index = Queue

function Queue.new()
  return setmetatable({ nodes = {}, keys = {}, size = 0 }, Queue)
end

function Queue:push(node, key)
  local nodes, keys = self.nodes, self.keys
  local at = self.size + 1
  self.size = at
  while at > 1 do
    local up = floor(at / 2)
    if keys[up] <= key then
      break
    end
    nodes[at], keys[at] = nodes[up], keys[up]
    at = up
  end
  nodes[at], keys[at] = node, key
end

function Queue:pop()
  local nodes, keys, size = self.nodes, self.keys, self.size
  local node, key = nodes[1], keys[1]
  local last_node, last_key = nodes[size], keys[size]
  size = size - 1
  self.size = size
  local at, child = 1, 2
  while child <= size do
    if child < size and keys[child + 1] < keys[child] then
      child = child + 1
    end
    if last_key <= keys[child] then
      break
    end
    nodes[at], keys[at] = nodes[child], keys[child]
    at, child = child, child * 2
  end
  nodes[at], keys[at] = last_node, last_key
  return node, key
end

local function shortest(graph, start)
  local distance, previous, queue = { [start] = 0 }, {}, Queue.new()
  queue:push(start, 0)
  while queue.size > 0 do
    local node, so_far = queue:pop()
    if so_far == distance[node] then
      for _, edge in ipairs(graph[node]) do
        local length = so_far + edge.cost
        local known = distance[edge.to]
        if not known or length < known then
          distance[edge.to] = length
          previous[edge.to] = node
          queue:push(edge.to, length)
        end
      end
    end
  end
  return distance, previous
end

local graph = build(N)
local sum, farthest = 0, 0
for _, start in ipairs { 1, floor(N / 2), N } do
  local distance, previous = shortest(graph, start)
  for node = 1, N do
    sum = (sum * 3 + distance[node]) % 1000003
    farthest = math.max(farthest, distance[node])
    local back = previous[node]
    assert(back or node == start, "unreachable")
    assert(node == start or distance[back] < distance[node])
  end
end
print(string.format("dijkstra %d %d", sum, farthest))
