function f(a) end
function t.a.b(x) end
function t.c:d(x) return self, x end
local function g() end
t.e = function() end
