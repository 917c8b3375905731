for _, s in ipairs {"", " ", "abc", "1x", "0x", "1e", "1 2", "- 1", "1,5",
    "inf", "nan", "0x1g", "1e+", "--1", "1\0", "1_0"} do
  assert(tonumber(s) == nil)
  assert(not pcall(function() return s + 0 end))
end
print(pcall(function() return "abc" + 1 end)) -- expect: false	strings_that_are_no_numerals_are_rejected.lua:6: attempt to add a 'string' with a 'number'
print(pcall(function() return 1 - "" end)) -- expect: false	strings_that_are_no_numerals_are_rejected.lua:7: attempt to sub a 'number' with a 'string'
print(pcall(function() return "a" * "b" end)) -- expect: false	strings_that_are_no_numerals_are_rejected.lua:8: attempt to mul a 'string' with a 'string'
print(pcall(function() return "x" / 2 end)) -- expect: false	strings_that_are_no_numerals_are_rejected.lua:9: attempt to div a 'string' with a 'number'
print(pcall(function() return 2 // "x" end)) -- expect: false	strings_that_are_no_numerals_are_rejected.lua:10: attempt to idiv a 'number' with a 'string'
print(pcall(function() return "y" % 2 end)) -- expect: false	strings_that_are_no_numerals_are_rejected.lua:11: attempt to mod a 'string' with a 'number'
print(pcall(function() return "z" ^ 2 end)) -- expect: false	strings_that_are_no_numerals_are_rejected.lua:12: attempt to pow a 'string' with a 'number'
print(pcall(function() return -"w" end)) -- expect: false	strings_that_are_no_numerals_are_rejected.lua:13: attempt to unm a 'string' with a 'string'
print(pcall(function() return {} + "1" end)) -- expect: false	strings_that_are_no_numerals_are_rejected.lua:14: attempt to add a 'table' with a 'string'
print(pcall(function() return "1" + {} end)) -- expect: false	strings_that_are_no_numerals_are_rejected.lua:15: attempt to add a 'string' with a 'table'
print(pcall(function() return "1" + nil end)) -- expect: false	strings_that_are_no_numerals_are_rejected.lua:16: attempt to add a 'string' with a 'nil'
