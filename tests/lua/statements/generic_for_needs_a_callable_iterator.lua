print(pcall(function() for i in 5 do end end)) -- expect: false	generic_for_needs_a_callable_iterator.lua:1: attempt to call a number value (for iterator 'for iterator')
print(pcall(function() for i in nil do end end)) -- expect: false	generic_for_needs_a_callable_iterator.lua:2: attempt to call a nil value (for iterator 'for iterator')
print(pcall(function() local t = {} for i in t do end end)) -- expect: false	generic_for_needs_a_callable_iterator.lua:3: attempt to call a table value (for iterator 'for iterator')
local callable = setmetatable({}, {__call = function(self, s, c)
  if not c then return 1 end
end})
for i in callable do print(i) end -- expect: 1
print(pcall(function() for i in undefinedfn() do end end)) -- expect: false	generic_for_needs_a_callable_iterator.lua:8: attempt to call a nil value (global 'undefinedfn')
