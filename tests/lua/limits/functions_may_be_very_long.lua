local t = {"local x = 0"}
for i = 1, 5000 do t[#t + 1] = "x = x + " .. i end
t[#t + 1] = "return x"
print(load(table.concat(t, "\n"))()) -- expect: 12502500
local c = {}
for i = 1, 3000 do c[i] = ("t[%d.5] = 'string %d'"):format(i, i) end
print(#load("local t = {} " .. table.concat(c, " ") .. " return t[3000.5]")()) -- expect: 11
local loop = {"local n = 0 for i = 1, 3 do"}
for i = 1, 3000 do loop[#loop + 1] = "n = n + i" end
loop[#loop + 1] = "end return n"
print(load(table.concat(loop, " "))()) -- expect: 18000
local skip = {"local n = 0 if false then"}
for i = 1, 9000 do skip[#skip + 1] = "n = n + 1" end
skip[#skip + 1] = "else n = -1 end return n"
print(load(table.concat(skip, " "))()) -- expect: -1
