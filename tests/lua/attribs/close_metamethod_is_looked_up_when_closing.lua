local mt = {}
mt.__close = function() print("first") end
do
  local x <close> = setmetatable({}, mt)
  mt.__close = function() print("second") end -- expect: second
end
print(pcall(function() -- expect: false	close_metamethod_is_looked_up_when_closing.lua:10: attempt to call a nil value (metamethod 'close')
  local y <close> = setmetatable({}, mt)
  mt.__close = nil
end))
print(pcall(function() -- expect: false	close_metamethod_is_looked_up_when_closing.lua:15: attempt to call a number value (metamethod 'close')
  mt.__close = print
  local zed <close> = setmetatable({}, mt)
  mt.__close = 5
end))
