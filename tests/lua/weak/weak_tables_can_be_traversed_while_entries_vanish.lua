local t = setmetatable({}, {__mode = "k"})
for i = 1, 100 do t[{}] = i end
local count = 0
for k, v in pairs(t) do
  count = count + 1
  if count == 10 then collectgarbage() end
end
print(count >= 10 and count <= 100) -- expect: true
collectgarbage()
print(next(t)) -- expect: nil
local cache = setmetatable({}, {__mode = "v"})
local function get(n) local r = cache[n] if not r then r = {n = n} cache[n] = r end return r end
local a = get(1)
print(get(1) == a, get(2).n) -- expect: true	2
collectgarbage()
print(cache[1] == a, cache[2]) -- expect: true	nil
