local t = setmetatable({}, {__tostring = function(self) return "custom" end})
print(t, tostring(t), #tostring(t)) -- expect: custom	custom	6
print(string.format("%s|%10s|%.3s", t, t, t)) -- expect: custom|    custom|cus
print(pcall(tostring, setmetatable({}, {__tostring = function() return 5 end}))) -- expect: true	5
print(pcall(tostring, setmetatable({}, {__tostring = function() end}))) -- expect: false	'__tostring' must return a string
local n = setmetatable({}, {__name = "MyType"})
print((tostring(n):gsub("0x%x+", "PTR"))) -- expect: MyType: PTR
print(pcall(string.rep, n)) -- expect: false	bad argument #1 to 'string.rep' (string expected, got MyType)
print(pcall(function() return n + 1 end)) -- expect: false	tostring_and_name_shape_conversion.lua:9: attempt to perform arithmetic on a MyType value (upvalue 'n')
print(pcall(function() return n < n end)) -- expect: false	tostring_and_name_shape_conversion.lua:10: attempt to compare two MyType values
print(pcall(function() return n .. "x" end)) -- expect: false	tostring_and_name_shape_conversion.lua:11: attempt to concatenate a MyType value (upvalue 'n')
print(pcall(function() return #n < n end)) -- expect: false	tostring_and_name_shape_conversion.lua:12: attempt to compare number with MyType
print((tostring(setmetatable({}, {__name = 5})):gsub("0x%x+", "PTR"))) -- expect: table: PTR
print(pcall(ipairs), pcall(setmetatable, n)) -- expect: false	false	bad argument #2 to 'setmetatable' (nil or table expected, got no value)
