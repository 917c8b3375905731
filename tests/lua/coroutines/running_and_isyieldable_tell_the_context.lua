local main, ismain = coroutine.running()
print(type(main), ismain, coroutine.isyieldable()) -- expect: thread	true	false
local co
co = coroutine.create(function()
  local c, m = coroutine.running()
  print(c == co, m, coroutine.isyieldable()) -- expect: true	false	true
  print(coroutine.isyieldable(co), coroutine.isyieldable(main)) -- expect: true	false
  table.sort({2, 1}, function() print("in sort", coroutine.isyieldable()) return false end) -- expect: in sort	false
  print(pcall(coroutine.isyieldable)) -- expect: true	true
end)
coroutine.resume(co)
print(coroutine.isyieldable(co), coroutine.isyieldable(coroutine.create(print))) -- expect: true	true
