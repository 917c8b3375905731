local co = coroutine.wrap(coroutine.yield)
print(co(1, 2, 3)) print(co("result"))
local tail = coroutine.wrap(function(...) return coroutine.yield(...) end)
print(tail("a")) print(tail("b", "c"))
local w = coroutine.wrap(pcall)
print(w(coroutine.yield, "in")) print(w("out"))
local many = coroutine.wrap(function() return select("#", coroutine.yield(table.unpack({}, 1, 200))) end)
print(select("#", many())) print(many(table.unpack({}, 1, 100)))
local c = coroutine.create(print)
print(coroutine.resume(c, "direct C function", 1))
-- expect: 1	2	3
-- expect: result
-- expect: a
-- expect: b	c
-- expect: in
-- expect: true	out
-- expect: 200
-- expect: 100
-- expect: direct C function	1
-- expect: true
