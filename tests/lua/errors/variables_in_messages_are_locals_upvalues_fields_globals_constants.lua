local up = nil
local t = {}
print(pcall(function() local loc = nil; loc() end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:3: attempt to call a nil value (local 'loc')
print(pcall(function() up() end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:4: attempt to call a nil value (upvalue 'up')
print(pcall(function() glob() end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:5: attempt to call a nil value (global 'glob')
print(pcall(function() t.field() end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:6: attempt to call a nil value (field 'field')
print(pcall(function() t.a.b() end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:7: attempt to index a nil value (field 'a')
print(pcall(function() t:method() end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:8: attempt to call a nil value (method 'method')
print(pcall(function() t[1]() end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:9: attempt to call a nil value (field 'integer index')
print(pcall(function() t["key with space"]() end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:10: attempt to call a nil value (field 'key with space')
print(pcall(function() local k = {} t[k]() end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:11: attempt to call a nil value (field '?')
print(pcall(function() return up + 1 end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:12: attempt to perform arithmetic on a nil value (upvalue 'up')
print(pcall(function() return 1 + up end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:13: attempt to perform arithmetic on a nil value (upvalue 'up')
print(pcall(function() return t.x + t.y end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:14: attempt to perform arithmetic on a nil value (field 'x')
print(pcall(function() return glob .. "x" end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:15: attempt to concatenate a nil value (global 'glob')
print(pcall(function() return -glob end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:16: attempt to perform arithmetic on a nil value (global 'glob')
print(pcall(function() return #up end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:17: attempt to get length of a nil value (upvalue 'up')
print(pcall(function() return t.x < 1 end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:18: attempt to compare nil with number
print(pcall(function() return 2^53 | 1.5 end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:19: number has no integer representation
print(pcall(function() local f = 1.5 return f & 1 end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:20: number (local 'f') has no integer representation
print(pcall(function(p) return p.x end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:21: attempt to index a nil value (local 'p')
print(pcall(function(...) local a, b = ... return b.x end, 1)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:22: attempt to index a nil value (local 'b')
print(pcall(function() for i = 1, 2 do local q = i.x.y end end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:23: attempt to index a number value (local 'i')
print(pcall(function() ("a").b.c = 1 end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:24: attempt to index a nil value (field 'b')
print(pcall(function() local s <const> = "str"; return s.x.y end)) -- expect: false	...essages_are_locals_upvalues_fields_globals_constants.lua:25: attempt to index a nil value (field 'x')
