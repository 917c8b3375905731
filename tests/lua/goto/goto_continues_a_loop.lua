for i = 1, 5 do
  if i % 2 == 0 then goto continue end
  print(i) -- expect: 1
  -- expect: 3
  -- expect: 5
  ::continue::
end
local n = 0
while n < 4 do
  n = n + 1
  if n == 2 then goto next_round end
  print("n", n) -- expect: n	1
  -- expect: n	3
  -- expect: n	4
  ::next_round::
end
repeat
  n = n - 1
  if n == 1 then goto cont end
  print("down", n) -- expect: down	3
  -- expect: down	2
  -- expect: down	0
  ::cont::
until n == 0
