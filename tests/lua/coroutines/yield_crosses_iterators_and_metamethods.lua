local function iter(n, i) coroutine.yield("iter " .. i) if i < n then return i + 1 end end
local t = setmetatable({}, {__index = function(_, k) return coroutine.yield("index " .. k) end,
  __call = function(_, x) return coroutine.yield("call " .. x) end})
local co = coroutine.wrap(function()
  local sum = 0
  for i in iter, 2, 0 do sum = sum + i end
  local v = t.field
  local w = t(5)
  return sum, v, w
end)
print(co()) print(co()) print(co()) print(co()) print(co("fieldvalue")) print(co("callvalue")) -- expect: iter 0
-- expect: iter 1
-- expect: iter 2
-- expect: index field
-- expect: call 5
-- expect: 3	fieldvalue	callvalue
