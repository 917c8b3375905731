print(1 + 1 .. 2 + 2) -- expect: 24
print("a" .. 1 + 2 .. "b") -- expect: a3b
print(2 .. 3 ^ 2, "x" .. -1) -- expect: 29.0	x-1
print("a" .. "b" == "ab", "a" .. 1 < "a2") -- expect: true	true
local mt = {__concat = function(a, b)
  return (type(a) == "table" and "T" or a) .. "(" .. (type(b) == "table" and "T" or b) .. ")"
end}
local t = setmetatable({}, mt)
-- The stack grows here: Lua 5.4.4 goes wrong when it does inside a `..`.
local function deep(n) return n > 0 and 1 + deep(n - 1) or 0 end
deep(100)
print(t .. "a" .. "b", "a" .. t .. "b", t .. t) -- expect: T(ab)	aT(b)	T(T)
print(1 .. t, t .. 2.5, "x" .. 1 .. t .. 2 .. "y") -- expect: 1(T)	T(2.5)	x1T(2y)
