local function t()
  local x = 1
  local function set(v) x = v return v end
  return x + set(10), x, x + set(5) * x
end
print(t()) -- expect: 20	10	30
local y = "a"
local function sety() y = "b" return "c" end
print(y .. sety() .. y) -- expect: acb
local a, b = 1, 2
a, b = b, a
print(a, b) -- expect: 2	1
