local co = coroutine.create(function() coroutine.yield() end)
coroutine.resume(co)
print(coroutine.close(co), coroutine.status(co), coroutine.resume(co)) -- expect: true	dead	false	cannot resume dead coroutine
print(coroutine.close(coroutine.create(print))) -- expect: true
local failed = coroutine.create(function() error("E", 0) end)
coroutine.resume(failed)
print(coroutine.close(failed)) print(coroutine.close(failed)) -- expect: false	E
-- expect: true
print(pcall(coroutine.close, coroutine.running())) -- expect: false	cannot close a running coroutine
local outer
outer = coroutine.wrap(function()
  local me = coroutine.running()
  coroutine.wrap(function() print(pcall(coroutine.close, me)) end)() -- expect: false	cannot close a normal coroutine
end)
outer()
print(pcall(coroutine.close, nil)) -- expect: false	bad argument #1 to 'coroutine.close' (thread expected, got nil)
