local mt = {}
mt.__lt = function(a, b) return a.v < b.v and "truthy" or nil end
mt.__le = function(a, b) return a.v <= b.v and 1 end
local function V(v) return setmetatable({v = v}, mt) end
local a, b = V(1), V(2)
print(a < b, b < a, a > b, b > a, a <= b, b <= a, a >= b, b >= a) -- expect: true	false	false	true	true	false	false	true
print(not (a < b), a < b and "yes" or "no") -- expect: false	yes
if a < b then print "branch" end -- expect: branch
if not (a >= b) then print "negated branch" end -- expect: negated branch
local m = {__lt = function(x, y) return type(x) .. type(y) end, __le = function() return false end}
local t = setmetatable({}, m)
print(t < 1, 1 < t, "x" > t, t <= 1, 1 >= t, t > 1.5) -- expect: true	true	true	false	false	true
local only_lt = setmetatable({}, {__lt = function() return true end})
print(pcall(function() return only_lt <= only_lt end)) -- expect: true	false
