-- A least-recently-used cache: a hash beside a doubly linked list, with steady
-- insertion, lookup and eviction of old objects.
-- quick: 15000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 800000

local Cache = {}
Cache.__index = Cache

function Cache.new(capacity)
  local head, tail = {}, {}
  head.next, tail.previous = tail, head
  return setmetatable({
    capacity = capacity, size = 0, nodes = {}, head = head, tail = tail,
    evicted = 0,
  }, Cache)
end

local function unlink(node)
  node.previous.next = node.next
  node.next.previous = node.previous
end

function Cache:to_front(node)
  local head = self.head
  local second = head.next
  node.previous, node.next = head, second
  head.next, second.previous = node, node
end

function Cache:get(key)
  local node = self.nodes[key]
  if node then
    unlink(node)
    self:to_front(node)
    return node.value
  end
  return nil
end

function Cache:put(key, value)
  if self.size == self.capacity then
    local oldest = self.tail.previous
    unlink(oldest)
    self.nodes[oldest.key] = nil
    self.size = self.size - 1
    self.evicted = self.evicted + 1
  end
  local node = { key = key, value = value }
  self.nodes[key] = node
  self:to_front(node)
  self.size = self.size + 1
end

local cache = Cache.new(20000)
local seed, hits, sum = 9, 0, 0
for i = 1, N do
  seed = (seed * 16807) % 2147483647
  local key = seed % 1000 * (seed % 89)
  local value = cache:get(key)
  if value then
    hits = hits + 1
    sum = (sum + value) % 1000003
  else
    cache:put(key, i % 1000)
  end
end
print(string.format("lru_cache %d %d %d", hits, cache.evicted, sum))
