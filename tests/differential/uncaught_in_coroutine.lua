-- An error crossing coroutine.wrap, pcall and iterators to the top.
local function gen(n)
  return coroutine.wrap(function()
    for i = 1, n do
      if i == 3 then error("generator failed at " .. i) end
      coroutine.yield(i)
    end
  end)
end
print(pcall(function() for i in gen(5) do print(i) end end))
for i in gen(5) do print("top", i) end
