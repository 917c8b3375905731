print(pcall(function() return 1 < "2" end)) -- expect: false	order_of_different_types_is_an_error.lua:1: attempt to compare number with string
print(pcall(function() return "1" <= 2 end)) -- expect: false	order_of_different_types_is_an_error.lua:2: attempt to compare string with number
print(pcall(function() return {} < {} end)) -- expect: false	order_of_different_types_is_an_error.lua:3: attempt to compare two table values
print(pcall(function() return {} <= 1 end)) -- expect: false	order_of_different_types_is_an_error.lua:4: attempt to compare table with number
print(pcall(function() return nil > 1 end)) -- expect: false	order_of_different_types_is_an_error.lua:5: attempt to compare number with nil
print(pcall(function() return true < false end)) -- expect: false	order_of_different_types_is_an_error.lua:6: attempt to compare two boolean values
print(pcall(function() return print >= print end)) -- expect: false	order_of_different_types_is_an_error.lua:7: attempt to compare two function values
print(pcall(function() return 1 > {} end)) -- expect: false	order_of_different_types_is_an_error.lua:8: attempt to compare table with number
print(pcall(function() return "x" < nil end)) -- expect: false	order_of_different_types_is_an_error.lua:9: attempt to compare string with nil
print(pcall(function() local co = coroutine.create(print) return co < co end)) -- expect: false	order_of_different_types_is_an_error.lua:10: attempt to compare two thread values
print(pcall(function() return io.stdout < io.stdout end)) -- expect: false	order_of_different_types_is_an_error.lua:11: attempt to compare two FILE* values
print(pcall(function() if 5 < "a" then end end)) -- expect: false	order_of_different_types_is_an_error.lua:12: attempt to compare number with string
