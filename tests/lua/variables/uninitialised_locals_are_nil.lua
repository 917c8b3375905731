local a, b, c
print(a, b, c) -- expect: nil	nil	nil
for i = 1, 2 do
  local v
  print(v) -- expect: nil
  -- expect: nil
  v = i
end
local d, e = 1
print(d, e) -- expect: 1	nil
do local x = 5 end
do local y print(y) end -- expect: nil
