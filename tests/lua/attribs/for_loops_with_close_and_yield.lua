local function iterator(n)
  local closer = setmetatable({}, {__close = function(_, e)
    coroutine.yield("closing")
    print("closed", e)
  end})
  return function(_, i)
    coroutine.yield("stepping " .. i)
    if i < n then return i + 1 end
  end, nil, 0, closer
end
local co = coroutine.wrap(function()
  for i in iterator(2) do print("body", i) end
  for i in iterator(5) do break end
  return "finished"
end)
for i = 1, 7 do print(co()) end -- expect: stepping 0
-- expect: body	1
-- expect: stepping 1
-- expect: body	2
-- expect: stepping 2
-- expect: closing
-- expect: closed	nil
-- expect: stepping 0
-- expect: closing
-- expect: closed	nil
-- expect: finished
