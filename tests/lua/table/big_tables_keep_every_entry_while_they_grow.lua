-- Growing a big hash part takes many insertions; meanwhile every entry can be
-- read, changed, removed and traversed.
local t, removed = {}, 0
local function traverse()
  local n, m = 0, 0
  for k, v in pairs(t) do
    n = n + 1
    t[k] = v -- existing keys may be assigned to
  end
  local k = next(t)
  while k ~= nil do
    m = m + 1
    k = next(t, k)
  end
  return n == m and n
end

for i = 1, 30000 do
  t["k" .. i] = i
  t[i * 1009] = i
  if i % 3 == 0 then
    t["k" .. i - 1] = nil
    removed = removed + 1
  end
  if i % 1500 == 0 then
    assert(traverse() == 2 * i - removed, i)
  end
end
print(traverse()) -- expect: 50000
local wrong = 0
for i = 1, 30000 do
  if t["k" .. i] ~= (i % 3 ~= 2 and i or nil) or t[i * 1009] ~= i then
    wrong = wrong + 1
  end
end
print(wrong) -- expect: 0

-- Emptied during a traversal, and filled again with other keys.
for k in pairs(t) do
  t[k] = nil
end
print(next(t)) -- expect: nil
for i = 1, 20000 do
  t[-i] = i
  t[i / 4 + 0.1] = i
end
print(traverse()) -- expect: 40000

-- An object on the way to other objects through an __index that is growing.
local base, sum = {}, 0
local object = setmetatable({}, {__index = base})
for i = 1, 20000 do
  base["m" .. i] = i
  base.last = i
  sum = sum + (object["m" .. i // 2] or 0) + object.last
end
print(sum) -- expect: 300010000
