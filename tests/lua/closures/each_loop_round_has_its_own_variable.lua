local fs = {}
for i = 1, 3 do fs[i] = function() i = i + 10 return i end end
print(fs[1](), fs[1](), fs[2](), fs[3]()) -- expect: 11	21	12	13
local gs = {}
for _, v in ipairs {"a", "b"} do gs[#gs + 1] = function() return v end end
print(gs[1](), gs[2]()) -- expect: a	b
local hs = {}
local n = 1
while n <= 3 do local x = n hs[n] = function() x = x * 2 return x end n = n + 1 end
print(hs[1](), hs[2](), hs[3](), hs[3]()) -- expect: 2	4	6	12
local rs = {}
repeat local y = n rs[#rs + 1] = function() return y end n = n - 1 until y == 2
print(#rs, rs[1](), rs[3]()) -- expect: 3	4	2
