for i = 1, 3 do
  local j = i
  i = i * 10
  print(j, i) -- expect: 1	10
  -- expect: 2	20
  -- expect: 3	30
end
local fs = {}
for i = 1, 3 do fs[i] = function() i = i + 1 return i end end
print(fs[1](), fs[1](), fs[2](), fs[3]()) -- expect: 2	3	3	4
print(i) -- expect: nil
