local function producer() return coroutine.create(function() for _, l in ipairs {"x", "y", "z"} do coroutine.yield(l) end end) end
local function filter(p) return coroutine.create(function()
  local n = 1
  while true do
    local _, v = coroutine.resume(p)
    if not v then return end
    coroutine.yield(("%d:%s"):format(n, v))
    n = n + 1
  end
end) end
local p = filter(filter(producer()))
while true do
  local ok, v = coroutine.resume(p)
  if not v then print(ok, v, coroutine.status(p)) break end
  print(v) -- expect: 1:1:x
  -- expect: 2:2:y
  -- expect: 3:3:z
  -- expect: true	nil	dead
end
