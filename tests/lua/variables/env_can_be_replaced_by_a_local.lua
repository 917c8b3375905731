local print = print
do
  local _ENV = {print = print}
  a = 1
  print(a, _ENV.a, b) -- expect: 1	1	nil
end
print(a) -- expect: nil
local function f(_ENV) return x + y end
print(f {x = 1, y = 2}) -- expect: 3
local function sandbox()
  local _ENV <const> = {z = 7}
  return z
end
print(sandbox()) -- expect: 7
