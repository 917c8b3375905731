local fs = {}
local i = 1
::again::
do
  local x = i
  fs[#fs + 1] = function() x = x + 1 return x end
  i = i + 10
  if i < 40 then goto again end
end
print(#fs, fs[1](), fs[1](), fs[2](), fs[3](), fs[4]()) -- expect: 4	2	3	12	22	32
do
  local k = 0
  local gs = {}
  ::l1::
  local y = k
  gs[#gs + 1] = function() return y end
  k = k + 1
  if k < 3 then goto l1 end
  print(gs[1](), gs[2](), gs[3]()) -- expect: 0	1	2
end
