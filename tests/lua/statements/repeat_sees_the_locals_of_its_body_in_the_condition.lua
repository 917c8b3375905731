local n = 0
repeat
  local done = n == 3
  n = n + 1
until done
print(n) -- expect: 4
local fs = {}
local i = 1
repeat
  local x = i
  fs[i] = function() return x end
  i = i + 1
until x == 3
print(fs[1](), fs[2](), fs[3]()) -- expect: 1	2	3
repeat local t <close> = nil until true
print("end") -- expect: end
