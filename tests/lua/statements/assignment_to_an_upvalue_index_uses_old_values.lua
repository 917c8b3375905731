local a = {}
local function f()
  a, a.x = {}, 5
  return a
end
local old = a
f()
print(old.x, a.x, old ~= a) -- expect: 5	nil	true
local i = 1
local t = {10, 20, 30}
local function g() i, t[i] = i + 1, "changed" end
g()
print(i, t[1], t[2]) -- expect: 2	changed	20
