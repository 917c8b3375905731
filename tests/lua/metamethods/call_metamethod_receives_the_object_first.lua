local t = setmetatable({n = 0}, {__call = function(self, ...)
  self.n = self.n + 1
  return self.n, ...
end})
print(t(), t("a", "b"), t.n) -- expect: 1	2	2
print(pcall(t, "x"), select("#", t(nil, nil))) -- expect: true	3
local obj = {f = t}
print(obj.f(1), obj:f(2) == 6) -- expect: 5	true
local nested = setmetatable({}, {__call = t})
print(nested("n") , select(2, nested("n")) == nested, select(3, nested("n"))) -- expect: 7	true	n
print(pcall(setmetatable({}, {__call = 5}))) -- expect: false	attempt to call a number value
print(pcall(function() local v = setmetatable({}, {__call = {}}) v() end)) -- expect: false	call_metamethod_receives_the_object_first.lua:12: attempt to call a table value (local 'v')
print(pcall(coroutine.wrap, t)) -- expect: false	bad argument #1 to 'coroutine.wrap' (function expected, got table)
print(pcall(table.sort, {3, 1, 2}, setmetatable({}, {__call = function(_, a, b) return a < b end}))) -- expect: false	bad argument #2 to 'table.sort' (function expected, got table)
print(("abc"):gsub("b", setmetatable({}, {__index = function(_, k) return k:upper() end}))) -- expect: aBc	1
