print(pcall(function() local x = 5; x() end)) -- expect: false	only_functions_and_call_metamethods_are_callable.lua:1: attempt to call a number value (local 'x')
print(pcall(function() undefinedfunction() end)) -- expect: false	only_functions_and_call_metamethods_are_callable.lua:2: attempt to call a nil value (global 'undefinedfunction')
print(pcall(function() local t = {} t.foo() end)) -- expect: false	only_functions_and_call_metamethods_are_callable.lua:3: attempt to call a nil value (field 'foo')
print(pcall(function() local t = {} t:method() end)) -- expect: false	only_functions_and_call_metamethods_are_callable.lua:4: attempt to call a nil value (method 'method')
print(pcall(function() ("x")() end)) -- expect: false	only_functions_and_call_metamethods_are_callable.lua:5: attempt to call a string value (constant 'x')
print(pcall(function() local t = {} t[1]() end)) -- expect: false	only_functions_and_call_metamethods_are_callable.lua:6: attempt to call a nil value (field 'integer index')
print(pcall(function() string.nofunc() end)) -- expect: false	only_functions_and_call_metamethods_are_callable.lua:7: attempt to call a nil value (field 'nofunc')
print(pcall(function() (1 + 2)() end)) -- expect: false	only_functions_and_call_metamethods_are_callable.lua:8: attempt to call a number value
print(pcall(function() ({})() end)) -- expect: false	only_functions_and_call_metamethods_are_callable.lua:9: attempt to call a table value
print(pcall(nil)) -- expect: false	attempt to call a nil value
print(pcall(function() (nil)() end)) -- expect: false	only_functions_and_call_metamethods_are_callable.lua:11: attempt to call a nil value
print(pcall(function() local s = "abc" s:nomethod() end)) -- expect: false	only_functions_and_call_metamethods_are_callable.lua:12: attempt to call a nil value (method 'nomethod')
print(pcall(function() local a = {b = {}} a.b.c.d() end)) -- expect: false	only_functions_and_call_metamethods_are_callable.lua:13: attempt to index a nil value (field 'c')
local up = 3
print(pcall(function() up() end)) -- expect: false	only_functions_and_call_metamethods_are_callable.lua:15: attempt to call a number value (upvalue 'up')
