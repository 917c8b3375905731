-- Heapsort of floats in place: array reads and writes with computed indices.
-- quick: 12000
-- peers: lua5.4 luajit

local N = tonumber((...)) or 400000

local floor = math.floor

local function random_floats(n)
  local seed, values = 42, {}
  for i = 1, n do
    seed = (seed * 16807) % 2147483647
    values[i] = seed / 2147483647
  end
  return values
end

local function sift_down(heap, root, last)
  local value = heap[root]
  local child = root * 2
  while child <= last do
    if child < last and heap[child] < heap[child + 1] then
      child = child + 1
    end
    if value >= heap[child] then
      break
    end
    heap[root] = heap[child]
    root, child = child, child * 2
  end
  heap[root] = value
end

local function heapsort(values)
  local n = #values
  for root = floor(n / 2), 1, -1 do
    sift_down(values, root, n)
  end
  for last = n, 2, -1 do
    values[1], values[last] = values[last], values[1]
    sift_down(values, 1, last - 1)
  end
end

local values = random_floats(N)
heapsort(values)
for i = 2, N do
  assert(values[i - 1] <= values[i], "not sorted")
end
print(string.format("heapsort %.9f %.9f %.9f", values[1],
                    values[floor(N / 2)], values[N]))
