-- An own method that does not fit into the object itself, met again by the
-- same call.
local o = {a = 1, b = 2, c = 3, d = 4}
o.e, o.f, o.g, o.h = 5, 6, 7, 8
o.method = function(self, x) return self.h + x end
local p = {method = function(_, x) return x * 100 end}
local q = setmetatable({}, {__index = o})

local function call(object) return object:method(1) end
for _, object in ipairs {o, o, p, o, o, p, p, q, o, q, p, o, q} do
  print(call(object)) -- expect: 9
  -- expect: 9
  -- expect: 100
  -- expect: 9
  -- expect: 9
  -- expect: 100
  -- expect: 100
  -- expect: 9
  -- expect: 9
  -- expect: 9
  -- expect: 100
  -- expect: 9
  -- expect: 9
end
