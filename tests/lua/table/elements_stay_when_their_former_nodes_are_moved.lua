-- Nodes that gave their values to the array, but for their keys, are left
-- behind when others follow; what they no longer hold must not be copied.
local t = {}
for i = 10792, 4914, -1 do t[i] = i end
for i = 1, 8409 do t[i] = i end
for i = 20517, 8410, -1 do t[i] = i end
local lost = 0
for i = 1, 20517 do
  if t[i] ~= i then lost = lost + 1 end
end
print(lost, #t) -- expect: 0	20517

-- Any order of three stretches, up and down.
local function check(a, b, n)
  local u, bad = {}, 0
  for i = b, a, -1 do u[i] = i end
  for i = 1, a + (b - a) // 2 do u[i] = i end
  for i = n, a + (b - a) // 2 + 1, -1 do u[i] = i end
  for i = 1, n do
    if u[i] ~= i then bad = bad + 1 end
  end
  return bad
end
local bad = 0
for k = 1, 40 do
  bad = bad + check(1000 + k * 97, 6000 + k * 131, 9000 + k * 301)
end
print(bad) -- expect: 0
