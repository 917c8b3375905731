local x = 10
do
  local x = x
  print(x) -- expect: 10
  x = x + 1
  do
    local x = x + 1
    print(x) -- expect: 12
  end
  print(x) -- expect: 11
end
print(x) -- expect: 10
local y = 1
local y = y + 1
print(y) -- expect: 2
local z, z = 1, 2
print(z) -- expect: 2
