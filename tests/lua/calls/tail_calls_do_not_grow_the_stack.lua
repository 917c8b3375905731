local function loop(n) if n == 0 then return "done" end return loop(n - 1) end
print(loop(300000)) -- expect: done
local even, odd
function even(n) if n == 0 then return true end return odd(n - 1) end
function odd(n) if n == 0 then return false end return even(n - 1) end
print(even(200001), odd(200001)) -- expect: false	true
local obj = {}
function obj:count(n, ...) if n == 0 then return select("#", ...) end return self:count(n - 1, ...) end
print(obj:count(100000, 1, 2, 3)) -- expect: 3
local callable = setmetatable({}, {__call = function(self, n)
  if n == 0 then return "called" end
  return self(n - 1)
end})
print(callable(100000)) -- expect: called
