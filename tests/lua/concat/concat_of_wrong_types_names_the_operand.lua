local t, n = {}, nil
print(pcall(function() return "a" .. t end)) -- expect: false	concat_of_wrong_types_names_the_operand.lua:2: attempt to concatenate a table value (upvalue 't')
print(pcall(function() return t .. "a" end)) -- expect: false	concat_of_wrong_types_names_the_operand.lua:3: attempt to concatenate a table value (upvalue 't')
print(pcall(function() return "a" .. n end)) -- expect: false	concat_of_wrong_types_names_the_operand.lua:4: attempt to concatenate a nil value (upvalue 'n')
print(pcall(function() return "a" .. "b" .. undefinedglobal end)) -- expect: false	concat_of_wrong_types_names_the_operand.lua:5: attempt to concatenate a nil value (global 'undefinedglobal')
print(pcall(function() return 1 .. {} end)) -- expect: false	concat_of_wrong_types_names_the_operand.lua:6: attempt to concatenate a table value
print(pcall(function() return t.x .. "a" end)) -- expect: false	concat_of_wrong_types_names_the_operand.lua:7: attempt to concatenate a nil value (field 'x')
print(pcall(function() return "a" .. t.x .. "b" end)) -- expect: false	concat_of_wrong_types_names_the_operand.lua:8: attempt to concatenate a nil value (field 'x')
print(pcall(function() return true .. "a" end)) -- expect: false	concat_of_wrong_types_names_the_operand.lua:9: attempt to concatenate a boolean value
print(pcall(function() return print .. print end)) -- expect: false	concat_of_wrong_types_names_the_operand.lua:10: attempt to concatenate a function value (global 'print')
