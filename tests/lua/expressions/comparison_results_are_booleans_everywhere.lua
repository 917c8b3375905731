local a, b = 1, 2
local r = a < b
print(r, a > b, a == b, a ~= b, not (a < b)) -- expect: true	false	false	true	false
local t = {a <= b, a >= b, [a == 1] = "key"}
print(t[1], t[2], t[true]) -- expect: true	false	key
print(type(a == b), (a < b) == true, (a < b) and (b < a)) -- expect: boolean	true	false
local function f(...) return ... end
print(f(a < b, a > b, a == nil)) -- expect: true	false	false
