print(#"", #"abc", #"\0\0", #"\u{20AC}", #("x"):rep(1000)) -- expect: 0	3	2	3	1000
local s = "hello"
print(#s, #s + 1, -#s, #s == 5) -- expect: 5	6	-5	true
print(pcall(function() return #5 end)) -- expect: false	length_of_strings_counts_bytes.lua:4: attempt to get length of a number value
print(pcall(function() return #nil end)) -- expect: false	length_of_strings_counts_bytes.lua:5: attempt to get length of a nil value
print(pcall(function() local x; return #x end)) -- expect: false	length_of_strings_counts_bytes.lua:6: attempt to get length of a nil value (local 'x')
print(pcall(function() return #print end)) -- expect: false	length_of_strings_counts_bytes.lua:7: attempt to get length of a function value (global 'print')
print(pcall(function() return #glob end)) -- expect: false	length_of_strings_counts_bytes.lua:8: attempt to get length of a nil value (global 'glob')
print(pcall(function() local t = {} return #t.x end)) -- expect: false	length_of_strings_counts_bytes.lua:9: attempt to get length of a nil value (field 'x')
