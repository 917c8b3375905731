local mt = {}
mt.__len = function(...) return select("#", ...) end
mt.__unm = function(a, b) return rawequal(a, b) end
mt.__bnot = function(a, b) return rawequal(a, b) end
local t = setmetatable({}, mt)
print(-t, ~t, #t >= 1) -- expect: true	true	true
local s = setmetatable({1, 2}, {__len = function() return 42 end})
print(#s, rawlen(s)) -- expect: 42	2
print(table.unpack(setmetatable({1, 2, 3}, {__len = function() return 2 end}))) -- expect: 1	2
print(pcall(function() return -{} end)) -- expect: false	len_and_unm_and_bnot_get_the_operand_twice.lua:10: attempt to perform arithmetic on a table value
print(pcall(function() return #setmetatable({}, {__len = 5}) end)) -- expect: false	len_and_unm_and_bnot_get_the_operand_twice.lua:11: attempt to call a number value (metamethod 'len')
