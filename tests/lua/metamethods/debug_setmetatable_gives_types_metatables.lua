debug.setmetatable(1, {__index = function(n, k) return k .. n end, __call = function(n, x) return n * x end,
  __len = function(n) return n + 0.5 end, __concat = function() return "never for numbers" end})
print((5).x, (5)(4), #7, 1 .. 2) -- expect: x5	20	7.5	12
debug.setmetatable(1, nil)
debug.setmetatable(nil, {__index = function() return "nil field" end, __add = function() return "nil add" end})
print((nil).anything, nil + 1, undefinedvar.x) -- expect: nil field	nil add	nil field
debug.setmetatable(nil, nil)
debug.setmetatable(print, {__index = {name = "function"}, __lt = function() return "x" end})
print(print.name, type.name, print < type, (function() end).name) -- expect: function	function	true	function
debug.setmetatable(print, nil)
debug.setmetatable(true, {__tostring = function(b) return b and "yes" or "no" end})
print(tostring(true), false) -- expect: yes	no
debug.setmetatable(true, nil)
print(pcall(function() return (nil).x end)) -- expect: false	debug_setmetatable_gives_types_metatables.lua:14: attempt to index a nil value
