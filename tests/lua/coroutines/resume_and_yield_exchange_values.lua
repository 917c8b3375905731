local co = coroutine.create(function(a, b)
  print("start", a, b) -- expect: start	1	2
  local c, d = coroutine.yield(a + b)
  print("second", c, d)
  local e = coroutine.yield()
  print("third", e)
  return "end", nil
end)
print(coroutine.resume(co, 1, 2)) -- expect: true	3
-- expect: second	c	d
print(coroutine.resume(co, "c", "d")) -- expect: true
-- expect: third	e
print(coroutine.resume(co, "e", "dropped")) -- expect: true	end	nil
print(coroutine.resume(co)) -- expect: false	cannot resume dead coroutine
print(coroutine.status(co)) -- expect: dead
