print(pcall(error)) -- expect: false	nil
print(pcall(error, nil)) -- expect: false	nil
print(pcall(error, 42)) -- expect: false	42
print(pcall(error, true)) -- expect: false	true
local t = {code = 5}
local ok, e = pcall(error, t)
print(e == t, e.code) -- expect: true	5
print(select("#", pcall(error)), select("#", pcall(error, 1))) -- expect: 2	2
ok, e = pcall(function() error({1, 2, 3}, 2) end)
print(#e) -- expect: 3
print(pcall(function() error(10) end)) -- expect: false	10
print(math.type(select(2, pcall(error, 1.0)))) -- expect: float
ok, e = pcall(error, print)
print(e == print) -- expect: true
