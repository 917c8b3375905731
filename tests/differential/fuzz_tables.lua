-- Random table operations, checked by printing state as it goes.
local seed = 99
local function rnd(n) seed = (seed * 1103515245 + 12345) & 0x7fffffff return (seed >> 8) % n + 1 end
local function digest(t)
  local keys = {}
  for k, v in pairs(t) do keys[#keys + 1] = ("%s:%s=%s"):format(math.type(k) or type(k), tostring(k), tostring(v)) end
  table.sort(keys)
  local h = 0
  for _, s in ipairs(keys) do for i = 1, #s do h = (h * 31 + s:byte(i)) % 1000000007 end end
  return #keys, h
end
local function key()
  local r = rnd(8)
  if r <= 3 then return rnd(40)
  elseif r == 4 then return rnd(40) + 0.0
  elseif r == 5 then return rnd(10) + 0.5
  elseif r == 6 then return "k" .. rnd(30)
  elseif r == 7 then return -rnd(20)
  else return rnd(2) == 1 end
end
for round = 1, 40 do
  local t = {}
  for i = 1, 300 do
    local r = rnd(10)
    if r <= 5 then t[key()] = i
    elseif r <= 8 then t[key()] = nil
    elseif r == 9 then t[rnd(40)] = (t[rnd(40)] or 0)
    else local k = next(t) if k ~= nil then t[k] = t[k] end end
  end
  local n, h = digest(t)
  local copy = {}
  for k, v in pairs(t) do copy[k] = v end
  local n2, h2 = digest(copy)
  for k in pairs(copy) do if rnd(2) == 1 then copy[k] = nil end end
  print(round, n, h, n == n2 and h == h2)
end
local list, model = {}, ""
for i = 1, 400 do
  local r = rnd(6)
  if r <= 3 then
    local p = rnd(#list + 1)
    table.insert(list, p, i % 10)
    model = model:sub(1, p - 1) .. i % 10 .. model:sub(p)
  elseif r == 4 and #list > 0 then
    local p = rnd(#list)
    local v = table.remove(list, p)
    if tostring(v) ~= model:sub(p, p) then print("mismatch", i) end
    model = model:sub(1, p - 1) .. model:sub(p + 1)
  elseif r == 5 and #list > 4 then
    local a, b = rnd(#list // 2), rnd(#list // 2)
    local len = rnd(#list // 2) - 1
    local piece = model:sub(a, a + len - 1)
    table.move(list, a, a + len - 1, b)
    model = model:sub(1, b - 1) .. piece .. model:sub(b + #piece)
  else
    table.sort(list, i % 2 == 0 and function(x, y) return x > y end or nil)
    local t = {}
    for c in model:gmatch(".") do t[#t + 1] = c end
    table.sort(t, i % 2 == 0 and function(x, y) return x > y end or nil)
    model = table.concat(t)
  end
  if table.concat(list) ~= model then print("differs", i) break end
  if i % 40 == 0 then print(i, #list, model) end
end
