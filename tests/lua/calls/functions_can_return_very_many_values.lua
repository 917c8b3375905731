local t = {}
for i = 1, 5000 do t[i] = i end
local function id(...) return ... end
print(select("#", table.unpack(t)), select("#", id(table.unpack(t)))) -- expect: 5000	5000
print((select(5000, id(table.unpack(t)))), select(-1, id(table.unpack(t)))) -- expect: 5000	5000
local u = {id(table.unpack(t))}
print(#u, u[5000]) -- expect: 5000	5000
print(select("#", id(id(id(table.unpack(t, 1, 300)))))) -- expect: 300
print(pcall(table.unpack, {}, 1, 1e8)) -- expect: false	too many results to unpack
print(pcall(string.byte, ("x"):rep(10), 1, -1)) -- expect: true	120	120	120	120	120	120	120	120	120	120
