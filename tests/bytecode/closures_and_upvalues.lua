local a, b = 1, 2
local function outer()
  local c = a
  return function(d) a = b + c; c = d; return x end
end
local function recursive(n) return n == 0 or recursive(n - 1) end
