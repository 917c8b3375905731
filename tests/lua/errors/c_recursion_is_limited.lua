local s = ("("):rep(1000) .. "x" .. (")"):rep(1000)
print(pcall(load, "return " .. s)) -- expect: true	nil	C stack overflow
local ok, msg = pcall(string.find, ("a"):rep(300000), ("a?"):rep(300000) .. "b")
print(ok, msg) -- expect: false	pattern too complex
print(pcall(string.match, "x", ("("):rep(40))) -- expect: false	too many captures
local function nest_gsub(n) return (("x"):gsub("x", function() return n > 0 and nest_gsub(n - 1) or "end" end)) end
print(nest_gsub(50)) -- expect: end
print(select(2, pcall(nest_gsub, 100000)):match("C stack overflow")) -- expect: C stack overflow
print(select(2, pcall(function() local function f(n) return table.sort({2, 1}, function() f(n + 1) end) end f(1) end)):match("C stack overflow")) -- expect: C stack overflow
