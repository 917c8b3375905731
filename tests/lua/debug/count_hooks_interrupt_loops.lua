local n = 0
debug.sethook(function(e) n = n + 1 if n > 10 then error("stopped by hook", 0) end end, "", 100)
print(pcall(function() while true do end end))
debug.sethook()
print(n)
n = 0
debug.sethook(function(e) n = n + 1 end, "", 1000)
for i = 1, 100000 do local x = i * 2 end
debug.sethook()
print(n > 50)
print(debug.gethook())
local h = function() end
debug.sethook(h, "crl", 7)
local f, mask, count = debug.gethook()
debug.sethook()
print(f == h, mask, count)
print(select("#", debug.gethook()))
-- expect: false	stopped by hook
-- expect: 11
-- expect: true
-- expect: nil
-- expect: true	crl	7
-- expect: 1
