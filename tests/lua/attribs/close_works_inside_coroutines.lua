local function c(name)
  return setmetatable({}, {__close = function(_, e) print("close " .. name, e) end})
end
local co = coroutine.wrap(function()
  local x <close> = c "x"
  coroutine.yield(1)
  local y <close> = c "y"
  coroutine.yield(2)
  return 3
end)
print(co()) print(co()) print(co()) -- expect: 1
-- expect: 2
-- expect: close y	nil
-- expect: close x	nil
-- expect: 3
local co2 = coroutine.create(function()
  local x <close> = c "x2"
  coroutine.yield("in")
end)
print(coroutine.resume(co2)) -- expect: true	in
-- expect: close x2	nil
print(coroutine.close(co2), coroutine.status(co2)) -- expect: true	dead
local co3 = coroutine.create(function()
  local x <close> = c "x3"
  error("inside", 0)
end)
print(coroutine.resume(co3)) -- expect: false	inside
-- expect: close x3	inside
print(coroutine.close(co3)) -- expect: false	inside
