print(pcall(coroutine.yield, 1)) -- expect: false	attempt to yield from outside a coroutine
print(pcall(function() coroutine.yield() end)) -- expect: false	attempt to yield from outside a coroutine
local co = coroutine.create(function()
  return pcall(table.sort, {3, 2, 1}, function() coroutine.yield() end)
end)
print(coroutine.resume(co)) -- expect: true	false	attempt to yield across a C-call boundary
co = coroutine.create(function()
  return pcall(string.gsub, "abc", ".", function() coroutine.yield() end)
end)
print(coroutine.resume(co)) -- expect: true	false	attempt to yield across a C-call boundary
co = coroutine.create(function()
  return pcall(load, function() coroutine.yield() end)
end)
print(coroutine.resume(co)) -- expect: true	true	nil	attempt to yield across a C-call boundary
