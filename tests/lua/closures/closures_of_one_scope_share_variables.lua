local function counter()
  local n = 0
  return {inc = function() n = n + 1 return n end,
          dec = function() n = n - 1 return n end,
          get = function() return n end}
end
local a, b = counter(), counter()
a.inc() a.inc() a.dec() b.inc()
print(a.get(), b.get()) -- expect: 1	1
local x = 1
local function set(v) x = v end
set(5)
print(x) -- expect: 5
x = 6
print((function() return x end)()) -- expect: 6
