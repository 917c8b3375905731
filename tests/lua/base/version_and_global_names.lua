print(_VERSION) -- expect: Lua 5.4
local names = {}
for k in pairs(_G) do if k ~= "arg" then names[#names + 1] = k end end
table.sort(names)
for i = 1, #names, 6 do print(table.concat(names, " ", i, math.min(i + 5, #names))) end -- expect: _G _VERSION assert collectgarbage coroutine debug
-- expect: dofile error getmetatable io ipairs load
-- expect: loadfile math next os package pairs
-- expect: pcall print rawequal rawget rawlen rawset
-- expect: require select setmetatable string table tonumber
-- expect: tostring type utf8 warn xpcall
print(_G._G == _G, type(arg), arg[0] ~= nil) -- expect: true	table	true
