local pieces = {"return ", "1 ", "+ 2", nil}
local i = 0
print(load(function() i = i + 1 return pieces[i] end)()) -- expect: 3
i = 0
local parts = {"x", " = ", "'a", "b'", " return x", ""}
print(load(function() i = i + 1 return parts[i] end)()) -- expect: ab
print(load(function() return nil end)() == nil) -- expect: true
print(pcall(load, function() return {} end)) -- expect: true	nil	reader function must return a string
print(pcall(load, function() error("reader failed", 0) end)) -- expect: true	nil	reader failed
print(select("#", pcall(load, function() error({}) end))) -- expect: 3
local n = 0
print(load(function() n = n + 1 if n <= 1000 then return n == 1 and "return 0" or "+1" end end)()) -- expect: 999
