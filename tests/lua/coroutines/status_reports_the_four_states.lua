local co, inner
co = coroutine.create(function()
  print("self", coroutine.status(co))
  inner = coroutine.create(function() print("outer seen from inner", coroutine.status(co)) end)
  coroutine.resume(inner)
  coroutine.yield()
end)
print(coroutine.status(co)) -- expect: suspended
-- expect: self	running
-- expect: outer seen from inner	normal
coroutine.resume(co)
print(coroutine.status(co), coroutine.status(inner)) -- expect: suspended	dead
coroutine.resume(co)
print(coroutine.status(co)) -- expect: dead
print(coroutine.status(coroutine.running())) -- expect: running
local bad = coroutine.create(error)
coroutine.resume(bad, "x")
print(coroutine.status(bad)) -- expect: dead
print(pcall(coroutine.status, nil)) -- expect: false	bad argument #1 to 'coroutine.status' (thread expected, got nil)
print(pcall(coroutine.status, print)) -- expect: false	bad argument #1 to 'coroutine.status' (thread expected, got function)
