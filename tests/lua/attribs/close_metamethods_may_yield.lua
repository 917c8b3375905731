local function yielding(name)
  return setmetatable({}, {__close = function(_, e)
    print("enter " .. name, e) -- expect: enter block	nil
    print("got", coroutine.yield(name))
    print("leave " .. name)
  end})
end
local co = coroutine.wrap(function()
  do local a <close> = yielding "block" end
  local function f() local b <close> = yielding "ret" return "values", 2 end
  print(f())
  print(pcall(function()
    local d <close> = yielding "err"
    error("E", 0)
  end))
  for i = 1, 2 do local l <close> = yielding("loop" .. i) if i == 2 then break end end
  return "done"
end)
for i = 1, 5 do print("y", co(i)) end -- expect: y	block
-- expect: got	2
-- expect: leave block
-- expect: enter ret	nil
-- expect: y	ret
-- expect: got	3
-- expect: leave ret
-- expect: values	2
-- expect: enter err	E
-- expect: y	err
-- expect: got	4
-- expect: leave err
-- expect: false	E
-- expect: enter loop1	nil
-- expect: y	loop1
-- expect: got	5
-- expect: leave loop1
-- expect: enter loop2	nil
-- expect: y	loop2
-- expect: got	99
-- expect: leave loop2
print(co(99)) -- expect: done
