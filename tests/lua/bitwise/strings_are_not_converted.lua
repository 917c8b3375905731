print(pcall(function() return "3" & 5 end)) -- expect: false	strings_are_not_converted.lua:1: attempt to perform bitwise operation on a string value (constant '3')
print(pcall(function() return 5 | "0xff" end)) -- expect: false	strings_are_not_converted.lua:2: attempt to perform bitwise operation on a string value (constant '0xff')
print(pcall(function() return ~"0" end)) -- expect: false	strings_are_not_converted.lua:3: attempt to perform bitwise operation on a string value (constant '0')
print(pcall(function() return "1" << "4" end)) -- expect: false	strings_are_not_converted.lua:4: attempt to perform bitwise operation on a string value (constant '1')
print(pcall(function() local s = "10" return s ~ 1 end)) -- expect: false	strings_are_not_converted.lua:5: attempt to perform bitwise operation on a string value (local 's')
print(pcall(function() local s = "10" return 1 >> s end)) -- expect: false	strings_are_not_converted.lua:6: attempt to perform bitwise operation on a string value (local 's')
print(pcall(function() local t = {x = "1"} return t.x | t.x end)) -- expect: false	strings_are_not_converted.lua:7: attempt to perform bitwise operation on a string value (field 'x')
print(pcall(function() return 1.5 | "x" end)) -- expect: false	strings_are_not_converted.lua:8: attempt to perform bitwise operation on a string value (constant 'x')
print(pcall(function() return {} & 1 end)) -- expect: false	strings_are_not_converted.lua:9: attempt to perform bitwise operation on a table value
print(pcall(function() return 1 ~ nil end)) -- expect: false	strings_are_not_converted.lua:10: attempt to perform bitwise operation on a nil value
print(pcall(function() return true << 1 end)) -- expect: false	strings_are_not_converted.lua:11: attempt to perform bitwise operation on a boolean value
print(pcall(function() return undefined | 1 end)) -- expect: false	strings_are_not_converted.lua:12: attempt to perform bitwise operation on a nil value (global 'undefined')
print(10 | tonumber("5"), ("7" + 0) & 3) -- expect: 15	3
