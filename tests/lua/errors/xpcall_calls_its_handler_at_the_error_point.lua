print(xpcall(function() error("E", 0) end, function(m) return "handled: " .. m, "extra" end)) -- expect: false	handled: E
print(xpcall(function(...) return ... end, print, 1, nil, 3)) -- expect: true	1	nil	3
local level
xpcall(function() local marker = 1 error("x") end, function(m)
  level = debug.getinfo(2, "n") and debug.traceback("t", 1):find("error") ~= nil
end)
print(level) -- expect: true
print(xpcall(function() local x = nil; x() end, function(m) return (m:gsub("^.-:%d+: ", "")) end)) -- expect: false	attempt to call a nil value (local 'x')
print(pcall(xpcall)) -- expect: false	bad argument #2 to 'xpcall' (function expected, got no value)
print(pcall(xpcall, print)) -- expect: false	bad argument #2 to 'xpcall' (function expected, got no value)
print(pcall(xpcall, error, nil, "no handler")) -- expect: false	bad argument #2 to 'xpcall' (function expected, got nil)
print(pcall(xpcall, error, 5)) -- expect: false	bad argument #2 to 'xpcall' (function expected, got number)
print(xpcall(error, tostring, {1} and "value")) -- expect: false	value
print(xpcall(error, function(e) return e end, nil)) -- expect: false	nil
