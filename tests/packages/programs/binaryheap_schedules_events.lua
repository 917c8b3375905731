local heap = require "binaryheap"

local state = 7
local function random(n)
  state = (state * 1103515245 + 12345) & 0x7fffffff
  return state % n + 1
end

local queue = heap.minHeap()
for _ = 1, 500 do
  queue:insert(random(1000))
end
local last, sorted = 0, true
for _ = 1, 500 do
  local value = queue:pop()
  sorted = sorted and last <= value
  last = value
end
print(sorted, queue:peek(), queue:pop())

local events = heap.minUnique()
for i = 1, 50 do
  events:insert(random(1000), "event " .. i)
end
for i = 1, 50, 3 do
  events:update("event " .. i, random(2000))
end
for i = 2, 50, 7 do
  print(events:remove("event " .. i))
end
print(events:size(), events:peek())
while events:size() > 0 do
  print(events:pop())
end
local words = heap.maxUnique(function(a, b) return #a > #b end)
for w in ("a tree of binary words grows downwards"):gmatch("%a+") do
  words:insert(w, w:upper())
end
print(words:peekValue(), words:valueByPayload("TREE"))
print(pcall(words.insert, words, "again", "TREE"))
print(pcall(words.update, words, "TREE", nil))
