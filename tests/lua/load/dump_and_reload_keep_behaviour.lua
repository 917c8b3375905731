local function f(a, b, ...)
  local t = {a, b, ...}
  for i = 1, #t do t[i] = t[i] * 2 end
  return table.concat(t, ","), select("#", ...)
end
local g = load(string.dump(f), "dumped", "b")
print(g(1, 2, 3, 4)) -- expect: 2,4,6,8	2
local h = load(string.dump(load("local x = ... ; return function() x = x + 1 return x end")))
local c = h(10)
print(c(), c()) -- expect: 11	12
print(load(string.dump(function() return 1, 2.5, "s", nil, true, 1 << 60, "long " .. ("x"):rep(5) end))()) -- expect: 1	2.5	s	nil	true	1152921504606846976	long xxxxx
print(load(string.dump(function() return [[a very long string constant that certainly exceeds forty bytes]] end))()) -- expect: a very long string constant that certainly exceeds forty bytes
print(load(string.dump(function(n) local function fact(k) return k < 2 and 1 or k * fact(k - 1) end return fact(n) end))(10)) -- expect: 3628800
