local s = "hello"
print(s.len == string.len, s.nothing, ("x").upper == string.upper) -- expect: true	nil	true
print(s:upper(), s:len(), ("%d"):format(3)) -- expect: HELLO	5	3
string.shout = function(x) return x:upper() .. "!" end
print(s:shout()) -- expect: HELLO!
string.shout = nil
print(pcall(function() return s:shout() end)) -- expect: false	strings_have_an_index_metatable.lua:7: attempt to call a nil value (method 'shout')
print(pcall(function() s.x = 1 end)) -- expect: false	strings_have_an_index_metatable.lua:8: attempt to index a string value (upvalue 's')
print(s[1], #s) -- expect: nil	5
local mt = getmetatable("")
local old = mt.__index
mt.__index = function(str, i) if type(i) == "number" then return old.sub(str, i, i) end return old[i] end
print(s[1], s[5], s[9], s:upper()) -- expect: h	o		HELLO
mt.__index = old
mt.__add = function(a, b) return "added" end
print(pcall(function() return "a" + {} end)) -- expect: true	added
