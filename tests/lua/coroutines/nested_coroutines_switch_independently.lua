local function gen(name, n)
  return coroutine.wrap(function() for i = 1, n do coroutine.yield(name .. i) end return name .. " end" end)
end
local outer = coroutine.wrap(function()
  local a, b = gen("a", 2), gen("b", 3)
  coroutine.yield(a()) coroutine.yield(b()) coroutine.yield(a() .. b())
  coroutine.yield(a() .. "/" .. b())
  return b()
end)
for i = 1, 5 do print(outer()) end -- expect: a1
-- expect: b1
-- expect: a2b2
-- expect: a end/b3
-- expect: b end
local function nest(n)
  if n == 0 then coroutine.yield("bottom") return 0 end
  local co = coroutine.wrap(nest)
  local v = co(n - 1)
  coroutine.yield(v .. n)
  return co() and n
end
print(coroutine.wrap(nest)(5)) -- expect: bottom12345
