local n = 3
while n > 0 do
  print(n) -- expect: 3
  -- expect: 2
  -- expect: 1
  n = n - 1
end
while false do print("never") end
local i = 0
while true do
  i = i + 1
  if i == 5 then break end
end
print(i) -- expect: 5
