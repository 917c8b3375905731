-- Data structures: balanced tree, linked list, heap, queue, set, trie.
local Tree = {}
Tree.__index = Tree
local function height(n) return n and n.h or 0 end
local function fix(n) n.h = 1 + math.max(height(n.l), height(n.r)) n.c = 1 + (n.l and n.l.c or 0) + (n.r and n.r.c or 0) return n end
local function rot_r(n) local l = n.l n.l, l.r = l.r, n fix(n) return fix(l) end
local function rot_l(n) local r = n.r n.r, r.l = r.l, n fix(n) return fix(r) end
local function balance(n)
  fix(n)
  local d = height(n.l) - height(n.r)
  if d > 1 then
    if height(n.l.l) < height(n.l.r) then n.l = rot_l(n.l) end
    return rot_r(n)
  elseif d < -1 then
    if height(n.r.r) < height(n.r.l) then n.r = rot_r(n.r) end
    return rot_l(n)
  end
  return n
end
local function insert(n, k, v)
  if not n then return {k = k, v = v, h = 1, c = 1} end
  if k < n.k then n.l = insert(n.l, k, v) elseif n.k < k then n.r = insert(n.r, k, v) else n.v = v return n end
  return balance(n)
end
local function pop_min(n) if not n.l then return n.r, n end local m n.l, m = pop_min(n.l) return balance(n), m end
local function delete(n, k)
  if not n then return nil end
  if k < n.k then n.l = delete(n.l, k) elseif n.k < k then n.r = delete(n.r, k)
  else
    if not n.r then return n.l end
    local r, m = pop_min(n.r)
    m.l, m.r = n.l, r
    return balance(m)
  end
  return balance(n)
end
local function walk(n) if n then walk(n.l) coroutine.yield(n.k, n.v) walk(n.r) end end
local root
for i = 1, 200 do root = insert(root, (i * 37) % 211, i) end
print(root.h, root.c)
for i = 1, 150 do root = delete(root, (i * 53) % 211) end
print(root.h, root.c)
local keys = {}
for k, v in coroutine.wrap(function() walk(root) end) do keys[#keys + 1] = k .. ":" .. v end
print(#keys, table.concat(keys, " "))
-- heap
local heap = {}
local function push(v)
  heap[#heap + 1] = v
  local i = #heap
  while i > 1 and heap[i] < heap[i // 2] do heap[i], heap[i // 2] = heap[i // 2], heap[i] i = i // 2 end
end
local function pop()
  local top = heap[1]
  heap[1] = heap[#heap]
  heap[#heap] = nil
  local i = 1
  while true do
    local c = 2 * i
    if not heap[c] then break end
    if heap[c + 1] and heap[c + 1] < heap[c] then c = c + 1 end
    if heap[i] <= heap[c] then break end
    heap[i], heap[c] = heap[c], heap[i]
    i = c
  end
  return top
end
for i = 1, 20 do push((i * 7919) % 101 / 2) end
while #heap > 0 do io.write(pop(), " ") end
print()
-- linked list
local list
for i = 1, 10 do list = {next = list, value = i} end
local function reverse(l) local r while l do r, l, l.next = l, l.next, r end return r end
local function tolist(l) local r = {} while l do r[#r + 1] = l.value l = l.next end return table.concat(r, "->") end
print(tolist(list)) list = reverse(list) print(tolist(list))
-- queue with two indices, holes and negative keys
local q = {first = 0, last = -1}
for i = 1, 5 do q.last = q.last + 1 q[q.last] = i * i end
for i = 1, 3 do q.first = q.first - 1 q[q.first] = -i end
while q.first <= q.last do io.write(q[q.first], " ") q[q.first] = nil q.first = q.first + 1 end
print(#q, next(q) ~= nil)
-- set operations
local Set = {}
local function set(l) local s = setmetatable({}, Set) for _, v in ipairs(l) do s[v] = true end return s end
Set.__add = function(a, b) local r = set {} for k in pairs(a) do r[k] = true end for k in pairs(b) do r[k] = true end return r end
Set.__mul = function(a, b) local r = set {} for k in pairs(a) do r[k] = b[k] end return r end
Set.__sub = function(a, b) local r = set {} for k in pairs(a) do if not b[k] then r[k] = true end end return r end
Set.__len = function(a) local n = 0 for _ in pairs(a) do n = n + 1 end return n end
Set.__le = function(a, b) for k in pairs(a) do if not b[k] then return false end end return true end
Set.__lt = function(a, b) return a <= b and not (b <= a) end
Set.__eq = function(a, b) return a <= b and b <= a end
Set.__tostring = function(a) local l = {} for k in pairs(a) do l[#l + 1] = k end table.sort(l) return "{" .. table.concat(l, ",") .. "}" end
local a, b = set {1, 2, 3, 4}, set {3, 4, 5}
print(a + b, a * b, a - b, #a, #(a + b), a <= b, a * b <= a, a * b < a, a == set {4, 3, 2, 1}, a ~= b)
-- trie
local trie = {}
local function add(w) local n = trie for c in w:gmatch(".") do n[c] = n[c] or {} n = n[c] end n.word = true end
for w in ("car card care cat dog do done"):gmatch("%a+") do add(w) end
local function dump(n, prefix, out)
  if n.word then out[#out + 1] = prefix end
  for b = 97, 122 do local c = string.char(b) if n[c] then dump(n[c], prefix .. c, out) end end
  return out
end
print(table.concat(dump(trie, "", {}), " "), #dump(trie.c, "c", {}), trie.d.o.word, trie.x)
