local function nest(n)
  return select(2, coroutine.resume(coroutine.create(function()
    if n == 0 then return "bottom" end
    return nest(n - 1)
  end)))
end
print(nest(50), nest(150)) -- expect: bottom	bottom
local function forever()
  local ok, message = coroutine.resume(coroutine.create(forever))
  if not ok then return message end
  return message
end
local m = forever()
print(type(m), m:find("C stack overflow") ~= nil) -- expect: string	true
