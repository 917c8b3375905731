local co = coroutine.create(function() return 1 end)
print(coroutine.resume(co)) print(coroutine.resume(co)) print(coroutine.resume(co)) -- expect: true	1
-- expect: false	cannot resume dead coroutine
-- expect: false	cannot resume dead coroutine
local self
self = coroutine.create(function() return coroutine.resume(self) end)
print(coroutine.resume(self)) -- expect: true	false	cannot resume non-suspended coroutine
local outer
outer = coroutine.create(function()
  return coroutine.resume(coroutine.create(function() return coroutine.resume(outer) end))
end)
print(coroutine.resume(outer)) -- expect: true	true	false	cannot resume non-suspended coroutine
print(coroutine.resume(coroutine.running())) -- expect: false	cannot resume non-suspended coroutine
print(pcall(coroutine.resume, 5)) -- expect: false	bad argument #1 to 'coroutine.resume' (thread expected, got number)
print(pcall(coroutine.create, 5)) -- expect: false	bad argument #1 to 'coroutine.create' (function expected, got number)
print(pcall(coroutine.create)) -- expect: false	bad argument #1 to 'coroutine.create' (function expected, got no value)
print(pcall(coroutine.wrap, nil)) -- expect: false	bad argument #1 to 'coroutine.wrap' (function expected, got nil)
