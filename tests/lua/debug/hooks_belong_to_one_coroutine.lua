local log = {}
local co = coroutine.create(function() local x = 1
  coroutine.yield()
  x = 2
end)
debug.sethook(co, function(e, l) log[#log + 1] = e end, "l")
coroutine.resume(co)
local first = #log
local y = 1
y = 2
coroutine.resume(co)
print(first > 0, #log > first, debug.gethook() == nil, (debug.gethook(co)) ~= nil) -- expect: true	true	true	true
debug.sethook(co)
print(debug.gethook(co)) -- expect: nil
