local t = {a = "1", b = 2, c = true, d = false}
print(("a b d e"):gsub("%w", t), ("$name is $age"):gsub("%$(%w+)", {name = "Bob", age = 7})) -- expect: 1 2 d e	Bob is 7	2
print(pcall(string.gsub, "c", "%w", t)) -- expect: false	invalid replacement value (a boolean)
print(("abc"):gsub("%w", function(c) if c == "b" then return "[B]" end end), ("abc"):gsub("%w", function() return false end)) -- expect: a[B]c	abc	3
print(("k=v, x=y"):gsub("(%w+)=(%w+)", function(k, v) return v .. "=" .. k end), ("abc"):gsub("()b", function(p) return p end)) -- expect: v=k, y=x	a2c	1
print(pcall(string.gsub, "x", "x", function() return {} end)) print(pcall(string.gsub, "x", "x", function() error("cb", 0) end)) -- expect: false	invalid replacement value (a table)
-- expect: false	cb
print(("abc"):gsub("%w", setmetatable({}, {__index = function(_, k) return k:upper() end})), ("a(b)c"):gsub("%b()", function(s) return #s end)) -- expect: ABC	a3c	1
local n = 0
print(("aaaa"):gsub("a", function() n = n + 1 return n end, 3), n) -- expect: 123a	3
print(("hello"):gsub("", function() return "." end), ("abc"):gsub("(b)(c)", {b = "first capture"}), ("abc"):gsub("%w", print and function(...) return select("#", ...) end)) -- expect: .h.e.l.l.o.	afirst capture	111	3
