local function f(x) return function(y) print(x, y) end end -- expect: 1	2
f(1)
(2)
local t = {m = function(self, v) print("m", v) return self end} -- expect: m	1
-- expect: m	2
-- expect: m	3
t:m(1)
 :m(2)
 :m(3)
