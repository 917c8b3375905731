local co = coroutine.create(function()
  local r = {pcall(function()
    local v = coroutine.yield("in pcall")
    error("after " .. v, 0)
  end)}
  print(table.unpack(r))
  print(xpcall(function(...)
    local v = coroutine.yield(...)
    error(v, 0)
  end, function(m) return "handled " .. m end, "arg1", "arg2"))
  print(pcall(pcall, pcall, coroutine.yield, "deep"))
  return "finished"
end)
print(coroutine.resume(co)) -- expect: true	in pcall
-- expect: false	after resume
print(coroutine.resume(co, "resume")) -- expect: true	arg1	arg2
-- expect: false	handled failure
print(coroutine.resume(co, "failure")) -- expect: true	deep
-- expect: true	true	true	value	2
print(coroutine.resume(co, "value", 2)) -- expect: true	finished
print(coroutine.status(co)) -- expect: dead
