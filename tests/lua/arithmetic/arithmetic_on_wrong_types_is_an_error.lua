local t, f, n, b = {}, print, nil, true
print(pcall(function() return t + 1 end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:2: attempt to perform arithmetic on a table value (upvalue 't')
print(pcall(function() return 1 + t end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:3: attempt to perform arithmetic on a table value (upvalue 't')
print(pcall(function() return n * 2 end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:4: attempt to perform arithmetic on a nil value (upvalue 'n')
print(pcall(function() return 2 ^ b end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:5: attempt to perform arithmetic on a boolean value (upvalue 'b')
print(pcall(function() return -t end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:6: attempt to perform arithmetic on a table value (upvalue 't')
print(pcall(function() return f // 1 end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:7: attempt to perform arithmetic on a function value (upvalue 'f')
print(pcall(function() return "abc" + 1 end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:8: attempt to add a 'string' with a 'number'
print(pcall(function() return 1 - "x" end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:9: attempt to sub a 'number' with a 'string'
print(pcall(function() return -"abc" end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:10: attempt to unm a 'string' with a 'string'
print(pcall(function() return {} % "3" end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:11: attempt to mod a 'table' with a 'string'
print(pcall(function() return "10" / {} end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:12: attempt to div a 'string' with a 'table'
print(pcall(function() return undefinedvar + 1 end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:13: attempt to perform arithmetic on a nil value (global 'undefinedvar')
print(pcall(function() return t.field.x end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:14: attempt to index a nil value (field 'field')
print(pcall(function() return t.field + 1 end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:15: attempt to perform arithmetic on a nil value (field 'field')
print(pcall(function() return t[1] + 1 end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:16: attempt to perform arithmetic on a nil value (field 'integer index')
print(pcall(function() return t[n] + 1 end)) -- expect: false	arithmetic_on_wrong_types_is_an_error.lua:17: attempt to perform arithmetic on a nil value (field '?')
