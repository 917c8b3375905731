local t = {}
print(pcall(function() return t.x.y end)) -- expect: false	index_errors_name_the_variable.lua:2: attempt to index a nil value (field 'x')
print(pcall(function() return t.x.y.z end)) -- expect: false	index_errors_name_the_variable.lua:3: attempt to index a nil value (field 'x')
print(pcall(function() t.x.y = 1 end)) -- expect: false	index_errors_name_the_variable.lua:4: attempt to index a nil value (field 'x')
print(pcall(function() return undefd.x end)) -- expect: false	index_errors_name_the_variable.lua:5: attempt to index a nil value (global 'undefd')
print(pcall(function() undefd.x = 1 end)) -- expect: false	index_errors_name_the_variable.lua:6: attempt to index a nil value (global 'undefd')
print(pcall(function() local l; return l.x end)) -- expect: false	index_errors_name_the_variable.lua:7: attempt to index a nil value (local 'l')
print(pcall(function() local l; l[1] = 2 end)) -- expect: false	index_errors_name_the_variable.lua:8: attempt to index a nil value (local 'l')
print(pcall(function() return (nil).x end)) -- expect: false	index_errors_name_the_variable.lua:9: attempt to index a nil value
print(pcall(function() return t[1][2] end)) -- expect: false	index_errors_name_the_variable.lua:10: attempt to index a nil value (field 'integer index')
print(pcall(function() return t["a b"].c end)) -- expect: false	index_errors_name_the_variable.lua:11: attempt to index a nil value (field 'a b')
print(pcall(function() local k = "key" return t[k].c end)) -- expect: false	index_errors_name_the_variable.lua:12: attempt to index a nil value (field '?')
print(pcall(function() return (1).x end)) -- expect: false	index_errors_name_the_variable.lua:13: attempt to index a number value
print(pcall(function() return ("x").y.z end)) -- expect: false	index_errors_name_the_variable.lua:14: attempt to index a nil value (field 'y')
print(pcall(function() return print.x end)) -- expect: false	index_errors_name_the_variable.lua:15: attempt to index a function value (global 'print')
print(pcall(function() return t:nomethod() end)) -- expect: false	index_errors_name_the_variable.lua:16: attempt to call a nil value (method 'nomethod')
print(pcall(function() return true .. "" end)) -- expect: false	index_errors_name_the_variable.lua:17: attempt to concatenate a boolean value
print(pcall(function() local n <const> = 5 return n.x end)) -- expect: false	index_errors_name_the_variable.lua:18: attempt to index a number value
print(pcall(function() return math.pi.x end)) -- expect: false	index_errors_name_the_variable.lua:19: attempt to index a number value (field 'pi')
