local t = setmetatable({}, {__mode = "k"})
local function fill()
  local kept = {}
  for i = 1, 100 do
    local key = {}
    t[key] = i
    if i % 2 == 0 then kept[#kept + 1] = key end
  end
  return kept
end
local function traverse()
  local count = 0
  for k, v in pairs(t) do
    count = count + 1
    if count == 10 then collectgarbage() end
  end
  return count
end
local kept = fill()
local count = traverse()
print(count >= 50 and count <= 100, #kept) -- expect: true	50
kept = nil
collectgarbage()
print(next(t)) -- expect: nil
