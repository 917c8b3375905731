local r
do
  local x = setmetatable({}, {__gc = function()
    local co, main = coroutine.running()
    r = tostring(main) .. " " .. tostring(coroutine.isyieldable()) .. " " .. type(co)
    local c2 = coroutine.wrap(function() coroutine.yield(1) return 2 end)
    r = r .. " " .. c2() .. c2()
  end})
end
collectgarbage() collectgarbage()
print(r) -- expect: true false thread 12
print(pcall(function() -- expect: true	yield in finalizer is contained
  do local y = setmetatable({}, {__gc = function() coroutine.yield() end}) end
  collectgarbage()
  return "yield in finalizer is contained"
end))
