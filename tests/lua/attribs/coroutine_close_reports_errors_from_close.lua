local function c(name, err)
  return setmetatable({}, {__close = function(_, e)
    print("close " .. name, e) -- expect: close b	nil
    -- expect: close a	from b
    if err then error(err, 0) end
  end})
end
local co = coroutine.create(function()
  local a <close> = c("a")
  local b <close> = c("b", "from b")
  coroutine.yield()
end)
coroutine.resume(co)
print(coroutine.close(co)) -- expect: false	from b
print(coroutine.status(co), coroutine.close(co)) -- expect: dead	true
-- expect: close wrapped	in wrap
local co2 = coroutine.wrap(function()
  local a <close> = c("wrapped")
  error("in wrap", 0)
end)
print(pcall(co2)) -- expect: false	in wrap
